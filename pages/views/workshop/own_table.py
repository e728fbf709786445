"""A researcher's own table: what it holds, the design asked for, and the evaluation with its command."""

import shlex
from typing import Any

import polars as pl
import streamlit as st

from data.format.numbers import decimals_for
from pages.components import chart_card, data_table
from pages.components.chart_card import Chart
from pages.components.data_table import Kind, columns_of
from pages.format import numbers
from pages.format.texts import labels, language, text
from pages.frame import session
from pages.frame.source_footer import Citation
from pages.plots import effect
from pages.server.data_process import BroughtFile
from pages.views.workshop import errand, refusal
from pages.views.workshop.errand import Errand

METHODS = ("rct", "cluster_rct", "before_after", "staggered")
COLUMNS = ("arm", "outcome", "unit", "cluster", "block", "period", "start", "events", "subgroup")
KINDS, GOOD = ("binary", "number", "duration"), ("up", "down")
ADJUSTED = {"rct": ("ancova", "lin"), "cluster_rct": ("ancova", "lin"), "staggered": ("doubly_robust",)}
STAGGERED = {"comparison": ("never", "not_yet"), "aggregation": ("simple", "dynamic", "group", "calendar")}
_BETWEEN = ","
_NONE = ""
_ACROSS = 4
_RATIOS, _PS = ("value", "low", "high", "se"), ("p", "p_randomisation")


def begin(file: BroughtFile) -> None:
    """Look at a table; what was chosen for the one before is forgotten."""
    for name in ("method", "control", "kind", "good", "estimator", "covariates", "horizon", *COLUMNS, *STAGGERED):
        session.forget(f"own-{name}")
    errand.look(file)


def show(found: Errand) -> None:
    """Write the answer where one was asked for, what the table holds, and the design to ask with."""
    answer = found.answer
    if "verdict" in answer:
        _answer(found, answer)
    elif "columns" not in answer:
        refusal.show(found)
    if found.checked:
        _held(found.checked)
        _design(found)


def _held(held: dict[str, Any]) -> None:
    st.header(text("workshop.own_table.holds"), anchor=False)
    st.markdown(text("workshop.own_table.kept"))
    rows = [{**each, "values": ", ".join(each["values"])} for each in held["columns"]]
    columns = columns_of("workshop.own_table", name="text", different="count", empty="count", values="prose")
    data_table.show(pl.DataFrame(rows), columns, text("workshop.own_table.rows", rows=numbers.number(held["rows"])))


def _design(found: Errand) -> None:
    """Ask for the design, filled in with what was asked last, else with what the table suggests."""
    st.header(text("workshop.own_table.design"), anchor=False)
    st.markdown(text("workshop.own_table.check"))
    proposed = found.said or found.checked["design"]
    values = {str(each["name"]): list(each["values"]) for each in found.checked["columns"]}
    told = {"method": _choice("method", labels("experiments.method", METHODS), proposed)}
    told |= _columns(list(values), proposed)
    arms = values.get(told["arm"], [])
    known = {_NONE: text("workshop.own_table.guess"), **dict(zip(arms, arms, strict=True))}
    told |= _measured(known, proposed)
    told["covariates"] = _covariates([name for name in values if name not in told.values()], proposed)
    told |= _estimated(told["method"], proposed)
    told |= _horizon(proposed) if told["kind"] == "duration" else {}
    label = text("workshop.own_table.evaluate")
    st.button(label, type="primary", key="own-evaluate", on_click=errand.evaluate, args=(found, told))


def _columns(names: list[str], proposed: dict[str, str]) -> dict[str, str]:
    """Draw a choice of column for each role and return them by role."""
    offered, told = {_NONE: text("workshop.own_table.none"), **dict(zip(names, names, strict=True))}, {}
    for first in range(0, len(COLUMNS), _ACROSS):
        for name, place in zip(COLUMNS[first : first + _ACROSS], st.columns(_ACROSS), strict=False):
            with place:
                told[name] = _choice(name, offered, proposed)
    return told


def _measured(arms: dict[str, str], proposed: dict[str, str]) -> dict[str, str]:
    """Draw the control arm, what the outcome is and what of it is good, and return them."""
    kinds = {_NONE: text("workshop.own_table.guess_kind"), **labels("workshop.own_table.kind", KINDS)}
    return _choices({"control": arms, "kind": kinds, "good": labels("workshop.own_table.good", GOOD)}, proposed)


