"""A page that fails says so politely to its reader; a test of that page must not be as polite."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _no_page_fails(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test whose page failed, unless it is marked `fails`: such a page has one title and no exception shown."""
    yield
    if request.node.get_closest_marker("fails") is None:
        failed = [record for when in ("setup", "call") for record in caplog.get_records(when)]
        assert [record.exc_info[1] for record in failed if record.name == "innenfor" and record.exc_info] == []
