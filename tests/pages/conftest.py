"""A page that fails says so politely to its reader; a test of that page must not be as polite."""

from collections.abc import Iterator

import plotly.graph_objects as go
import pytest

from pages.plots import drawing


@pytest.fixture(autouse=True)
def _no_page_fails(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test whose page failed, unless it is marked `fails`: such a page has one title and no exception shown."""
    yield
    if request.node.get_closest_marker("fails") is None:
        failed = [record for when in ("setup", "call") for record in caplog.get_records(when)]
        assert [record.exc_info[1] for record in failed if record.name == "innenfor" and record.exc_info] == []


@pytest.fixture(autouse=True)
def _every_picture_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Plotly check every value of every picture, which no reader waits for."""
    monkeypatch.setattr(drawing, "unchecked", go.Figure)