def _estimated(method: str, proposed: dict[str, str]) -> dict[str, str]:
    """Draw what the method leaves to choose of how it is estimated, say what each does, and return the choices."""
    adjusted = ADJUSTED.get(method, ())
    offered = {
        "estimator": {_NONE: text("workshop.own_table.usual"), **labels("workshop.own_table.estimator", adjusted)}
    }
    if method == "staggered":
        offered |= {name: labels(f"workshop.own_table.{name}", codes) for name, codes in STAGGERED.items()}
    told = _choices(offered if adjusted else {}, proposed)
    st.markdown(text(f"workshop.own_table.explained.{method}"))
    return told


def _horizon(proposed: dict[str, str]) -> dict[str, str]:
    """Draw the time mean durations are taken to; left empty it is the shorter follow-up."""
    if session.recall("own-horizon") is None and (before := proposed.get("horizon", _NONE)):
        session.remember("own-horizon", float(before))
    label = text("workshop.own_table.key.horizon")
    chosen = st.number_input(label, min_value=0.0, value=None, key="own-horizon", help=text("workshop.own_table.to"))
    return {"horizon": str(chosen) if chosen else _NONE}


def _choices(offered: dict[str, dict[str, str]], proposed: dict[str, str]) -> dict[str, str]:
    """Draw choices beside each other and return what is chosen."""
    told: dict[str, str] = {}
    if not offered:
        return told
    for (name, options), place in zip(offered.items(), st.columns(len(offered)), strict=True):
        with place:
            told[name] = _choice(name, options, proposed)
    return told


def _covariates(names: list[str], proposed: dict[str, str]) -> str:
    """Draw the choice of what was known before the start, and return the columns with commas between."""
    offered = [name for name in names if _BETWEEN not in name]
    before = session.recall("own-covariates", proposed.get("covariates", "").split(_BETWEEN))
    session.remember("own-covariates", [name for name in before if name in offered])
    label = text("workshop.own_table.key.covariates")
    return _BETWEEN.join(st.multiselect(label, offered, key="own-covariates", placeholder=text("choose.several")))


def _choice(name: str, options: dict[str, str], proposed: dict[str, str]) -> str:
    """Draw one choice and return what is chosen."""
    key, start = f"own-{name}", proposed.get(name, _NONE)
    if session.recall(key) not in options:
        session.remember(key, start if start in options else next(iter(options)))
    label = text(f"workshop.own_table.key.{name}")
    return str(st.selectbox(label, list(options), format_func=options.__getitem__, key=key))


def command(file: str, design: dict[str, str]) -> str:
    """Return the command that gives the same evaluation."""
    told = " ".join(f"--{name} {shlex.quote(value)}" for name, value in design.items() if value)
    return f"python -m analytics evaluate {shlex.quote(file)} {told} --table --published --lang {language()}"


def _answer(found: Errand, answer: dict[str, Any]) -> None:
    """Write the verdict, the effect as a picture with its numbers, how it was found, and every remark."""
    st.header(text(f"experiments.verdict.{answer['verdict']}"), anchor=False)
    chart_card.show(_chart(found, answer))
    arms = "; ".join(f"{arm}: {numbers.number(count)}" for arm, count in answer["n"].items())
    st.markdown(" ".join([answer["method"], text("workshop.own_table.arms", arms=arms) if arms else ""]))
    st.markdown("\n".join(f"- {note['says']}" for note in answer["notes"]))
    st.markdown(text("workshop.own_table.beside"))
    st.code(answer["table"], language=None)
    st.markdown(text("workshop.own_table.again"))
    st.code(command(_name(found), found.said), language="bash", wrap_lines=True)


def _name(found: Errand) -> str:
    return found.file.last_name() if found.file else "–"


def _chart(found: Errand, answer: dict[str, Any]) -> Chart:
    value, low, high = (answer[name] for name in ("value", "low", "high"))
    axis = text(f"experiments.unit.{answer['kind']}", label=answer["outcome"])
    kinds: dict[str, Kind] = {**dict.fromkeys(_RATIOS, "ratio"), "df": "rate", **dict.fromkeys(_PS, "p")}
    return Chart(
        finding=answer["sentence"],
        alt=text("workshop.own_table.alt", finding=answer["sentence"]),
        picture=effect.effect_dot(
            value, low, high, axis, decimals=0 if answer["kind"] == "binary" else decimals_for(value, low, high)
        ),
        table=pl.DataFrame([{each: answer[each] for each in kinds}], infer_schema_length=None),
        columns=columns_of("experiments.column", **kinds),
        sources=(Citation(text("workshop.own_table.source"), _name(found), text("workshop.own_table.unkept"), "–"),),
        stem="own-table",
    )
