"""Who should pay, what the municipality keeps of a tax krone, and the gains that have no price."""

import polars as pl
import streamlit as st

from benefits.no_answer import NoAnswer
from benefits.scenario.model import Spread
from benefits.valuation.cost_sharing import (
    Sharing,
    organisation_gains,
    organisation_positions,
    proportional,
    shapley,
    side_payments,
)
from benefits.valuation.tax_krone import lost_shares
from pages.components import chart_card, data_table, example_mark
from pages.components.chart_card import Chart
from pages.components.data_table import columns_of
from pages.format.numbers import nok_million, per_hundred
from pages.format.texts import language, text
from pages.frame import visit
from pages.views.gains import annotations, wording
from pages.views.gains.money_plots import BarGroup, bar_group, bars
from pages.views.gains.selection import Case
from pages.views.gains.wording import holder, inside, size

_SHARING = annotations.Beyond(
    "gains, cost = organisation_gains(appraisal)\npositions = organisation_positions(appraisal)\n"
    "paid = {name: gains[name] - positions[name] for name in gains}\n"
    "gains, paid, proportional(gains, cost), shapley(gains, cost)",
    "from benefits.valuation.cost_sharing import organisation_gains, organisation_positions, proportional, shapley",
)
EQUALISED = ("municipality", "county")


def sharing(case: Case) -> None:
    """Write the shares of the cost, or why there are none, and the payments that leave nobody worse off."""
    gains, cost = organisation_gains(case.appraisal)
    answers = {"proportional": proportional(gains, cost), "shapley": shapley(gains, cost)}
    found = {name: answer for name, answer in answers.items() if isinstance(answer, Sharing)}
    if cost == 0:
        st.info(text("gains.sharing.no_cost"))
    elif len(found) == len(answers):
        chart_card.show(sharing_chart(case, found))
    else:
        up, down = [gain for gain in gains.values() if gain > 0], [gain for gain in gains.values() if gain < 0]
        st.subheader(text("gains.sharing.none"), anchor=False)
        st.markdown(text("gains.sharing.too_little", gains=nok_million(sum(up), 1), cost=nok_million(cost - sum(down))))
    st.subheader(text("gains.sharing.side"), anchor=False)
    st.markdown("\n".join(f"- {line}" for line in side_words(case)))


def sharing_chart(case: Case, found: dict[str, Sharing]) -> Chart:
    """Return what each organisation pays today and would pay by its gain, in two ways."""
    gains, _ = organisation_gains(case.appraisal)
    positions = organisation_positions(case.appraisal)
    paid = {name: gains[name] - positions[name] for name in gains}
    amounts = {"today": paid, **{name: dict(share.cost_shares) for name, share in found.items()}}
    rows = [holder(name) for name in gains]
    groups = [
        bar_group(text(f"gains.sharing.{name}"), {holder(who): nok for who, nok in values.items()})
        for name, values in amounts.items()
    ]
    table = pl.DataFrame(
        [
            {"holder": holder(name), "gain_nok": gains[name]} | {f"{way}_nok": amounts[way][name] for way in amounts}
            for name in gains
        ]
    )
    largest = max(gains, key=lambda name: amounts["proportional"][name])
    facts = {
        "who": inside(largest),
        "share": size(amounts["proportional"][largest]),
        "today": size(paid[largest]),
        "cost": size(sum(paid.values())),
    }
    names = ("gain_nok", *(f"{way}_nok" for way in amounts))
    return annotations.chart(
        case,
        "sharing",
        facts,
        beyond=_SHARING,
        picture=bars(rows, groups, stacked=False, narrow=visit.narrow()),
        table=table,
        columns=annotations.amounts(names),
    )


def side_words(case: Case) -> list[str]:
    """Return the payments between organisations that leave none worse off, or that none exist."""
    found = side_payments(organisation_positions(case.appraisal))
    if isinstance(found, NoAnswer):
        facts = dict(found.facts)
        return [text("gains.sharing.no_side", surplus=size(facts["surplus"]), missing=size(facts["missing"]))]
    worth = [payment for payment in found if not wording.is_nothing(payment.nok)]
    if not worth:
        return [text("gains.sharing.nobody_loses" if not found else "gains.sharing.small_side")]
    return [
        text("gains.sharing.pays", payer=holder(each.payer), receiver=inside(each.receiver), nok=size(each.nok))
        for each in worth
    ]


def tax_krone_chart(case: Case) -> Chart:
    """Return kept and equalised øre of a tax krone, with the range of the assumption."""
    lost = lost_shares(case.scenario)
    kept = {name: 1 - spread.value for name, spread in lost.items()}
    rows = [_krone_row(name, lost[name]) for name in EQUALISED]
    names = [holder(name) for name in EQUALISED]
    groups = [
        BarGroup(
            text(f"gains.krone.{part}"),
            dict(zip(names, values, strict=True)),
            {
                name: text("gains.krone.hover", ore=per_hundred(share))
                for name, share in zip(names, values, strict=True)
            },
        )
        for part, values in (("kept", list(kept.values())), ("taken", [1 - share for share in kept.values()]))
    ]
    figure = bars(names, [_in_ore(group) for group in groups], stacked=True, narrow=visit.narrow())
    figure.update_xaxes(title=text("gains.axis.ore"))
    facts = {name: per_hundred(share, 0 if name == "municipality" else 1) for name, share in kept.items()}
    on = text(f"gains.krone.{'on' if case.scenario.income_equalisation else 'off'}")
    return annotations.chart(
        case,
        "krone",
        facts,
        beyond=annotations.Beyond(
            "lost = lost_shares(scenario)\n"
            "[[1 - each.value, 1 - each.ends[1], 1 - each.ends[0]] for each in lost.values()]",
            "from benefits.valuation.tax_krone import lost_shares",
        ),
        picture=figure,
        table=pl.DataFrame(rows),
        columns=columns_of("gains.column", holder="text", kept="share", low="share", high="share"),
        stem="gains-tax-krone",
        note=f"{text('gains.krone.note')} {on}",
    )


def unpriced(case: Case) -> None:
    """Write the gains that have no price on DFØ's scale; they are never summed."""
    st.subheader(text("gains.unpriced.title"), anchor=False)
    st.markdown(text("gains.unpriced.lead"))
    example_mark.say(example=case.example)
    rows = [
        {
            "label": item.label[language()],
            "beneficiary": holder(item.beneficiary),
            "direction": text(f"gains.direction.{item.direction}"),
            "weight": text(f"gains.weight.{item.weight}"),
        }
        for item in case.scenario.not_priced
    ]
    if not rows:
        st.info(text("gains.unpriced.none"))
        return
    columns = columns_of("gains.column", label="prose", beneficiary="text", direction="text", weight="text")
    data_table.show(pl.DataFrame(rows), columns, text("gains.unpriced.title"))


def _krone_row(name: str, lost: Spread) -> dict[str, object]:
    low, high = (1 - end for end in reversed(lost.ends))
    return {"holder": holder(name), "kept": 1 - lost.value, "low": low, "high": high}


def _in_ore(group: BarGroup) -> BarGroup:
    """Return shares of a krone as the figure of millions draws them: øre."""
    return BarGroup(
        group.name, {name: share * 100 * wording.MILLION for name, share in group.values.items()}, group.words
    )
