"""The flow of money: who pays for the measure, and to which public budgets money comes back."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.components.chart_card import Chart
from pages.components.data_table import columns_of
from pages.format.texts import text
from pages.frame import shell
from pages.plots import drawing, theme
from pages.plots.label_placement import wrapped
from pages.views.gains import annotations, sliders, wording
from pages.views.gains.annotations import PUBLIC
from pages.views.gains.selection import Case
from pages.views.gains.wording import MILLION, holder, size

_BEYOND = annotations.Beyond(
    "back = {payer: each.expected + appraisal.paid_by.get(payer, 0) for payer, each in appraisal.public.items()}\n"
    "appraisal.paid_by, back, appraisal.public_total.expected"
)
_LETTERS, _NARROW_LETTERS = 28, 20


@dataclass(frozen=True)
class MoneyFlow:
    """A stream of money in present value, NOK above zero; `side` is `pays` or `back`."""

    name: str
    side: str
    nok: float


def flow_chart(case: Case) -> Chart | None:
    """Return who pays and where money comes back, None where no money moves."""
    found = streams(case)
    if not found:
        return None
    paid = sum(case.appraisal.paid_by.get(payer, 0.0) for payer in PUBLIC)
    back = case.appraisal.public_total.expected + paid
    facts = {"paid": size(paid), "back": size(back)}
    key = "nothing_back" if back <= 0 else "more" if back > paid else "less"
    table = pl.DataFrame(
        [{"side": text(f"gains.flows.{each.side}"), "holder": each.name, "nok": each.nok} for each in found]
    )
    return annotations.chart(
        case,
        "flows",
        facts,
        key,
        beyond=_BEYOND,
        picture=sankey(found, narrow=shell.narrow()),
        table=table,
        columns=columns_of("gains.column", side="text", holder="text", nok=("npv_nok", "nok_million_detail")),
    )


def streams(case: Case) -> list[MoneyFlow]:
    """Return what each public payer pays or loses, what comes back to each, and what makes the sides equal."""
    found = case.appraisal
    pays, back = [], []
    for payer in PUBLIC:
        paid = found.paid_by.get(payer, 0.0)
        gain = found.public[payer].expected + paid
        if paid > 0:
            pays.append(MoneyFlow(holder(payer), "pays", paid))
        if gain < 0:
            pays.append(MoneyFlow(text("gains.flows.loses", holder=holder(payer)), "pays", -gain))
        if gain > 0:
            back.append(MoneyFlow(holder(payer), "back", gain))
    surplus = sum(each.nok for each in back) - sum(each.nok for each in pays)
    if surplus > 0:
        pays.append(MoneyFlow(text("gains.flows.made"), "pays", surplus))
    elif surplus < 0:
        back.append(MoneyFlow(text("gains.flows.lost"), "back", -surplus))
    return [each for each in (*pays, *back) if not wording.is_nothing(each.nok)]


def sankey(found: list[MoneyFlow], *, narrow: bool = False) -> go.Figure:
    """Return the streams through the measure: left those who pay, right those to whom money comes back."""
    left = [each for each in found if each.side == "pays"]
    right = [each for each in found if each.side == "back"]
    nodes = _nodes([*left, *right], _NARROW_LETTERS if narrow else _LETTERS)
    figure = go.Figure(go.Sankey(arrangement="snap", node=nodes, link=_links(left, right)))
    font = theme.font("small", "text", 1 if narrow else -1)
    drawing.frame(figure, sliders.settings()["figure"]["sankey_px"], (4, 4, 20, 30), font=font)
    return figure


def _nodes(order: list[MoneyFlow], letters: int) -> dict[str, Any]:
    colours = [theme.colour("border" if _balances(each) else "home") for each in order]
    return {
        "label": [*(_label(each, letters) for each in order), text("gains.flows.measure")],
        "color": [*colours, theme.colour("text")],
        "thickness": sliders.settings()["figure"]["node_px"],
        "pad": 34,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _links(left: list[MoneyFlow], right: list[MoneyFlow]) -> dict[str, Any]:
    order, middle = [*left, *right], len(left) + len(right)
    return {
        "source": [*range(len(left)), *([middle] * len(right))],
        "target": [*([middle] * len(left)), *range(len(left), middle)],
        "value": [each.nok / MILLION for each in order],
        "color": [theme.colour("hairline" if _balances(each) else "home_band") for each in order],
        "customdata": [f"{each.name}: {size(each.nok)} {text('gains.mill')}" for each in order],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _label(each: MoneyFlow, letters: int) -> str:
    return "<br>".join([*wrapped(each.name, letters), f"<b>{size(each.nok)}</b>"])


def _balances(each: MoneyFlow) -> bool:
    """Whether a stream is no payer's: it makes the two sides equal."""
    return each.name in (text("gains.flows.lost"), text("gains.flows.made"))
