"""What the pictures of the gains page share: names, citations, notes, columns and the way to the same numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from benefits.parameters import parameter, sources
from benefits.scenario.edits import changes
from benefits.scenario.model import PAYERS
from benefits.valuation.summaries import LedgerSummary
from pages.components.chart_card import Chart
from pages.components.citations import experiment_sources
from pages.components.data_table import Kind, TableColumn, columns_alike, columns_of
from pages.format.numbers import number
from pages.format.texts import language, text
from pages.frame.source_footer import Citation
from pages.views.gains import queries, scenario_file
from pages.views.gains.selection import Case
from pages.views.gains.wording import holder, strip_markdown

PUBLIC = PAYERS


@dataclass(frozen=True)
class Beyond:
    """Python that goes on from `scenario` and `appraisal`: what it imports, and its last lines."""

    code: str
    imports: str = ""


def title(case: Case) -> str:
    """Return the scenario's title in the reader's language, as plain words."""
    return strip_markdown(case.appraisal.title[language()])


def summary(case: Case, name: str) -> LedgerSummary:
    """Return the summary of a ledger, a payer, `public_total` or `society`."""
    if name in PUBLIC:
        return case.appraisal.public[name]
    found: LedgerSummary = getattr(case.appraisal, name)
    return found


def touched(case: Case, names: Iterable[str]) -> tuple[str, ...]:
    """Return the ledgers and payers that the measure moves something for; all where it moves nothing."""
    every = tuple(names)
    return tuple(name for name in every if not summary(case, name).untouched) or every


def row(case: Case, name: str) -> dict[str, Any]:
    """Return the row of a ledger as every table writes it."""
    found = summary(case, name)
    return {
        "holder": holder(name),
        "code": name,
        "expected_nok": found.expected,
        "p10_nok": found.p10,
        "p90_nok": found.p90,
        "probability_positive": found.probability_positive,
        "payback_year": _paid_back(case, found),
    }


def columns() -> tuple[TableColumn, ...]:
    """Return the columns of `row`."""
    return (
        *amounts(("expected_nok", "p10_nok", "p90_nok"), "nok_million"),
        *columns_of("gains.column", probability_positive="share_whole", payback_year="text"),
    )


def amounts(names: Iterable[str], kind: Kind = "nok_million_detail") -> tuple[TableColumn, ...]:
    """Return the columns of a ledger, payer or organisation and some amounts of its."""
    return (*columns_of("gains.column", holder="text"), *columns_alike("gains.column", kind, names))


def _paid_back(case: Case, found: LedgerSummary) -> str:
    """Return the year a holder has its money back, or that it never has, or that nothing of its is touched."""
    if found.payback_year is not None:
        return str(case.appraisal.base_year + found.payback_year)
    return text("gains.untouched" if found.untouched else "gains.never")


def price_note(case: Case) -> str:
    """Return prices, discounting, draws and seed in one line."""
    found = case.appraisal
    facts = {"year": found.base_year, "last": found.base_year + case.scenario.horizon_years - 1}
    key = "gains.price_note" if facts["last"] > facts["year"] else "gains.price_note_one_year"
    return text(key, **facts, draws=number(found.draws), seed=found.seed)


def citations(case: Case) -> tuple[Citation, ...]:
    """Return the model with the scenario, and each source its parameters come from."""
    return (model(case), *_measured(case), *rate_sources(case.appraisal.parameters))


def rate_sources(used: Iterable[str]) -> tuple[Citation, ...]:
    """Return each source that some parameters come from."""
    found = {parameter(name).source for name in used} - {"project"}
    return tuple(_source(name) for name in sorted(found))


def model(case: Case) -> Citation:
    """Return the model with the scenario and its fingerprint as a citation; the foot names the parameters' sources."""
    published = strip_markdown(str(case.scenario.raw.get("source", "")))
    named = " – ".join(filter(None, (text("gains.cite.model", title=title(case)), published)))
    edition = text("gains.cite.edition", hash=case.appraisal.parameters_hash[:10])
    return Citation(text("shell.name"), named, edition, text("gains.cite.licence"), "", text("gains.cite.definition"))


