"""Five municipalities of different kinds, and the two one was split in, go through app, sheet, note and notebook."""

import datetime as dt
import io
import re
import runpy
from pathlib import Path

import pypdf
import pytest

from analytics import regions
from analytics.exclusion import subject as exclusion
from data.i18n import speaking
from pages.components import rates
from pages.format.numbers import percent
from pages.report import compose, sheet
from pages.report.model import sentences
from tests.architecture import tree
from tests.ground import opened
from tests.own_home import programme, written
from tests.pages.test_pages import healthy, page

pytestmark = pytest.mark.long
DAY = dt.date(2026, 11, 29)
PLACES = {
    "4601": "a large one",
    "1151": "a small one, whose three persons are the publisher's to show",
    "4205": "one that was merged in 2020",
    "1508": "one that lost a part in 2024",
    "1580": "the part, which has one year",
    "5610": "one with a Sámi name",
}
NOTEBOOK = tree.ROOT / "notebooks" / "any_municipality.py"


@pytest.fixture(params=PLACES, ids=lambda code: code)
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A home in this municipality, which has said which it is and what its programme is."""
    opened(monkeypatch)
    written(tmp_path / "home" / "settings.toml", f'home_municipality = "{request.param}"')
    programme(tmp_path / "home", request.param, "Jobb her")
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    return str(request.param)


def plain(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("\u00a0", " ").replace("\u202f", " "))


def test_app_sheet_note_and_notebook_say_the_same_share(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = exclusion.subject("neet_register", place, "15-29", "both")
    assert found is not None
    newest = exclusion.newest(found)
    assert newest is not None
    assert newest.value is not None
    name, share = regions.name_of(place), plain(percent(newest.value, lang="nb"))

    app = plain(healthy(page("overview")))
    printed = pypdf.PdfReader(io.BytesIO(sheet.sheet(place, "nb", "pdf", DAY))).pages
    with speaking("nb"):
        note = compose.compose("status", "nb", None, (), DAY)
    said = plain(" ".join(words for _, words in sentences(note)))
    level = f"{rates.FEW} av {newest.population:g}" if rates.too_few(newest) else share
    for told, asked in ((app, level), (plain(printed[0].extract_text()), level), (said, level)):
        assert name in told
        assert asked in told
    assert len(printed) == 1
    assert "Kristiansand" not in said

    monkeypatch.setenv("INNENFOR_PLACE", place)
    made = runpy.run_path(str(NOTEBOOK))
    assert made["place"] == name
    assert made["newest"] == newest
    assert name in made["trend"].sentence("en") or made["trend"].sentence("en").startswith("There are too few years")
