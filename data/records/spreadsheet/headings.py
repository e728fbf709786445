"""What sheets and columns are called in each language, and which kind or key a name in a file stands for.

A file may have the names of either language, and the keys themselves (`measure`, `cost_nok`). What is no more than a
design's own key has no other name.
"""

from dataclasses import is_dataclass
from functools import cache

from data.curated.plan.form import plan_form
from data.curated.programme.forms import ASKED, empty_assessment
from data.i18n import LANGUAGES, say, words
from data.records.kinds import KINDS
from data.records.spreadsheet.lists import list_columns
from data.toml import columns_in

SHEETS = (
    "gain", "experiment", "registration", "course", "knot", "task", "stakeholder", "measure", "maturity", "status",
    "money", "meeting", "agenda", "decision", "right", "deliverable", "hand_over", "lesson",
)  # fmt: skip
KEY, VERSION = "$key", "$version"  # no key of a table
CLOSED = "innenfor-closed"
"""The property of a workbook that tells how many programmes had been closed when it was taken out."""


def sheet_name(kind: str, lang: str) -> str:
    """Return what the sheet of a kind is called."""
    return say("data", lang, f"records.sheet.{kind}")


def kind_of(sheet: str) -> str:
    """Return the kind a sheet is of; "" where it is of none."""
    asked = sheet.strip().casefold()
    named = ((kind, {kind, *(sheet_name(kind, lang).casefold() for lang in LANGUAGES)}) for kind in SHEETS)
    return next((kind for kind, names in named if asked in names), "")


def heading(kind: str, name: str, lang: str) -> str:
    """Return what a column is headed; its key where it has no other name."""
    if name in (KEY, VERSION):
        return say("data", lang, f"records.{name[1:]}")
    if name not in _spellings(kind):
        return name
    outer, _, last = name.rpartition(".")
    if last in LANGUAGES:
        return say("data", lang, f"records.spoken.{last}", name=heading(kind, outer, lang))
    if kind == "gain":
        return next(column.label[lang] for column in plan_form().columns if column.key == name)
    if name in list_columns(kind):
        return say("data", lang, "records.listed", name=_named(name, lang))
    return _named(name, lang)


def _named(name: str, lang: str) -> str:
    outer, _, last = name.rpartition(".")
    told = words("data", lang)
    own = told[f"records.column.{last}"]
    group = _questions(lang).get(outer) or told.get(f"records.group.{outer}")
    return f"{group}: {own[:1].lower()}{own[1:]}" if group else own


def name_of(kind: str, found: str) -> str:
    """Return the key a heading stands for; the heading itself where it is no other name of one."""
    column = plan_form().by_heading(found) if kind == "gain" else None
    known = {found: found} if found in _spellings(kind) else _names(kind)
    return column.key if column else known.get(found, known.get(found.strip().casefold(), found))


def known_columns(kind: str) -> list[str]:
    """Return the columns a row of a kind may have."""
    if kind == "maturity":
        return ["date", *(f"item.{line}.{name}" for line in empty_assessment()["item"] for name in ASKED)]
    shape = KINDS[kind].shape
    return columns_in(shape) if is_dataclass(shape) else [column.key for column in plan_form().columns]


@cache
def _names(kind: str) -> dict[str, str]:
    plain = {_named(name, lang).casefold(): name for name in list_columns(kind) for lang in LANGUAGES}
    return plain | {heading(kind, name, lang).casefold(): name for name in _spellings(kind) for lang in LANGUAGES}


@cache
def _spellings(kind: str) -> tuple[str, ...]:
    """Return the columns of a kind, each alone and in each language."""
    known = known_columns(kind)
    return (KEY, VERSION, *known, *(f"{name}.{lang}" for name in known for lang in LANGUAGES))


@cache
def _questions(lang: str) -> dict[str, str]:
    """Return the questions of a self-assessment by the place of their answers."""
    return {f"item.{line}": each["name"][lang] for line, each in empty_assessment()["item"].items()}
