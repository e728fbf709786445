"""`python -m analytics counterfactual` gives the numbers of the programme page, or says why not."""

import json

import pytest

from analytics.__main__ import main
from analytics.programme import readings
from pages.views.programme import without


def answer(capsys, *arguments: str) -> dict:
    main(["counterfactual", *arguments])
    return json.loads(capsys.readouterr().out)


@pytest.mark.long
def test_the_command_the_page_offers_prints_the_pages_numbers(capsys) -> None:
    chart = without.chart()
    said = answer(capsys, *chart.command.split()[4:])
    rows = chart.table.sort("year")
    for name in ("actual", "synthetic", "gap"):
        assert [row[name] for row in said["rows"]] == rows[name].to_list()
    assert said["says"] == f"{chart.finding} {chart.note}"


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--region", "42"), "not_estimable"), (("--indicator", "neet_survey"), "not_estimable"),
        (("--start", "2030"), "not_estimable"), (("--start", "-3"), "not_estimable"),
        (("--region", "9999"), "error"), (("--indicator", "nonsense"), "error"), (("--age", "1-2"), "error"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said(capsys, arguments, part) -> None:
    assert answer(capsys, *arguments)[part]["says"]


@pytest.mark.long
def test_without_a_programme_the_start_is_asked_for(capsys, monkeypatch) -> None:
    monkeypatch.setattr(readings, "started", lambda: None)
    assert answer(capsys, "--lang", "nb")["error"]["do"].endswith("--start 2021.")
    assert answer(capsys, "--region", "1103", "--start", "2021")["verdict"]
