"""A file that was brought is read once, however often its reader clicks."""

from dataclasses import replace

import pytest

from analytics.exclusion import county_map
from benefits.scenario.model import Scenario, shipped_scenario
from data.ingest.geojson import BoundaryProblem
from pages.frame import cache, upload
from pages.frame.upload import Upload
from pages.views.exclusion import places


@pytest.mark.parametrize("refused", [False, True])
def test_boundaries_are_read_once_an_upload_also_where_they_are_refused(
    monkeypatch: pytest.MonkeyPatch, *, refused: bool
) -> None:
    read = []

    def counted(content: bytes, name: str) -> object:
        read.append(name)
        if refused:
            raise ExceptionGroup(name, [BoundaryProblem(where=name, found="–", problem="empty")])
        return content

    monkeypatch.setattr(cache, "state", lambda: "one state")
    monkeypatch.setattr(county_map, "read_boundaries", counted)
    given = Upload(f"first-{refused}", "a.geojson", b"x" * 1000)
    first, again = places._read(given), places._read(given)
    assert first is again
    assert isinstance(first, list) == refused
    places._read(Upload(f"second-{refused}", "a.geojson", b"x" * 1000))
    assert len(read) == 2


def test_what_is_kept_of_an_upload_is_not_found_by_writing_out_its_content() -> None:
    assert len(repr(Upload("id", "a.geojson", b"x" * 10_000))) < 100


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("see https://evil.example/x", "see https: //evil.example/x"),
        ("HTTP://a.b", "HTTP: //a.b"),
        ("at www.evil.example", "at www .evil.example"),
        ("[click](//evil.example)", "[click] (//evil.example)"),
        ("kari@evil.example", "kari (at) evil.example"),
        ("costs: 5, half", "costs: 5, half"),
    ],
)
def test_a_web_address_in_a_file_becomes_no_link(written: str, shown: str) -> None:
    assert upload.unlinked(written) == shown


def test_a_scenario_keeps_everything_but_its_links() -> None:
    shipped = shipped_scenario("ips_job_support")
    armed = replace(shipped, title={"nb": "Se https://evil.example", "en": "x"})
    found: Scenario = upload.unlinked(armed)
    assert found.title == {"nb": "Se https: //evil.example", "en": "x"}
    same = ("participants", "effect", "horizon_years", "costs", "parameters")
    assert [getattr(found, name) for name in same] == [getattr(shipped, name) for name in same]
    assert upload.unlinked({"cost": [{"label": "www.evil.example"}]}) == {"cost": [{"label": "www .evil.example"}]}
