"""A researcher's own table in the workshop: looked at, evaluated as the command does, and kept nowhere."""

import io
import json
import shlex
import tempfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from analytics.__main__ import main
from tests.data.door_ground import files
from tests.ground import opened
from tests.pages.test_pages import healthy, page
from tests.pages.views.test_workshop import button

COUNTS = "arm,n,events\nkontroll,260,168\ntiltak,185,140\n"
SCHOOLS = "skole,gruppe,jobb\n" + "".join(
    f"s{school},{'tiltak' if school % 2 else 'kontroll'},{int((school * 7 + pupil * 3) % 10 < 5 + school % 2)}\n"
    for school in range(24)
    for pupil in range(20)
)
pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def _ground(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened(monkeypatch)
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def dropped(name: str, content: bytes, lang: str = "nb") -> AppTest:
    app = page("workshop", lang=lang, part="own")
    app.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return app.run()


def chosen(app: AppTest) -> dict[str, str]:
    return {each.key.removeprefix("own-"): each.value for each in app.selectbox if each.key.startswith("own-")}


def as_command(app: AppTest, folder: Path, name: str, content: bytes, capsys) -> dict:
    """Return what the command on the page prints."""
    (line,) = [each.value for each in app.get("code") if each.value.startswith("python -m analytics evaluate")]
    (folder / name).write_bytes(content)
    words = [str(folder / name) if word == name else word for word in shlex.split(line)[3:]]
    capsys.readouterr()
    assert main(words) == 0
    return json.loads(capsys.readouterr().out)


def workbook(text: str, sheets: int = 1) -> bytes:
    book, output = Workbook(), io.BytesIO()
    for sheet in [book.active, *(book.create_sheet() for _ in range(sheets - 1))]:
        for line in text.splitlines():
            sheet.append([int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    book.save(output)
    return output.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "method", "lang"),
    [
        ("svar.csv", COUNTS.encode(), "rct", "nb"),
        ("skoler i Agder.csv", SCHOOLS.encode(), "cluster_rct", "nb"),
        ("svar.xlsx", workbook(COUNTS), "rct", "en"),
    ],
)
def test_a_table_is_looked_at_and_evaluated_as_its_command_does(name, content, method, lang, tmp_path, capsys) -> None:
    app = dropped(name, content, lang)
    healthy(app)
    assert chosen(app)["method"] == method
    app = app.button(key="own-evaluate").click().run()
    said = healthy(app)
    given = as_command(app, tmp_path, name, content, capsys)
    assert given["sentence"].replace("\u00a0", " ") in said.replace("\u00a0", " ").replace("\u2060", "")
    for note in given["notes"]:
        assert note["says"] in said
    assert files(tmp_path / "temporary") == []
    assert not (tmp_path / "home").exists()


def test_small_numbers_are_hidden_as_the_command_hides_them() -> None:
    app = dropped("få.csv", b"arm,n,events\nkontroll,40,3\ntiltak,40,20\n")
    said = healthy(app.button(key="own-evaluate").click().run())
    assert "Mellom" in said
    assert "små tall" in said


def test_arms_of_a_few_persons_have_no_number_and_no_picture_of_one() -> None:
    app = dropped("få.csv", b"arm,jobb\ncontrol,1\nt,0\ncontrol,0\nt,1\n")
    said = healthy(app.button(key="own-evaluate").click().run())
    assert "For lite til å si noe sikkert" in said


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"Navn;F\xc3\xb8dselsnummer\nKari;01019010046\n", "personer"),
        (b"%PDF-1.7 nothing", "Tabellen kan ikke leses"),
        (workbook(COUNTS, sheets=2), "har 2 ark"),
        (b"arm;n;n\nkontroll;1;2\n", "Tabellen kan ikke leses"),
    ],
)
def test_what_is_no_table_of_a_trial_is_refused_with_the_reason(content, word, tmp_path) -> None:
    app = dropped("fil.csv", content)
    assert word in healthy(app)
    assert not [each for each in app.button if each.key == "own-evaluate"]
    assert files(tmp_path / "temporary") == []


def test_a_design_that_does_not_fit_is_told_and_can_be_corrected() -> None:
    app = dropped("svar.csv", SCHOOLS.encode())
    app.selectbox(key="own-outcome").set_value("skole").run()
    app = app.button(key="own-evaluate").click().run()
    assert "kan ikke vurderes slik" in healthy(app)
    app.selectbox(key="own-outcome").set_value("jobb").run()
    assert "per 100" in healthy(app.button(key="own-evaluate").click().run())


def test_the_next_table_gets_its_own_proposal() -> None:
    app = button(dropped("skoler.csv", SCHOOLS.encode()), "Ta en annen fil")
    app.file_uploader[0].set_value(("svar.csv", COUNTS.encode(), "text/csv"))
    assert chosen(app.run())["arm"] == "arm"


LIVES = "gruppe,dager,sluttet,alder,samtykke\n" + "".join(
    f"{'tiltak' if row % 2 else 'kontroll'},{20 + (row * 37) % 160 - 15 * (row % 2)},{int(row % 7 > 0)},"
    f"{18 + row % 12},{row % 3}\n"
    for row in range(160)
)
DURATIONS = (
    "arm,interval,at_risk,events,censored\nkontroll,3,120,20,2\nkontroll,6,98,25,3\nkontroll,9,70,18,2\n"
    "tiltak,3,118,35,2\ntiltak,6,81,30,3\ntiltak,9,48,16,2\n"
)


