"""A log tells what happened, and nothing that somebody wrote."""

import json
import logging

import pytest

from pages.server import log_lines
from tests.pages.server.asking import asked

TYPED = "Kari Nordmann 01019912345"


async def refusing(_scope, _receive, send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})


def failed() -> logging.LogRecord:
    try:
        raise ValueError(TYPED)
    except ValueError as error:
        facts = (type(error), error, error.__traceback__)
        return logging.LogRecord("innenfor", logging.ERROR, "x.py", 1, "a page failed", (), facts)


def test_an_error_is_told_by_its_kind_and_place() -> None:
    line = log_lines.JsonLine().format(failed())
    told = json.loads(line)
    assert (told["event"], told["error"]) == ("a page failed", "ValueError")
    assert told["at"][-1].startswith("pages/server/test_log_lines.py:")
    assert "Nordmann" not in line


@pytest.mark.parametrize("path", ["/Nordmann", "/Nordmann/x", "/overview/Nordmann", "/innenfor/Nordmann.css"])
def test_a_request_is_told_without_what_was_typed(path: str, caplog: pytest.LogCaptureFixture) -> None:
    log_lines.LOG.addHandler(caplog.handler)
    try:
        caplog.set_level(logging.INFO, "innenfor")
        asked(log_lines.RequestLog(refusing), path)
    finally:
        log_lines.LOG.removeHandler(caplog.handler)
    line = log_lines.JsonLine().format(caplog.records[-1])
    assert json.loads(line)["status"] == 404
    assert "Nordmann" not in line


def test_of_a_library_the_place_alone_is_told() -> None:
    facts = failed().exc_info
    record = log_lines.silenced("streamlit.x", logging.ERROR, "x.py", 7, f"bad {TYPED}", (), facts)
    line = logging.Formatter(log_lines.FORMAT).format(record)
    assert json.loads(line) | {"time": ""} == {
        "time": "",
        "level": "ERROR",
        "event": "ValueError",
        "at": "streamlit.x:7",
    }
    quiet = log_lines.silenced("uvicorn.access", logging.INFO, "x.py", 7, "GET %s", (TYPED,), None)
    assert quiet.getMessage() == "library"


def test_a_port_that_is_taken_is_still_told() -> None:
    record = log_lines.silenced("uvicorn.error", logging.ERROR, "x.py", 7, "address already in use", (), None)
    assert record.getMessage() == "address already in use"
