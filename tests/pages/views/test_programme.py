"""Every system the programme works by can be found on its page, in both languages, and what is made up says so."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from analytics.programme.readings import programme
from data.i18n import LANGUAGES, words
from tests import demo_ground
from tests.architecture.tree import ROOT

SYSTEMS = {
    "hand_over": ["Varodd", "DigiUng", "Encryptia City", "Overtok ikke", "fant ikke rom"],
    "areas": ["Valg av yrkesfag", "Kommunen som arbeidsgiver", "Mer treffsikker innsats", "Tilbud", "Etterspørsel"],
    "board": ["Forståelse", "Idé", "Test", "Skalering", "Varig drift", "Jobbsmak"],
    "organisation": [
        "NAV Agder", "Universitetet i Agder", "Næringsforeningen", "Agder fylkeskommune", "Eier", "Utfører", "Betaler",
        "Orienteres", "Overtar etter starten", "arbeidsavklaringspenger", "innvandrerbakgrunn", "Førstelinjen",
        "Interessentanalyse", "Kan tape",
    ],
    "method": [
        "Trippel diamant (StimuLab)", "Diagnose", "Utforske og definere", "Utvikle og levere", "plattform", "SLIK",
        "floker", "Systemisk prototyping", "4–6 måneder", "KS: En offentlig sektor for vår tid", "effektrettet måling",
        "lov på tvers", "effektrettet budsjettering", "det er systemet", "Jobbes", "Utvidet karriereveiledning",
        "Menneskelig matchmaking", "Sluttnotatet", "gevinstrealiseringsplanen", "interessentanalyse",
    ],
    "knots": ["Vekt: lett", "Poeng med begrunnelse", "kommunestyremedlem", "av alle mulige vektinger"],
    "forms": ["Nullpunkt", "SSB, Kristiansand, 2024", "9,9 %", "Skjema versjon 1"],
    "without": ["Lignende kommuner til sammen", "kan ikke skilles fra tilfeldig variasjon", "Kommunene som til sammen"],
    "voices": ["Mer enn 140 deltakere", "34 deltakere", "Gruppesamtaler", "sitat er ikke klarert"],
}  # fmt: skip


def opened(monkeypatch, page: str, **query: str) -> AppTest:
    demo_ground.opened(monkeypatch)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run().switch_page(f"pages/{page}.py")
    app.query_params.clear()
    app.query_params.update(query)
    return app.run()


def said(app: AppTest) -> str:
    """Return everything the page says: texts, labels and HTML without its tags, with ordinary spaces."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "code", "warning")
    parts = [str(each.value) for kind in kinds for each in app.get(kind)]
    labelled = ("selectbox", "button_group", "button", "download_button")
    parts += [str(getattr(each, "label", "")) for kind in labelled for each in app.get(kind)]
    parts += [each.proto.body for each in app.get("html")]
    return re.sub(r"<[^>]+>", " ", " ".join(parts)).replace("\u00a0", " ")


@pytest.mark.parametrize("part", SYSTEMS)
def test_every_way_of_working_can_be_found(monkeypatch, part) -> None:
    app = opened(monkeypatch, "programme", part=part)
    found = said(app)
    assert not app.exception
    assert [word for word in SYSTEMS[part] if word not in found] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", SYSTEMS)
def test_every_part_opens_in_both_languages_without_a_missing_word(monkeypatch, part, lang) -> None:
    app = opened(monkeypatch, "programme", part=part, lang=lang)
    assert not app.exception
    assert words("pages", lang)["failed.title"] not in said(app)
    assert app.title[0].value == words("pages", lang)["page.programme.title"]


@pytest.mark.parametrize("part", ["board", "organisation", "knots", "forms", "voices", "status", "map", "modelled"])
def test_what_is_made_up_is_marked(monkeypatch, part) -> None:
    found = said(opened(monkeypatch, "programme", part=part))
    assert "Eksempeldata, ikke resultater" in found


def test_the_board_can_be_read_by_the_triple_diamond(monkeypatch) -> None:
    found = said(opened(monkeypatch, "programme", part="board", view="diamond"))
    assert [each.name["nb"] for each in programme().diamond if each.name["nb"] not in found] == []


def test_filters_of_area_track_and_concept_leave_what_fits(monkeypatch) -> None:
    every = said(opened(monkeypatch, "programme", part="board"))
    found = said(opened(monkeypatch, "programme", part="board", concept="job_taste", track="law"))
    assert "Forståelse" in found
    assert found.count("Én kontaktperson") < every.count("Én kontaktperson")
    assert "Ingen forsøk passer" in said(opened(monkeypatch, "programme", part="board", area="1", concept="job_taste"))


def test_a_link_to_a_part_that_is_not_there_is_refused_by_name(monkeypatch) -> None:
    found = said(opened(monkeypatch, "programme", part="board", track="magi"))
    assert "magi" in found
    assert "Lenken kan ikke vises" in found


def test_weights_of_nothing_are_told_and_not_replaced(monkeypatch) -> None:
    found = said(opened(monkeypatch, "programme", part="knots", ease="0", gain="0", necessity="0"))
    assert "Alle vektene er null" in found


def test_a_quote_that_is_not_cleared_is_not_on_the_page(monkeypatch) -> None:
    assert "Ikke klarert for publisering" not in said(opened(monkeypatch, "programme", part="voices"))