@pytest.mark.parametrize(
    ("content", "asked", "word"),
    [
        (DURATIONS, {"good": "down"}, "begrenset middeltid"),
        (LIVES, {"outcome": "dager", "kind": "duration", "events": "sluttet", "good": "down"}, "begrenset middeltid"),
        (LIVES, {"outcome": "dager", "kind": "number", "covariates": ["alder"], "estimator": "ancova"}, "ancova"),
    ],
    ids=["intervals", "persons", "covariates"],
)
def test_durations_and_what_was_known_before_are_asked_for(content: str, asked, word: str, tmp_path, capsys) -> None:
    app = dropped("egne.csv", content.encode())
    for name, value in asked.items():
        box = app.multiselect if isinstance(value, list) else app.selectbox
        app = box(key=f"own-{name}").set_value(value).run()
    app = app.button(key="own-evaluate").click().run()
    said = healthy(app)
    given = as_command(app, tmp_path, "egne.csv", content.encode(), capsys)
    assert given["sentence"].replace("\u00a0", " ") in said.replace("\u00a0", " ").replace("\u2060", "")
    assert word in given["method"].lower()
    assert app.selectbox(key="own-good").value == asked.get("good", "up")


STARTS = "kontor,aar,start,ledighet,alder\n" + "".join(
    f"k{unit},{year},{2023 if unit % 3 == 0 else 2024 if unit % 3 == 1 else 0},"
    f"{10 + (unit * 7 % 11) / 3 + 0.3 * (year - 2021) * (unit % 5) - 2 * (year >= 2023) * (unit % 3 == 0)},"
    f"{20 + unit % 5}\n"
    for unit in range(90)
    for year in range(2021, 2026)
)
PERSONS = "gruppe,inntekt,jobb,tok,kjonn,alder\n" + "".join(
    f"{'tiltak' if i % 2 else 'kontroll'},{200 + (i * 37) % 101 + 20 * (i % 2)},{int(i * 7 % 10 < 4 + 2 * (i % 2))},"
    f"{int(i % 2 and i % 5 > 0)},{'kvinne' if i % 3 else 'mann'},{18 + i % 12}\n"
    for i in range(240)
)


def test_the_doubly_robust_estimate_of_staggered_starts_is_chosen_and_explained(tmp_path, capsys) -> None:
    app = dropped("kontorer.csv", STARTS.encode())
    for name, value in (("method", "staggered"), ("outcome", "ledighet"), ("unit", "kontor"), ("period", "aar")):
        app = app.selectbox(key=f"own-{name}").set_value(value).run()
    app = app.multiselect(key="own-covariates").set_value(["alder"]).run()
    for name, value in (("comparison", "not_yet"), ("aggregation", "dynamic"), ("estimator", "doubly_robust")):
        app = app.selectbox(key=f"own-{name}").set_value(value).run()
    assert "dobbelt robuste" in healthy(app)
    said = healthy(app.button(key="own-evaluate").click().run())
    given = as_command(app, tmp_path, "kontorer.csv", STARTS.encode(), capsys)
    assert "obbelt robust" in given["method"]
    assert given["aggregation"] == "dynamic"
    assert given["sentence"].replace("\u00a0", " ") in said.replace("\u00a0", " ").replace("\u2060", "")


def test_groups_and_adjusted_estimates_stand_beside_each_other() -> None:
    app = dropped("personer.csv", PERSONS.encode())
    for name, value in (("outcome", "inntekt"), ("subgroup", "kjonn")):
        app = app.selectbox(key=f"own-{name}").set_value(value).run()
    app = app.multiselect(key="own-covariates").set_value(["alder"]).run()
    app = app.button(key="own-evaluate").click().run()
    healthy(app)
    (table,) = [each.value for each in app.get("code") if "kvinne" in each.value and "mann" in each.value]
    assert "ANCOVA" in table
    assert "Lin" in table
    app = app.selectbox(key="own-outcome").set_value("jobb").run()
    app = app.selectbox(key="own-estimator").set_value("ancova").run()
    assert "uten --published" in healthy(app.button(key="own-evaluate").click().run())


def test_the_means_of_durations_are_taken_up_to_a_time_that_is_chosen() -> None:
    rows = "".join(f"{'tiltak' if i % 2 else 'kontroll'},{1 + i % 9},{int(i % 4 > 0)}\n" for i in range(80))
    app = dropped("tider.csv", ("gruppe,uker,jobb\n" + rows).encode())
    for name, value in (("outcome", "uker"), ("kind", "duration"), ("events", "jobb")):
        app = app.selectbox(key=f"own-{name}").set_value(value).run()
    app = app.number_input(key="own-horizon").set_value(6.0).run()
    app = app.button(key="own-evaluate").click().run()
    healthy(app)
    (line,) = [each.value for each in app.get("code") if each.value.startswith("python -m analytics evaluate")]
    assert "--horizon 6" in line
