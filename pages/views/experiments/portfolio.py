"""The portfolio: every registered experiment with its effect, verdict, grade and cost, and a board by phase."""

from functools import partial

import polars as pl
import streamlit as st

from analytics.experiments.portfolio import results
from analytics.experiments.portfolio.meta_analysis import Pooled
from analytics.experiments.portfolio.results import Reported
from pages.components import chart_card, downloads, empty_state, notices
from pages.components.chart_card import Chart
from pages.components.citations import experiment_sources
from pages.components.data_table import TableColumn, columns_alike, columns_of
from pages.format import marking
from pages.format.numbers import number, rate
from pages.format.texts import language, text
from pages.frame import shell, visit
from pages.frame.cache import cached_object
from pages.frame.source_footer import Citation
from pages.svg.rows_picture import NARROW, WIDE
from pages.views.experiments import evidence, export, phase_board, wording
from pages.views.experiments.forest_picture import forest_picture
from pages.views.experiments.selection import VERDICTS, ExperimentsSelection, reports, shown

PER_100 = "per_100"


def show(choice: ExperimentsSelection) -> None:
    """Write what one's own experiments say with the board by phase, and the published trials, first where none are."""
    notices.build_due()
    every = reports()
    chosen = shown(every, choice)
    own = tuple(each for each in chosen if not each.experiment.published)
    for example in (False, True):
        passed = tuple(each for each in own if each.experiment.example == example)
        if passed:
            chart_card.show(_forest(example, tuple(each.key for each in passed)))
    if not chosen:
        st.markdown(text("experiments.none_kept"))
    phase_board.show(chosen, len(every))
    evidence.show(chosen)
    if all(each.experiment.published for each in every):
        _begin(len(every))
    with st.container(key="files-experiments"):
        data = partial(export.every, chosen, language())
        file = marking.file_name("experiments.json")
        downloads.button(text("experiments.again.json_all"), data, file, "json-experiments")
    shell.cite(*_sources(chosen))


def _begin(published: int) -> None:
    """Write what an experiment of one's own takes: the form, and the command that registers it."""
    command = f"python -m analytics register {empty_state.in_home('experiments', text('begin.own_file'))}"
    empty_state.show("experiments", forms=(empty_state.form("experiment"),), command=command, count=number(published))


@cached_object
def _forest(example: bool, keys: tuple[str, ...]) -> Chart:  # noqa: FBT001 - a part of the cache's key
    """Return the forest of one origin with the experiments that passed the filters, by key."""
    origin = tuple(each for each in reports() if not each.experiment.published and each.experiment.example == example)
    return forest_chart(origin, tuple(each for each in origin if each.key in keys), example=example)


def counted(chosen: tuple[Reported, ...], *, example: bool) -> str:
    """Return how many experiments there are of each verdict, none left out."""
    counts = {verdict: sum(each.verdict == verdict for each in chosen) for verdict in VERDICTS}
    parts = [text(f"experiments.counted.{verdict}", count=number(count)) for verdict, count in counts.items() if count]
    kind = "example" if example else "own"
    key = f"experiments.counted.{kind}_{'one' if len(chosen) == 1 else 'many'}"
    return text(key, count=number(len(chosen)), verdicts=", ".join(parts))


def forest_chart(origin: tuple[Reported, ...], passed: tuple[Reported, ...], *, example: bool) -> Chart:
    """Return the effects per 100 as measured and drawn towards the mean of all of that origin, filtered or not."""
    mean = results.pooled(origin)
    table = _table(origin, passed, mean if isinstance(mean, Pooled) else None)
    drawn = table.filter(pl.col("unit") == PER_100, pl.col("value").is_not_null())
    drawn = drawn.sort("value", descending=True)
    common = mean if isinstance(mean, Pooled) and drawn.height > 1 else None
    picture = forest_picture(drawn, common, NARROW if visit.narrow() else WIDE)
    heading, (imported, every) = counted(passed, example=example), wording.every_in_python(origin)
    return Chart(
        finding=heading,
        alt=text("experiments.forest.alt", finding=heading, names=picture.alt),
        picture=picture,
        table=table.drop("key", "unit"),
        columns=_columns(),
        sources=_sources(passed),
        stem="forest-examples" if example else "forest",
        example=example,
        note=_note(table, mean if isinstance(mean, Pooled) else None),
        python=(
            "from analytics.experiments.portfolio.results import overview, pooled, reported, without_each\n"
            f"{imported}every = {every}\n"
            f"own = [each.experiment.example is {example} and not each.experiment.published for each in every]\n"
            "origin = tuple(each for each, mine in zip(every, own, strict=True) if mine)\n"
            "overview(origin), pooled(origin), without_each(origin)"
        ),
    )


