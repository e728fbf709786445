"""What a portfolio contradicts itself in is refused with the key, what was found and the cure: nothing counts twice."""

from collections.abc import Sequence
from typing import Any

import pytest

from benefits.programme.portfolio import MeasurePortfolio
from benefits.scenario.model import Scenario
from data.problems import Problems
from tests.benefits.scenarios import fields

PEOPLE = {"one": 100, "two": 50, "three": 10, "four": 40}


@pytest.fixture
def folder(tmp_path):
    for name, count in PEOPLE.items():
        (tmp_path / f"{name}.toml").write_text(Scenario.from_dict(fields(participants=count)).as_toml(), "utf-8")
    return tmp_path


def portfolio(*names: str, **parts: Any) -> dict[str, Any]:
    return {"title": "x", "measure": [{"scenario": f"{name}.toml"} for name in names]} | parts


def overlap(*pairs: tuple[str, str, float]) -> dict[str, Any]:
    told = [{"measures": [f"{one}.toml", f"{other}.toml"], "share": share} for one, other, share in pairs]
    return {"overlap": told}


def cost(**parts: Any) -> dict[str, Any]:
    return {"shared_cost": [{"payer": "county", "nok": 1.0, **parts}]}


def refused(folder, asked: dict[str, Any]) -> Sequence[Any]:
    with pytest.raises(Problems) as told:
        MeasurePortfolio.from_dict(asked, folder)
    return told.value.exceptions


@pytest.mark.parametrize(
    ("asked", "cell", "words"),
    [
        (portfolio("one", "two", **overlap(("one", "two", 1.2))), "overlap[1].share", "1.2"),
        (portfolio("one", "two", **overlap(("one", "two", 0.6), ("one", "two", 0.1))), "overlap[2].measures", "twice"),
        (portfolio("one", "two", "four", **overlap(("one", "four", 0.7), ("two", "four", 0.5))), "overlap[2].share",
         "add up to 1.2"),
        (portfolio("one", "two", **overlap(("one", "three", 0.6))), "overlap[1].measures", "Allowed"),
        (portfolio("one", "two", **overlap(("two", "one", 0.6))), "overlap[1].measures", "one.toml + two.toml"),
        (portfolio("three", "two", **overlap(("three", "two", 0.9))), "overlap[1].share", "45 participants"),
        (portfolio("two", "one", "four", **overlap(("two", "one", 0.3), ("two", "four", 0.6))), "overlap[2].share",
         "54 participants"),
        (portfolio("one", "one"), "measure", "one.toml twice"),
        (portfolio("one", "./one"), "measure[2].scenario", "one.toml = ./one.toml twice"),
        (portfolio("one", **cost(price_year=2015)), "shared_cost[1].price_year", "2018"),
        (portfolio("one", **cost(year=2090)), "shared_cost[1].year", "2090, but should be from 2025 to 2036"),
        (portfolio("one", **cost(year=1999)), "shared_cost[1].year", "1999, but should be from 2025"),
        (portfolio("one", **cost(year=-1)), "shared_cost[1].year", "-1, but should be from 0 to 11"),
        (portfolio("one", **cost(year=[])), "shared_cost[1].year", "missing"),
        (portfolio("one", **cost(year=[2027, 2027])), "shared_cost[1].year", "2027 twice"),
        (portfolio("one", **cost(year=[2, 2027])), "shared_cost[1].year", "2027 twice"),
        (portfolio("one", grant=[{"payer": "county", "to": "county", "nok": 1.0}]), "grant[1].to", "Allowed"),
        (portfolio("one", grant=[{"payer": "county", "to": "others", "nok": 1.0, "year": 2020}]), "grant[1].year",
         "2020, but should be from 2025"),
        (portfolio("one", "tow"), "measure[2].scenario", "two.toml"),
        (portfolio("one", **cost(kind="transfer")), "shared_cost[1].to", "missing"),
        (portfolio("one", **cost(low=2.0, high=3.0)), "shared_cost[1]", "low <= nok <= high"),
        (portfolio("one", correlation=1.5), "correlation", "1.5"),
        (portfolio(), "measure", "missing"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_told_at_its_key(folder, asked, cell: str, words: str) -> None:
    told = [each for each in refused(folder, asked) if each.cell.startswith(cell)]
    assert told
    assert any(words in each.line("en") for each in told), [each.line("en") for each in told]
    assert all(each.column in each.line(lang) for each in told for lang in ("nb", "en") if each.code != MORE)


MORE = "overlap_too_large"


@pytest.mark.parametrize(
    "pairs",
    [
        [("two", "one", 0.3), ("two", "four", 0.5)],  # 30 and 20 of the 50: as many as there are
        [("two", "one", 0.3), ("two", "four", 0.5), ("one", "four", 0.5)],  # the same 20 may be in all three
        [("one", "four", 0.5), ("two", "four", 0.5)],
    ],
)
def test_what_can_be_true_is_taken(folder, pairs) -> None:
    names = ("two", "one", "four") if pairs[0][0] == "two" else ("one", "two", "four")
    found = MeasurePortfolio.from_dict(portfolio(*names, **overlap(*pairs)), folder)
    assert len(found.file.overlap) == len(pairs)