def chart(
    case: Case, part: str, facts: Mapping[str, object], key: str = "finding", *, beyond: Beyond | None = None,
    **parts: Any,  # noqa: ANN401 - the parts of a chart
) -> Chart:  # fmt: skip
    """Return a picture of a case with its words, sources, mark as an example and the way to the same numbers.

    part: the group of its texts, where `key` is the finding. beyond: the Python that goes on from the appraisal to the
    numbers drawn; the command then does not give them.
    """
    prices = text("gains.price_short", year=case.appraisal.base_year)
    finding, alt = (text(f"gains.{part}.{name}", **facts) for name in (key, "alt"))
    note = parts.pop("note", None) or text(f"gains.{part}.note")
    words = {"finding": finding, "alt": alt, "note": f"{note} {prices}", "stem": f"gains-{part.replace('_', '-')}"}
    code = {"command": "" if beyond else command(case), "python": python(case, beyond)}
    parts = {"sources": (model(case), *_measured(case)), "example": case.example, **words, **code, **parts}
    return Chart(**parts)


def at_draws(case: Case, function: str, imports: str) -> Beyond:
    """Return Python that calls a function on the scenario at the draws of the appraisal, an experiment's among them."""
    given = ", effect.draws(draws, seed)" if case.choice.experiment else ""
    code = f"draws, seed = appraisal.draws, appraisal.seed\n{function}(scenario, draws, seed{given})"
    return Beyond(code, imports)


def command(case: Case, name: str = "appraise") -> str:
    """Return the command that gives the same numbers; an edited copy is read from the file the reader takes away."""
    choice = case.choice
    if choice.experiment:
        return ""
    shipped = not choice.edits and choice.name != scenario_file.OWN
    file = choice.name if shipped else "innenfor-scenario.toml"
    return f"python -m benefits {name} {file} --draws {case.appraisal.draws} --seed {case.appraisal.seed}"


def python(case: Case, beyond: Beyond | None = None) -> str:
    """Return the Python that gives the same numbers: the appraisal, or what goes on from it."""
    choice, found = case.choice, case.appraisal
    assert choice.base is not None  # noqa: S101 - a case has a scenario
    read = (
        'Scenario.read("innenfor-scenario.toml")' if choice.name == scenario_file.OWN else f'shipped("{choice.name}")'
    )
    lines = [
        "from benefits.appraisal import appraise",
        "from benefits.scenario.model import Scenario, shipped_scenario as shipped",
        f"scenario = {read}",
    ]
    edits = {} if choice.name == scenario_file.OWN else changes(choice.base, choice.edits)
    if edits:
        lines.append(f"scenario = scenario.changed({', '.join(f'{key}={value!r}' for key, value in edits.items())})")
    call = f"appraise(scenario, draws={found.draws}, seed={found.seed})"
    *first, last = _fed(choice.experiment, found.draws, found.seed) if choice.experiment else [call]
    after = [last] if beyond is None else [beyond.imports, f"appraisal = {last}", beyond.code]
    return "\n".join(filter(None, [*lines, *first, *after]))


def frame(case: Case, names: tuple[str, ...]) -> pl.DataFrame:
    """Return the rows of some ledgers as a frame."""
    return pl.DataFrame([row(case, name) for name in names], infer_schema_length=None)


def _measured(case: Case) -> tuple[Citation, ...]:
    """Return where the effect of the case's experiment was measured, nothing where the scenario's own stands."""
    key = case.choice.experiment
    reports = [each for each in queries.reported() if each.key == key] if key else []
    return tuple(source for each in reports for source in experiment_sources(each))


def _fed(key: str, draws: int, seed: int) -> list[str]:
    return [
        "from benefits.valuation.experiment_effect import experiment_effects, with_experiment",
        f'effect = experiment_effects()["{key}"]',
        "scenario = with_experiment(scenario, effect)",
        f"appraise(scenario, {draws}, {seed}, effect_draws=effect.draws({draws}, {seed}))",
    ]


def _source(name: str) -> Citation:
    found = sources()[name]
    return Citation(
        found.publisher, found.title[language()], text("gains.cite.read"), text("gains.cite.facts"), found.url
    )
