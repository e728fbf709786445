"""Behind one experiment's answer: inference, notes, attrition, and the registration record."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from analytics.experiments.portfolio.results import Reported
from analytics.experiments.reporting.estimate import Estimate
from analytics.experiments.reporting.participant_flow import SAMPLE_RATIO_P
from analytics.programme.readings import concept_name
from data.i18n import say
from pages.components import data_table
from pages.components.data_table import columns_of
from pages.format import marking
from pages.format.html import bullets, tag, terms
from pages.format.numbers import number, p_value, period, rate, ratio, trimmed
from pages.format.texts import language, text
from pages.frame import expander
from pages.frame.sight import seen
from pages.views.experiments import figures, phase_board, secondary_outcomes

_SHOWN = ("value", "se", "df", "low", "high", "p")
_OPTIONAL = {"secondary", "concept", "source", "n_published"}
_OF_OWN = {"hypothesis", "started", "responsible", "legal", "ethics", "data", "registry"}
_ATTRITION = "attrition"


def inference(each: Reported, found: Estimate) -> None:
    """Write the headline and every second opinion beside it, each with whether it was planned."""
    st.header(text("experiments.inference.title"), anchor="inference")
    st.markdown(found.method_text(language()))
    st.markdown(text("experiments.inference.lead"))
    rows = inference_rows(each, found)
    kinds = {name: figures.number_kind(name) for name in _SHOWN}
    columns = columns_of("experiments.column", method="prose", standing="prose", **kinds, remark="prose")
    table = pl.DataFrame(rows, infer_schema_length=None)
    caption = marking.caption(text("experiments.inference.title"), example=each.experiment.example)
    expander.reading(
        text("experiments.inference.table"), "inference", partial(data_table.show, table, columns, caption)
    )


def inference_rows(each: Reported, found: Estimate) -> list[dict[str, Any]]:
    """Return the headline, the estimates beside it and the other aggregations, one row each."""
    outcome = each.experiment.design.outcome if each.experiment.design else None
    standing = text(f"experiments.planned.{each.experiment.outcome_standing(outcome or '')}")
    head = {name: getattr(found, name) for name in _SHOWN}
    rows = [{"method": text("experiments.inference.headline"), "standing": standing, **head, "remark": ""}]
    beside = text("experiments.planned.beside")
    lines = [(name, content) for name, content in found.beside.items() if name != _ATTRITION]
    lines += [(f"aggregation_{name}", content) for name, content in found.aggregations.items()]
    for name, content in lines:
        for method, one in _spread(name, content):
            remark = _medians(one, found) if name == "median" else _remark(one)
            rows.append({"method": method, "standing": beside, **_numbers(one), "remark": remark})
    return rows


def _spread(name: str, content: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - any second opinion
    """Return a second opinion with its name; arms and subgroups a line each, then whether the subgroups differ."""
    if name not in ("arms", "subgroups"):
        return [(text(f"experiments.beside.{name}"), content)]
    told = [(text(f"experiments.beside.{name}", name=line.get("arm", line.get("subgroup"))), line)
            for line in content["lines"]]  # fmt: skip
    interaction = content.get("interaction")
    return told + ([(text("experiments.beside.interaction"), interaction)] if interaction else [])


def _numbers(content: Any) -> dict[str, float | None]:  # noqa: ANN401 - any second opinion
    known = content if isinstance(content, dict) else {}
    return {name: known[name] if isinstance(known.get(name), int | float) else None for name in _SHOWN}


def _remark(content: Any) -> str:  # noqa: ANN401 - any second opinion
    if not isinstance(content, dict):
        return ""
    if "not_estimable" in content:
        return say("analytics", language(), f"not_estimable.{content['not_estimable']}")
    if content.get("draws"):
        key = "exact" if content.get("exact") else "drawn"
        return text(f"experiments.inference.{key}", draws=number(content["draws"]))
    if content.get("exact"):
        return text("experiments.inference.all")
    return text("experiments.inference.chi2", chi2=ratio(content["chi2"])) if "chi2" in content else ""


def _medians(content: Mapping[str, float | None], found: Estimate) -> str:
    """Return the median time of both arms; an arm of which more than half remain has none."""
    names = dict(figures.arms(found))
    return "; ".join(f"{names.get(arm, arm)}: {rate(time)}" for arm, time in content.items())


def notes(each: Reported, found: Estimate) -> None:
    """Write every remark of the engine in words, and how the grade came about."""
    st.header(text("experiments.notes.title"), anchor="notes")
    lines = [str(item["says"]) for item in found.note_texts(language())]
    if each.standing == "changed":
        lines.insert(0, text("experiments.notes.changed", date=period(each.registered)))
    lines = lines or [text("experiments.notes.none")]
    st.html(bullets(lines))
    st.markdown(text("experiments.grade.rule"))


def trust(each: Reported, found: Estimate) -> None:
    """Write the sample ratio and what the attrition could mean at worst."""
    noted = {item.code: dict(item.facts) for item in found.notes}
    tested = each.experiment.design is not None and each.experiment.design.allocation is not None
    key = "unlike" if "N03" in noted else "fine" if tested else "untested"
    lines = [text(f"experiments.ratio.{key}", p=p_value(SAMPLE_RATIO_P))] if len(found.flow) > 1 else []
    bounds = found.beside.get(_ATTRITION, {}).get("manski", {})
    if "low" in bounds:
        ends = {name: number(bounds[name]) for name in ("low", "high")}
        lines.append(text("experiments.bounds.manski", **ends))
    elif bounds.get("not_estimable") == "small_numbers":
        lines.append(text("experiments.bounds.hidden"))
    for line in lines:
        st.markdown(line)


def changes_mind(each: Reported) -> None:
    """Write what would change our mind, as it was written down before."""
    words = each.experiment.would_change_our_mind.get(language(), "")
    if words:
        st.header(text("experiments.mind"), anchor="mind")
        st.markdown(words)


def record(each: Reported) -> None:
    """Write the registration record: what was settled before, and how it stands."""
    st.header(text("experiments.record.title"), anchor="record")
    st.html(tag("dl", terms(record_lines(each)), class_="innenfor-definition"))
    if again := registered_again(each):
        st.markdown(text("experiments.record.again"))
        st.html(bullets(again))


def registered_again(each: Reported) -> list[str]:
    """Return what was otherwise and why, each time a design of the records was registered again."""
    told = (one.value for one in seen().of("registration").values() if one.value.experiment == each.key)
    return [f"{period(seal.registered)}: {seal.why[language()]}" for seal in told if any(seal.why.values())]


def record_lines(each: Reported) -> list[tuple[str, str]]:
    """Return the record's fields with their contents; what is not given says so, but for what only one's own gives."""
    item, lang = each.experiment, language()
    unknown = text("experiments.record.unknown")
    size = item.planned_n or item.finding.get("n")
    smallest = None if item.smallest_useful_effect is None else trimmed(item.smallest_useful_effect)
    contents = {
        "standing": phase_board.standing(each), "question": item.question.get(lang),
        "hypothesis": item.hypothesis.get(lang),
        "outcome": item.primary_outcome.get(lang), "secondary": secondary_outcomes.names(each),
        "target": item.target_group.get(lang), "method": text(f"experiments.method.{item.method}"),
        "unit": item.unit_of_assignment.get(lang),
        "estimator": each.estimate.method_text(lang) if each.estimate else "",
        "n_published" if item.published else "n": number(size) if size else "", "smallest": smallest,
        "phase": text(f"experiments.phase.{item.phase}") if item.phase else "",
        "concept": concept_name(item.concept, seen(), lang),
        "track": text(f"experiments.track.{item.track}") if item.track else "",
        "started": period(item.started) if item.started else "", "responsible": item.responsible,
        "legal": item.legal_basis.get(lang), "ethics": item.ethics.get(lang), "data": item.data_protection.get(lang),
        "registry": item.public_registry, "hash": item.hash, "source": item.source,
    }  # fmt: skip
    absent = {"hash", "phase", "track", "concept", "estimator", "smallest"} if item.published else set()
    silent = _OPTIONAL | _OF_OWN if item.published else _OPTIONAL
    return [
        (text(f"experiments.record.{name}"), words or unknown)
        for name, words in contents.items()
        if name not in absent and (words or name not in silent)
    ]
