"""The planner: how small an effect a plan can see, before anyone is asked to take part."""

from dataclasses import asdict, replace

import polars as pl
import streamlit as st

from analytics.experiments.design.planned_comparison import PlannedComparison
from analytics.experiments.design.power import planner, smallest_detectable_effect
from pages.components import chart_card
from pages.components.chart_card import Chart
from pages.components.data_table import columns_of
from pages.format.html import link
from pages.format.numbers import number, per_hundred, whole_percent
from pages.format.texts import language, text
from pages.frame.cache import cached_value
from pages.frame.url import widgets
from pages.plots.power_curve import by_clusters, power_curve
from pages.views.experiments.selection import NO_PAIRS, PLANNED, ExperimentsSelection, planner_options

_STEPS = 48
planned = cached_value(planner)
smallest_of = cached_value(smallest_detectable_effect)


def show(choice: ExperimentsSelection) -> None:
    """Write the sentence, the power curve and, for clusters, how many more would help."""
    plan = plan_of(choice)
    chart_card.show(_power_chart(plan))
    if plan.clusters:
        chart_card.show(_cluster_chart(plan))
    st.markdown(text("experiments.plan.method"))
    st.html(link(f"{widgets.address('programme')}#experiments", text("experiments.plan.register")))


def plan_of(choice: ExperimentsSelection) -> PlannedComparison:
    """Return the plan the reader has chosen; clusters hold no fewer than one person each."""
    chosen = {name: float(option) for name, option in zip(PLANNED, choice.plan, strict=True) if option != NO_PAIRS}
    n, clusters, icc = (chosen[name] for name in ("n", "clusters", "icc"))
    share, base, known = (chosen[name] / 100 for name in ("share", "base", "r2"))
    wanted = float(planner_options()["power"]["wanted"])
    plan = PlannedComparison(n, share, base_rate=base, power=wanted, r2=known, pair=chosen.get("pair"))
    return replace(plan, clusters=int(clusters), icc=icc) if clusters else plan


def sentence(plan: PlannedComparison) -> str:
    """Return what the plan will see, in one sentence."""
    effect = smallest_of(plan)
    units = ("clusters" if plan.clusters else "persons") + ("" if plan.pair is None else "_in_pairs")
    facts = {"n": number(plan.n), "clusters": number(plan.clusters), "pairs": number(plan.pairs)}
    who = text(f"experiments.plan.with_{units}", **facts)
    if effect is None:
        return text("experiments.plan.sees_nothing", who=who)
    return text("experiments.plan.sees", who=who, effect=per_hundred(effect, 0))


def _power_chart(plan: PlannedComparison) -> Chart:
    found = planned(plan, lang=language(), steps=_STEPS)
    smallest = found["smallest_detectable_effect"]
    curve = pl.DataFrame(found["curve"])
    inside = curve.filter(pl.col("effect") <= 100 * (1 - (plan.base_rate or 0)))
    heading = sentence(plan)
    return Chart(
        finding=heading,
        alt=text("experiments.plan.alt", finding=heading),
        picture=power_curve(
            inside["effect"].to_list(), inside["power"].to_list(), smallest, plan.power, text("experiments.plan.axis")
        ),
        table=inside,
        columns=columns_of("experiments.plan", effect="rate", power=("chance", "share_whole")),
        sources=(),
        stem="power",
        note=_note(plan),
        command=_command(plan),
        python="from analytics.experiments.design.power import PlannedComparison, planner\n"
        f"planner(PlannedComparison(**{asdict(plan)!r}), steps={_STEPS})",
    )


def _cluster_chart(plan: PlannedComparison) -> Chart:
    counts = [int(count) for count in planner_options()["clusters"]["options"] if 0 < int(count) <= plan.n]
    effects = [smallest_of(replace(plan, clusters=count)) for count in counts]
    per_100 = [None if effect is None else 100 * effect for effect in effects]
    table = pl.DataFrame({"clusters": counts, "effect": per_100}, schema={"clusters": pl.Int64, "effect": pl.Float64})
    heading = text("experiments.plan.more_clusters")
    return Chart(
        finding=heading,
        alt=text("experiments.plan.clusters_alt"),
        picture=by_clusters(
            counts, per_100, plan.clusters or 0, text("experiments.plan.axis"), text("experiments.plan.clusters")
        ),
        table=table,
        columns=columns_of("experiments.plan", clusters="count", effect=("smallest", "rate")),
        sources=(),
        stem="clusters",
        note=text("experiments.plan.same_persons", n=number(plan.n)),
        python=(
            "from dataclasses import replace\n"
            "from analytics.experiments.design.power import PlannedComparison, planner\n"
            f"plan = PlannedComparison(**{asdict(plan)!r})\n"
            f"[(count, planner(replace(plan, clusters=count))['smallest_detectable_effect']) for count in {counts}]"
        ),
    )


def _note(plan: PlannedComparison) -> str:
    facts = {"power": whole_percent(plan.power), "alpha": whole_percent(plan.alpha)}
    parts = [text("experiments.plan.note", **facts), text("experiments.plan.source")]
    if plan.clusters:
        size = number(plan.n / plan.clusters)
        parts.append(text("experiments.plan.inflation", size=size, worth=number(plan.effective_n)))
    if plan.pair is not None:
        parts.append(text("experiments.plan.paired", pair=number(plan.pair, 1)))
    return " ".join(parts)


def _command(plan: PlannedComparison) -> str:
    clusters = f" --clusters {plan.clusters} --icc {plan.icc:g}" if plan.clusters else ""
    known = f" --r2 {plan.r2:g}" if plan.r2 else "" if plan.pair is None else f" --pair {plan.pair:g}"
    asked = f"--n {plan.n:g} --base-rate {plan.base_rate:g} --share {plan.share:g}{clusters}{known}"
    return f"python -m analytics power {asked} --steps {_STEPS}"
