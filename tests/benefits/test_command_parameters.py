"""`python -m benefits parameters`: every rate on a day, with unit, source and grade."""

import json

import pytest

from benefits.__main__ import main
from benefits.parameters import GRADES, parameters


def told(capsys, *arguments: str) -> dict:
    code = main(["parameters", "--json", *arguments])
    return {**json.loads(capsys.readouterr().out), "code": code}


def test_every_parameter_is_told_with_unit_source_and_grade(capsys) -> None:
    found = told(capsys, "--at", "2026-07-01")["parameters"]
    assert {each["name"] for each in found} == set(parameters())
    assert all(each["grade"] in GRADES and each["unit"] and each["source"] for each in found)
    by_name = {each["name"]: each for each in found}
    assert by_name["nav.grunnbeloep.grunnbeloep"]["value"] == 136549
    assert by_name["kdd.equalisation.symmetric_rate"]["grade"] == "assumption"


@pytest.mark.parametrize(("day", "status"), [("2027-07-01", "not_published"), ("2019-01-01", "not_in_force")])
def test_a_rate_without_a_value_on_the_day_says_why(capsys, day: str, status: str) -> None:
    found = {each["name"]: each for each in told(capsys, "--at", day)["parameters"]}["skatteetaten.tax.personfradrag"]
    assert (found["value"], found["status"]) == (None, status)


def test_a_day_that_is_none_is_refused(capsys) -> None:
    assert told(capsys, "--at", "2026-13-01")["code"] == 1
