"""The whole programme on the gains page: its numbers are the command's, with and without the grants."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benefits.__main__ import main
from benefits.realisation.plan import Compared
from data.i18n import LANGUAGES, speaking
from pages.format.numbers import signed
from pages.views.gains.programme import budget, portfolio_reading, realised, view
from pages.views.gains.programme.portfolio_reading import ProgrammeCase
from tests.pages.views.test_gains import html, page, said

pytestmark = pytest.mark.long

PORTFOLIO = """
title = {{ nb = "Et helt program", en = "A whole programme" }}
correlation = 0.3
[[measure]]
scenario = "ips_job_support"
[[measure]]
scenario = "municipality_as_employer"
[[overlap]]
measures = ["ips_job_support", "municipality_as_employer"]
share = {share}
[[shared_cost]]
payer = "municipality"
nok = 2000000
year = 2026
[[grant]]
payer = "state_transfers"
to = "municipality"
nok = 3100000
label = {{ nb = "StimuLab", en = "StimuLab" }}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    return written(tmp_path, 0.2)


def written(folder: Path, share: float) -> Path:
    file = folder / "portfolios" / "our_programme.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(PORTFOLIO.format(share=share), encoding="utf-8")
    return file


@pytest.fixture
def answer(home: Path, capsys: pytest.CaptureFixture[str]) -> Mapping[str, Any]:
    assert main(["programme", str(home), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def case() -> ProgrammeCase:
    name, portfolio = next(iter(portfolio_reading.ours().items()))
    return portfolio_reading.case(name, portfolio)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("way", ["with", "without"])
def test_the_programme_on_the_page_is_what_the_command_says(way: str, lang: str, answer: Mapping[str, Any]) -> None:
    words = html(page(view="programme", grants=way, lang=lang))
    told = answer["holders"] if way == "with" else answer["without_grants"]["holders"]
    to = {"nb": "til", "en": "to"}[lang]
    with speaking(lang):
        assert f'innenfor-number">{signed(told["society"]["expected"] / 1e6, 1)}<' in words
        for name in ("municipality", "state", "participants"):
            each = told[name]
            assert f'class="amount">{signed(each["expected"] / 1e6, 1)} ' in words
            assert f"{signed(each['p10'] / 1e6, 1)} {to} {signed(each['p90'] / 1e6, 1)}" in words


def test_the_grant_moves_the_municipality_and_not_society(home: Path) -> None:
    assert home.is_file()
    both = [html(page(view="programme", grants=way)) for way in ("with", "without")]
    society = {words.split('innenfor-number">')[1].split("<")[0] for words in both}
    cards = {words.split('class="amount">')[1].split("<")[0] for words in both}
    assert (len(society), len(cards)) == (1, 2)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_budget_to_take_away_is_the_commands(lang: str, answer: Mapping[str, Any]) -> None:
    with speaking(lang):
        chart = budget.budget_chart(case(), ())
        rows = chart.table.to_dicts()
    columns = ("expected", "p10", "p90", "probability_positive")
    told = [
        row for way in (answer["budget"], answer["without_grants"]["budget"]) for years in way.values() for row in years
    ]
    shown = ("expected_year_nok", "p10_nok", "p90_nok", "probability_positive")
    for mine, theirs in zip(rows, told, strict=True):
        assert [mine[name] for name in shown] == pytest.approx([theirs[name] for name in columns])
        assert mine["year"] == str(theirs["year"])
    assert chart.command == "python -m benefits programme our_programme --draws 10000 --seed 1"


def test_the_year_that_is_told_is_the_one_in_which_the_municipality_is_moved_most(answer: Mapping[str, Any]) -> None:
    largest = max(answer["budget"]["municipality"], key=lambda row: abs(row["expected"]))
    with speaking("nb"):
        assert budget.budget_chart(case(), ()).finding.startswith(f"{int(largest['year'])} ")


def test_persons_and_price_stand_in_the_first_sentence(answer: Mapping[str, Any]) -> None:
    best = max(answer["persons_in_work"], key=lambda row: row["expected"])
    with speaking("nb"):
        words = view._sentence(case())
    assert "ikke programmets regnskap" in words
    assert f"{best['expected']:.0f} flere (åtte av ti ganger {best['p10']:.0f} til {best['p90']:.0f})" in words
    assert f"{round(answer['price_per_person'] / 1000)} 000".replace(" ", "\N{NO-BREAK SPACE}")[-7:] in words


def test_a_changed_file_is_valued_anew(home: Path) -> None:
    before = case().value.extra_persons_in_work
    written(home.parents[1], 1.0)
    assert case().value.extra_persons_in_work < before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_faulty_file_is_told_at_its_key_and_nothing_is_valued(lang: str, home: Path) -> None:
    written(home.parents[1], 1.2)
    words = html(page(view="programme", lang=lang))
    assert "overlap[1].share" in words
    assert '<div class="innenfor-answer' not in words


def test_without_a_portfolio_the_page_says_how_one_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    monkeypatch.setattr(portfolio_reading, "shipped_portfolios", tuple)
    words = html(page(view="programme"))
    assert "/portfolios" in words
    assert '<div class="innenfor-answer' not in words


def test_kristiansands_portfolio_shows_in_no_other_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(portfolio_reading.ours()) == [home.stem, "three_measures_with_stimulab"]
    monkeypatch.setattr(portfolio_reading.regions, "home", lambda: "1103")
    assert list(portfolio_reading.ours()) == [home.stem]


def test_what_was_measured_stands_beside_what_was_modelled_only_where_both_are_known(home: Path) -> None:
    def compared(scenario: str, modelled: float | None, measured: float | None) -> Compared:
        rest = dict.fromkeys(Compared.__dataclass_fields__)
        return Compared(**rest | {"scenario": scenario, "modelled_now": modelled, "realised_persons": measured})

    assert home.is_file()
    known = compared("ips_job_support", 9.0, -20.0)
    rows = (known, compared("ips_job_support", 9.0, None), compared("se_no_lasting_effect", 1.0, 2.0))
    assert realised._measured(rows, case()) == [known]
    assert "Planen har ingen målte tall" in said(page(view="programme"))
