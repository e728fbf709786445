"""The pictures of one experiment: effect, flow, balance, and what happened over time."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analytics.experiments.portfolio import results
from analytics.experiments.portfolio.results import Reported
from analytics.experiments.reporting.estimate import Estimate
from analytics.experiments.reporting.participant_flow import IMBALANCE
from analytics.experiments.reporting.sentences import effect_decimals
from data.i18n import words
from pages.components.chart_card import Chart
from pages.components.citations import experiment_sources
from pages.components.data_table import Kind, TableColumn, columns_alike, columns_of
from pages.format import texts
from pages.format.numbers import capitalise_first, number, per_hundred, percent, ratio, whole_percent
from pages.format.sentences import join_sentences
from pages.format.texts import language, text
from pages.plots import consort_diagram, effect, event_study
from pages.views.experiments import wording


def effect_chart(each: Reported, found: Estimate) -> Chart:
    """Return the effect as a dot with its interval in natural units."""
    heading = wording.effect(each)
    row = {name: getattr(found, name) for name in ("value", "low", "high", "se", "df", "p", "p_randomisation")}
    return _chart(
        each, "effect", heading, text("experiments.dot.alt", effect=heading, verdict=wording.verdict(each)),
        effect.effect_dot(
            found.value, found.low, found.high, wording.unit(found),
            decimals=effect_decimals(found), smallest=found.mde,
        ),
        [row], columns_of("experiments.column", **{name: number_kind(name) for name in row}), note=_effect_note(found),
    )  # fmt: skip


def flow_chart(each: Reported, found: Estimate) -> Chart:
    """Return the flow from assessed to measured by arm."""
    rows = [
        {"arm": name, "stage": text(f"experiments.stage.{stage}"), "count": found.flow[stage].get(arm)}
        for stage in found.flow
        for arm, name in arms(found)
    ]
    hidden = any(row["count"] is None for row in rows)
    columns = columns_of("experiments.column", stage="text", arm="text", count="count")
    return _chart(
        each, "flow", text("experiments.flow.title"), text("experiments.flow.alt"),
        consort_diagram.flow_diagram(found.flow, arms(found)), rows, columns,
        note=_flow_note(found, hidden=hidden),
    )  # fmt: skip


def _flow_note(found: Estimate, *, hidden: bool) -> str:
    """Return why a count is hidden, and how more can be measured than have started, where either is so."""
    started, measured = (found.flow.get(stage, {}) for stage in ("started", "measured"))
    more = any((measured.get(arm) or 0) > count for arm, count in started.items() if count is not None)
    keys = [key for key, told in (("measured", more), ("hidden", hidden)) if told]
    return join_sentences(*(text(f"experiments.flow.{key}") for key in keys))


def balance_chart(each: Reported, found: Estimate) -> Chart:
    """Return the standardised difference of every variable measured before the start."""
    lines = [{**line, "variable": _variable(line["variable"])} for line in found.balance]
    compared = columns_alike("experiments.column", "ratio", ("treated", "control", "standardised_difference"))
    columns = (*columns_of("experiments.column", variable="text"), *compared)
    picture = effect.love_plot(
        [line["variable"] for line in lines], [line["standardised_difference"] for line in lines],
        text("experiments.balance.axis"), IMBALANCE,
    )  # fmt: skip
    alt = text("experiments.balance.alt")
    note = text("experiments.balance.note", limit=ratio(IMBALANCE))
    return _chart(each, "balance", text("experiments.balance.title"), alt, picture, lines, columns, note=note)


def time_chart(each: Reported, found: Estimate) -> Chart | None:
    """Return the event study or the survival curves, None where the design has neither."""
    points = [dict(point) for point in found.by_time]
    if not points:
        return None
    if "survival" in points[0]:
        return _survival(each, found, points)
    numbers = {name: number_kind(name) for name in ("value", "low", "high", "se", "p")}
    columns = columns_of("experiments.column", time="count", **numbers)
    picture = event_study.event_study(points, wording.unit(found), text("experiments.time.axis"))
    alt = text("experiments.time.alt", first=number(points[0]["time"]), last=number(points[-1]["time"]))
    note = text("experiments.time.note")
    return _chart(each, "time", text("experiments.time.title"), alt, picture, points, columns, note=note)


def shares_chart(each: Reported) -> Chart | None:
    """Return the shares of a published trial's arms, None where its source gives none."""
    told = each.experiment.finding
    if results.difference_per_100(each.experiment) is None:
        return None
    both = {name: float(told[f"{name}_share"]) for name in ("control", "treated")}
    names = (text("experiments.arm.control"), text("experiments.arm.treated"))
    heading = text("experiments.shares.title", **{name: percent(share) for name, share in both.items()})
    columns = columns_of("experiments", arm=("column.arm", "text"), share=("shares.axis", "share"))
    rows = [{"arm": name, "share": share} for name, share in zip(names, both.values(), strict=True)]
    picture = effect.two_shares(both["control"], both["treated"], names, text("experiments.shares.axis"))
    note = text("experiments.shares.note", interval=_odds(told))
    return _chart(each, "shares", heading, text("experiments.shares.alt"), picture, rows, columns, note=note)


