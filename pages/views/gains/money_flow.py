"""The flow of money: what each public payer pays for the measure, and what comes back to it."""

import polars as pl

from pages.components.chart_card import Chart
from pages.format.texts import text
from pages.frame import visit
from pages.views.gains import annotations, wording
from pages.views.gains.annotations import PUBLIC
from pages.views.gains.money_plots import bar_group, bars
from pages.views.gains.selection import Case
from pages.views.gains.wording import holder, size

_BEYOND = annotations.Beyond(
    "paid = {payer: max(appraisal.paid_by.get(payer, 0.0), 0.0) for payer in appraisal.public}\n"
    "back = {payer: each.expected + paid[payer] for payer, each in appraisal.public.items()}\n"
    "paid, back, {payer: each.expected for payer, each in appraisal.public.items()}"
)


def flow_chart(case: Case) -> Chart | None:
    """Return who pays and where money comes back, None where no money moves; a cost that is saved comes back."""
    found = flows(case)
    if not found:
        return None
    paid, back = (sum(each[side] for each in found.values()) for side in ("paid_nok", "back_nok"))
    chance = wording.chance(case.appraisal.public_total.probability_positive)
    key = "nothing_back" if back <= 0 else "more" if back > paid else "less"
    names = {payer: holder(payer) for payer in found}
    groups = [
        bar_group(text("gains.flows.pays"), {names[payer]: -each["paid_nok"] for payer, each in found.items()}),
        bar_group(text("gains.flows.back"), {names[payer]: each["back_nok"] for payer, each in found.items()}),
    ]
    return annotations.chart(
        case, "flows", {"paid": size(paid), "back": size(back), "chance": chance}, key, beyond=_BEYOND,
        picture=bars(list(names.values()), groups, stacked=True, narrow=visit.narrow()),
        table=pl.DataFrame([{"holder": names[payer], **each} for payer, each in found.items()]),
        columns=annotations.amounts(("paid_nok", "back_nok", "expected_nok")),
    )  # fmt: skip


def flows(case: Case) -> dict[str, dict[str, float]]:
    """Return, of each payer for whom money moves, what it pays, what comes back and the sum (expected NOK)."""
    found = {}
    for payer in PUBLIC:
        paid, summed = max(case.appraisal.paid_by.get(payer, 0.0), 0.0), case.appraisal.public[payer].expected
        if paid or not case.appraisal.public[payer].untouched:
            found[payer] = {"paid_nok": paid, "back_nok": summed + paid, "expected_nok": summed}
    return found
