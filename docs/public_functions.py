"""The page of public functions, made of their signatures and docstrings whenever the documentation is built."""

import inspect
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
LEAD = """
What others may call from their own code. A path that stands here stays, whatever moves behind it. Functions take and
return frozen values or frames (Polars). Shares lie between 0 and 1, money is NOK of the base year, an unknown number is
`None` or null and never zero. What cannot be estimated is returned as `NotEstimable` with its reason, and what is wrong
with a question is raised.
""".strip()
MODULES = (
    *("analytics.exclusion.rates", "analytics.exclusion.comparisons", "analytics.exclusion.trend"),
    *("analytics.exclusion.funnel", "analytics.exclusion.standardised_rate", "analytics.cohorts"),
    *("analytics.pivot.answer", "analytics.pivot.question"),
    *("analytics.counterfactual.programme_effect", "analytics.statistics", "analytics.experiments"),
    *("benefits.appraisal", "benefits.discounting", "benefits.measures", "benefits.rules", "benefits.sharing"),
    *("data.disclosure.table", "data.warehouse.connection", "data.sources"),
)
DOORS = ("analytics.cohorts", "analytics.statistics", "benefits.rules")  # what these import of ours, they offer
_OURS = ("analytics.", "benefits.", "data.")
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def page() -> str:
    """Return the page in Markdown."""
    sys.path.insert(0, str(ROOT))
    parts = ["# Public functions", LEAD]
    for name in MODULES:
        module = import_module(name)
        parts += [f"## `{name}`", prose(module), *(entry(*each) for each in members(module))]
    return "\n\n".join(parts) + "\n"


def members(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield what a module offers: its `__all__`, what a door imports of ours, else its own functions and classes."""
    offered, door = getattr(module, "__all__", None), module.__name__ in DOORS
    names = [each for each in vars(module) if not each.startswith("_")]
    for name in offered or (sorted(names) if door else names):
        value = getattr(module, name)
        home = getattr(value, "__module__", None) or ""
        own = offered is not None or home == module.__name__ or (door and home.startswith(_OURS))
        if own and (inspect.isfunction(value) or inspect.isclass(value)):
            yield name, value


def entry(name: str, value: object) -> str:
    """Return a function or class with its signature, its docstring, where it stands, and a class's own properties."""
    parts = [f"### `{name}`", f"~~~python\n{name}{signature(value)}\n~~~", prose(value)]
    if inspect.isclass(value):
        kinds = (property,) if issubclass(value, Exception) else (property, type(page))
        own = {each: made for each, made in vars(value).items() if not each.startswith("_") and isinstance(made, kinds)}
        parts += [f"- `{each}`: {prose(made)}" for each, made in own.items()]
    return "\n\n".join(filter(None, [*parts, f"*{where(value)}*"]))


def signature(value: object) -> str:
    """Return the arguments and what is returned, as written."""
    try:
        written = str(inspect.signature(value))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return "(…)"
    return _ADDRESS.sub("", written)


def prose(value: object) -> str:
    """Return a docstring as Markdown: asterisks, dollars and tildes in it mean themselves."""
    text = inspect.cleandoc(getattr(value, "__doc__", None) or "")
    return re.sub(r"([*$<~|])", r"\\\1", text)


def where(value: object) -> str:
    """Return the file that holds it."""
    file = inspect.getsourcefile(inspect.unwrap(value))  # type: ignore[arg-type]
    return Path(file).resolve().relative_to(ROOT).as_posix() if file else ""