def _odds(told: Mapping[str, Any]) -> str:
    """Return the published odds ratio, or that there is no interval, and what a later measurement said."""
    later = {name: told.get(f"later_{name}") for name in ("months", "treated_share", "control_share")}
    tail = ""
    if None not in later.values():
        shares = {name: percent(later[f"{name}_share"]) for name in ("treated", "control")}
        tail = " " + text("experiments.shares.later", months=later["months"], **shares)
    if "odds_ratio" not in told:
        return text("experiments.shares.no_interval") + tail
    ends = {name: ratio(told[f"odds_ratio_{name}"]) for name in ("low", "high")}
    return text("experiments.shares.odds", value=ratio(told["odds_ratio"]), **ends) + tail


def arms(found: Estimate) -> tuple[tuple[str, str], ...]:
    """Return the arms' labels with their names in words, the control first."""
    every = [*found.n, *(arm for stage in found.flow.values() for arm in stage)]
    labels = list(dict.fromkeys([*every, *(str(point["arm"]) for point in found.by_time if "arm" in point)]))
    known = {"control": "control", "comparison": "control", "treatment": "treated", "treated": "treated"}
    ordered = sorted(labels, key=lambda arm: known.get(arm) == "treated")
    return tuple((arm, text(f"experiments.arm.{known[arm]}") if arm in known else arm) for arm in ordered)


def _survival(each: Reported, found: Estimate, points: list[dict[str, Any]]) -> Chart:
    names = dict(arms(found))
    rows = [{**point, "arm": names[point["arm"]]} for point in points]
    shares = columns_alike("experiments.column", "share_whole", ("survival", "low", "high"))
    columns = (*columns_of("experiments.column", arm="text", time="count"), *shares)
    picture = event_study.survival_curves(points, arms(found), text("experiments.survival.axis"))
    heading, alt = _still_waiting(found, points, names), text("experiments.survival.alt")
    note = text("experiments.survival.note")
    return _chart(each, "survival", heading, alt, picture, rows, columns, note=note)


def _still_waiting(found: Estimate, points: list[dict[str, Any]], names: Mapping[str, str]) -> str:
    """Return the shares of both arms without the outcome at the last time both are known."""
    last = {
        arm: max((point for point in points if point["arm"] == arm), key=lambda point: point["time"]) for arm in names
    }
    control, treated = (whole_percent(last[arm]["survival"]) for arm in names)
    label = found.label.get(language()) or found.outcome
    time = number(min(point["time"] for point in last.values()))
    return text(
        "experiments.survival.title", label=capitalise_first(label), time=time, control=control, treated=treated
    )


def _chart(
    each: Reported, stem: str, finding: str, alt: str, picture: Any, rows: list[dict[str, Any]],  # noqa: ANN401
    columns: tuple[TableColumn, ...], *, note: str = "",
) -> Chart:  # fmt: skip
    return Chart(
        finding=finding, alt=alt, picture=picture, table=pl.DataFrame(rows, infer_schema_length=None), columns=columns,
        sources=experiment_sources(each), stem=f"{stem}-{each.key}", example=each.experiment.example, note=note,
        command=wording.command(each), python=wording.python(each),
    )  # fmt: skip


def number_kind(name: str) -> Kind:
    """Return how a number of an estimate is written, by its name."""
    return "p" if name.startswith("p") else "rate" if name == "df" else "ratio"


def _effect_note(found: Estimate) -> str:
    level = per_hundred(found.level, 0)
    parts = [*_levels(found), text("experiments.dot.note", level=level)]
    if found.mde is not None:
        parts.append(text("experiments.dot.smallest", smallest=number(found.mde, effect_decimals(found))))
    return " ".join(parts)


def _levels(found: Estimate) -> list[str]:
    """Return how it went in each arm, in a sentence an arm; before and after in one."""
    told, digits = [], effect_decimals(found)
    for arm, name in arms(found):
        at = {str(line["at"]): number(line["value"], digits) for line in found.levels if line["arm"] == arm}
        if at:
            key = f"experiments.levels.{'over_time' if 'after' in at else found.kind}"
            told.append(text(key, arm=capitalise_first(name), **at))
    return told


def _variable(name: str) -> str:
    """Return a baseline variable in words, where there are words for it; else its name."""
    known = words(texts.PACKAGE, language())
    return known.get(f"experiments.variable.{name}", name.replace("_", " "))
