"""The workshop as a reader meets it: a file is checked and looked at; of one that is refused nothing is kept."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.server import data_process
from pages.views.workshop import errand
from tests.data.door_ground import TABLE, files
from tests.data.ssb_dresses import statbank_csv, uncatalogued
from tests.ground import opened
from tests.pages.test_pages import healthy, page

PERSON = "Navn;Fødselsnummer\nKari;01019010046\n"
pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def _ground(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened(monkeypatch)
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def dropped(name: str, content: bytes, lang: str = "nb") -> AppTest:
    app = page("workshop", lang=lang)
    app.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return app.run()


def button(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def labels(boxes: Sequence) -> list[str]:
    return [each.label for each in boxes]


@pytest.mark.parametrize(
    ("lang", "drop", "closed"),
    [
        ("nb", "Ingenting lastes før du har sett", "men laster dem ikke"),
        ("en", "Nothing is loaded before", "does not load them"),
    ],
)
def test_what_can_be_dropped_and_what_happens_then_is_told_first(lang: str, drop: str, closed: str) -> None:
    said = healthy(page("workshop", lang=lang))
    assert drop in said
    assert "HL060" in said
    assert closed in said
    assert "run.py --local" in said


@pytest.mark.parametrize(
    ("lang", "ask", "check", "fine", "new", "closed"),
    [
        ("nb", "Hvem er filen fra?", "Kontroller", "Filen er i orden", "Nye perioder: 2031.", "laster dem ikke"),
        ("en", "Whom is the file from?", "Check", "The file is fine", "New periods: 2031.", "does not load them"),
    ],
)
def test_a_file_that_does_not_tell_its_source_is_asked_for_it_and_looked_at(
    lang: str, ask: str, check: str, fine: str, new: str, closed: str, tmp_path: Path
) -> None:
    app = dropped("tall.csv", TABLE.encode(), lang)
    assert ask in [each.value for each in app.header]
    app.selectbox(key="door-source").set_value("ssb").run()
    app = button(app, check)
    said = healthy(app)
    assert fine in said
    assert new in said
    assert closed in " ".join(each.value for each in app.info)
    assert not app.text_input
    assert "exclusion" not in said  # pages are told by their names
    assert files(tmp_path / "temporary") == []


@pytest.mark.parametrize(
    ("field", "wrong", "says"),
    [
        ("published", "mars", "«mars» er ingen måned"), ("edition", "ssb-13556-2025-11", "finnes allerede"),
        ("edition", "../x", "kan ikke være navnet"), ("title", "Kari 01019010046", "fødselsnummer"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_form_is_told_and_the_rest_of_it_kept(
    field: str, wrong: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INNENFOR_LOCAL", "1")
    app = dropped(statbank_csv(tmp_path / "temporary").name, (tmp_path / "temporary" / "a.csv").read_bytes())
    (tmp_path / "temporary" / "a.csv").unlink()
    app.text_input(key="door-licence").set_value("NLOD")
    app.text_input(key=f"door-{field}").set_value(wrong)
    app = button(app, "Last inn")
    said = healthy(app)
    assert "Filen ble ikke lastet. Ingenting er endret." in said
    assert says in said.split('role="alert"')[1]
    assert app.text_input(key="door-licence").value == "NLOD"
    assert "Filen kan lastes" in said
    assert not (tmp_path / "home" / "raw").exists()


def test_where_leave_was_taken_away_meanwhile_nothing_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INNENFOR_LOCAL", "1")
    app = dropped("a.csv", statbank_csv(tmp_path).read_bytes())
    monkeypatch.setattr(errand, "writing", lambda: False)
    app = button(app, "Last inn")
    assert app.session_state["_innenfor_errand"].act == "check"
    assert not (tmp_path / "home").exists()


def test_a_check_without_an_answer_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(errand.SECONDS, "check", 0.3)
    said = healthy(dropped("tall.csv", TABLE.encode()))
    assert "ble stoppet" in said
    monkeypatch.setitem(errand.SECONDS, "check", 60)
    monkeypatch.setattr(data_process, "MEGABYTES", 60)
    assert "for mye minne" in healthy(dropped("tall.csv", TABLE.encode()))


def test_many_problems_are_grouped_and_the_whole_list_is_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [TABLE.splitlines()[1].replace("2345,", "x,").replace("2031", str(year)) for year in range(2000, 2031)]
    app = dropped("tall.csv", "\n".join([TABLE.splitlines()[0], *lines, ""]).encode())
    said = healthy(app)
    assert "31" in said
    assert said.count("<li>") < 21
    assert app.get("download_button")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("personer.csv", PERSON.encode(), "identifiserer personer"),
        ("01019010046.csv", TABLE.encode(), "…"),
        ("brev.docx", b"PK\3\4", "slutter på .docx"),
        ("tom.csv", b"", "tom"),
        ("stor.csv", b"a;b\n" * 12_500_000, "20 MB"),
    ],
)
def test_nothing_is_kept_of_a_file_that_is_refused(
    name: str, content: bytes, says: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = dropped(name, content)
    said = healthy(app)
    assert "Filen kan ikke tas inn" in said
    assert says in said
    kept: errand.Errand = app.session_state["_innenfor_errand"]
    assert (kept.file, kept.process.file) == (None, None)
    assert files(tmp_path) == []
    assert "01019010046" not in said + caplog.text
    app = button(app, "Ta en annen fil")
    assert "_innenfor_errand" not in app.session_state
    assert len(app.file_uploader) == 1


def test_a_table_nobody_has_catalogued_is_given_its_indicator_and_can_be_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INNENFOR_LOCAL", "1")
    app = dropped("tabell.csv", uncatalogued(tmp_path).read_bytes())
    assert "ingen indikator tar imot ennå" in healthy(app)
    app.selectbox(key="door-new-figure").set_value("2")
    app = button(app, "Lag indikatoren")
    said = healthy(app)
    assert "Indikatoren ble ikke laget. Ingenting er endret." in said
    assert "--label, --definition, --unit" in said
    assert app.selectbox(key="door-new-figure").value == "2"
    app.selectbox(key="door-new-population").set_value("1")
    for name, words in {"label": "I programmet", "unit": "andel av befolkningen", "denominator": "innbyggere"}.items():
        app.text_input(key=f"door-new-{name}").set_value(words)
    app.text_area(key="door-new-definition").set_value("Deltok i løpet av året.")
    app = button(app, "Lag indikatoren")
    said = healthy(app)
    assert "Filen kan lastes" in said
    assert "I programmet" in said
    assert files(tmp_path / "home") == ["fetch/i_programmet.toml", "indicators/i_programmet.toml"]


def test_where_nothing_may_be_written_no_indicator_is_offered(tmp_path: Path) -> None:
    app = dropped("tabell.csv", uncatalogued(tmp_path).read_bytes())
    assert "ingen indikator tar imot ennå" in healthy(app)
    assert labels(app.button)[-1] == "Ta en annen fil"
    assert not app.selectbox


@pytest.mark.parametrize(("first", "then"), [("nb", "en"), ("en", "nb")])
def test_what_was_said_of_a_file_is_said_in_the_language_the_page_is_turned_to(
    first: str, then: str, tmp_path: Path
) -> None:
    said = {"nb": "er ikke i et kjent oppsett", "en": "is not in a known layout"}
    notes = {"nb": "er av kategorier som ingen indikator tar", "en": "are of categories no indicator takes"}
    for name, content, words in (("a.csv", b"a,b\n1,2\n", said), ("b.csv", statbank_csv(tmp_path).read_bytes(), notes)):
        app = dropped(name, content, first)
        assert words[first] in healthy(app)
        shown = healthy(app.button(key="innenfor-other").click().run())
        assert words[then] in shown
        assert words[first] not in shown
