"""The search box's list: every page, picture, figure, measure and place, with addresses the pages know."""

import gzip
import json

import pytest

from data.i18n import LANGUAGES
from pages.frame.shell import page_names
from pages.server import search
from pages.views.cohorts import selection as cohorts
from pages.views.exclusion import selection as exclusion
from pages.views.gains import selection as gains
from tests.ground import opened
from tests.pages.server.asking import asked, body

KNOWN = {"exclusion": exclusion.PICTURES, "cohorts": cohorts.PICTURES, "gains": gains.PICTURES}


async def elsewhere(_scope, _receive, send) -> None:
    await send({"type": "http.response.start", "status": 418, "headers": []})


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_found_leads_to_what_the_pages_know(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    found = search.entries(lang)
    assert {each["kind"] for each in found} == set(search.KINDS)
    assert {each["page"] for each in found} <= {"", *page_names()[1:]}
    pictures = [(each["page"], each["query"]["picture"]) for each in found if each["kind"] == "picture"]
    assert all(code in KNOWN[page] for page, code in pictures)
    assert len(pictures) == len(set(pictures)) >= 20
    places = {each["query"]["region"]: each["title"] for each in found if each["kind"] == "place"}
    assert sum(len(code) == 4 for code in places) == 357
    assert all(name in places["5612"] for name in ("Kautokeino", "Guovdageaidnu"))


def test_without_a_build_pages_and_places_are_found_and_no_figures(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path))
    sent = asked(search.Searched(elsewhere), search.ADDRESS)
    told = json.loads(gzip.decompress(body(sent)))
    assert sent[0]["status"] == 200
    assert {each["kind"] for each in told["entries"]} == set(search.KINDS) - {"figure"}
    assert asked(search.Searched(elsewhere), "/innenfor/search.css")[0]["status"] == 418
