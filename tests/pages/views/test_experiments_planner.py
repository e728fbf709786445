"""The planner: what a plan can see, said before anyone is asked to take part."""

import pytest

from analytics.experiments.design.power import PlannedComparison, planner
from data.i18n import speaking
from pages.views.experiments.planner import _command, plan_of, sentence
from pages.views.experiments.selection import ExperimentsSelection
from tests import ground
from tests.pages.experiments_page import opened, told
from tests.printed import running


def test_the_planner_says_what_a_plan_will_see() -> None:
    plan = plan_of(ExperimentsSelection("planner", plan=("400", "8", "0.05", "none", "40", "50", "0")))
    assert plan == PlannedComparison(n=400, base_rate=0.4, clusters=8, icc=0.05)
    smallest = planner(plan)["smallest_detectable_effect"]
    with speaking("nb"):
        assert sentence(plan) == f"Med 8 klynger og 400 personer ser dere bare virkninger over {smallest:.0f} per 100"


def test_a_plan_that_sees_nothing_says_so() -> None:
    with speaking("en"):
        assert "no effect is large enough" in sentence(
            plan_of(ExperimentsSelection("planner", plan=("40", "4", "0.2", "none", "90", "50", "0")))
        )


def test_an_uneven_split_sees_less() -> None:
    effects = [
        planner(plan_of(ExperimentsSelection("planner", plan=("400", "0", "0.0", "none", "40", share, "0"))))[
            "smallest_detectable_effect"
        ]
        for share in ("50", "25", "10")
    ]
    assert effects == sorted(effects)
    assert effects[0] < effects[2]


def test_the_planner_opens_with_one_sentence_and_takes_its_plan_from_the_link(monkeypatch: pytest.MonkeyPatch) -> None:
    ground.opened(monkeypatch)
    app = opened(view="planner", n="1000", clusters="20", icc="0.02", base="50", share="33")
    assert not app.exception
    plan = plan_of(ExperimentsSelection("planner", plan=("1000", "20", "0.02", "none", "50", "33", "0")))
    with speaking("nb"):
        assert sentence(plan) in told(app).replace("\u00a0", " ") or sentence(plan) in told(app)


def test_what_is_known_before_the_start_lets_a_plan_see_smaller_effects() -> None:
    plans = [
        plan_of(ExperimentsSelection("planner", plan=("1000", "40", "0.05", "none", "40", "50", known)))
        for known in ("0", "30", "60")
    ]
    effects = [planner(plan)["smallest_detectable_effect"] for plan in plans]
    assert [plan.r2 for plan in plans] == [0.0, 0.3, 0.6]
    assert effects == sorted(effects, reverse=True)
    assert effects[0] > 1.2 * effects[2]
    assert _command(plans[2]).endswith("--r2 0.6 --steps 48")
    assert running.command(_command(plans[2])).numbers() >= {effects[2]}


@pytest.mark.parametrize(("clusters", "unit"), [("0", "i 100 matchede par"), ("20", "i 10 matchede par")])
def test_matched_pairs_are_planned_as_the_command_plans_them(monkeypatch: pytest.MonkeyPatch, clusters, unit) -> None:
    """What the pair leaves no choice of, an uneven share and what is known before, gives way in the link too."""
    ground.opened(monkeypatch)
    app = opened(view="planner", n="200", clusters=clusters, pair="0.4", share="25", r2="30")
    assert not app.exception
    plan = plan_of(ExperimentsSelection("planner", plan=("200", clusters, "0.05", "0.4", "40", "50", "0")))
    assert (plan.pair, plan.share, plan.r2) == (0.4, 0.5, 0.0)
    with speaking("nb"):
        assert unit in sentence(plan)
        assert sentence(plan) in told(app).replace("\u00a0", " ")
    assert "--pair 0.4" in _command(plan)
    assert running.command(_command(plan)).numbers() >= {planner(plan)["smallest_detectable_effect"]}