def _table(origin: tuple[Reported, ...], passed: tuple[Reported, ...], mean: Pooled | None) -> pl.DataFrame:
    """Return one row an experiment that passed; the mean and the adjusted p-values rest on all of that origin."""
    drawn = {line["label"]: line for line in mean.shrunken} if mean else {}
    turned = {each.key: -1.0 if each.estimate and each.estimate.good == "down" else 1.0 for each in passed}
    rows, without = [], results.without_each(origin)
    for row in results.overview(origin).iter_rows(named=True):
        if row["key"] not in turned:
            continue
        line = drawn.get(row["key"])
        sign = turned[row["key"]] if row["unit"] == PER_100 else 1.0
        rows.append({**row, **_drawn(line), **_turned(row, sign), "without": without.get(row["key"])})
    words = {each.key: each for each in passed}
    frame = pl.DataFrame(rows, infer_schema_length=None)
    return frame.with_columns(
        name=pl.Series([wording.title(words[key]) for key in frame["key"]]),
        words=pl.Series([wording.verdict(words[key]) for key in frame["key"]]),
        effect=pl.Series([wording.effect(words[key]) for key in frame["key"]]),
        cost=pl.Series([wording.cost(words[key]) for key in frame["key"]]),
    )


def _turned(row: dict[str, object], sign: float) -> dict[str, object]:
    """Return an effect with the good direction up."""
    value, low, high = (row[name] for name in ("value", "low", "high"))
    if sign > 0:
        return {"value": value, "low": low, "high": high}
    turned = [None if end is None else -float(str(end)) for end in (value, high, low)]
    return dict(zip(("value", "low", "high"), turned, strict=True))


def _drawn(line: dict[str, float] | None) -> dict[str, float | None]:
    names = {"shrunken": "value", "shrunken_low": "low", "shrunken_high": "high", "weight": "weight"}
    return {name: line[source] if line else None for name, source in names.items()}


def _note(table: pl.DataFrame, mean: Pooled | None) -> str:
    """Return what the picture means: the mean, what is left out, and that outcomes differ."""
    left = table.filter((pl.col("unit") != PER_100) | pl.col("value").is_null()).height
    parts = [text("experiments.forest.left_out", count=number(left))] if left else []
    if mean is None:
        return " ".join([text("experiments.forest.note_raw"), *parts])
    low, high = mean.prediction or (None, None)
    facts = {"mean": mean.pooled, "low": mean.low, "high": mean.high, "new_low": low, "new_high": high}
    told = {name: number(value) for name, value in facts.items()}
    method = text("experiments.forest.method", k=number(mean.k), tau=rate(mean.tau2**0.5))
    without = table["without"].drop_nulls()
    if len(without):
        ends = {"low": number(without.min()), "high": number(without.max())}  # type: ignore[arg-type]
        parts.append(text("experiments.forest.without", **ends))
    return " ".join([text("experiments.forest.note", **told), text("experiments.forest.outcomes"), *parts, method])


def _columns() -> tuple[TableColumn, ...]:
    rates = ("value", "low", "high", "shrunken", "shrunken_low", "shrunken_high", "without")
    return (
        *columns_of("experiments.column", name="prose", words=("verdict", "text"), effect="prose"),
        *columns_alike("experiments.column", "rate", rates),
        *columns_of("experiments.column", p="p", p_adjusted="p", design="count", execution="count", cost="prose"),
    )


def _sources(chosen: tuple[Reported, ...]) -> tuple[Citation, ...]:
    """Return each source once."""
    every = (source for each in chosen for source in experiment_sources(each, defined=False))
    return tuple(dict.fromkeys(every))
