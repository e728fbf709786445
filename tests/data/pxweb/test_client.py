"""How SSB is asked: paced, patient where the server is busy, at once honest where the question is wrong."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from data.pxweb import client as pxweb
from data.pxweb.errors import FetchProblem
from data.pxweb.mapping import mappings
from data.pxweb.refresh import refresh
from tests.data.fetch_ground import NOON, Clock, client, edition, failing, fetch, mapping, server
from tests.data.pxweb_server import PxWebServer, dimensions, serving

__all__ = ["mapping", "server"]  # fixtures

EVERYTHING = "&".join(f"valueCodes[{name}]=*" for name in dimensions())
TOO_MANY = ("status", 429, {"Retry-After": "7"})


def calls_of(server: PxWebServer) -> int:
    return len(server.asked)


@pytest.mark.long
def test_a_busy_server_is_given_the_time_it_asks_for(server, mapping, tmp_path) -> None:
    server.faults.extend([None, TOO_MANY])
    clock = Clock()
    assert refresh(mapping, client(server, clock), tmp_path).calls == 7
    assert clock.slept == [7]


@pytest.mark.long
def test_the_time_to_wait_may_be_written_as_a_date(server, mapping, tmp_path) -> None:
    later = format_datetime(NOON + timedelta(seconds=42), usegmt=True)
    server.faults.append(("status", 503, {"Retry-After": later}))
    clock = Clock()
    refresh(mapping, client(server, clock), tmp_path)
    assert clock.slept == [42]


@pytest.mark.long
@pytest.mark.parametrize(
    "fault", [("status", 503), ("status", 502), ("drop",), ("short",), ("truncate",), ("not_json",)]
)
def test_what_passes_is_tried_again_after_a_growing_wait(fault, server, mapping, tmp_path) -> None:
    server.faults.extend([fault, fault])
    clock = Clock()
    assert refresh(mapping, client(server, clock), tmp_path).state == "new"
    assert clock.slept == [2, 4]
    assert edition(tmp_path).height == 216


@pytest.mark.long
def test_a_silent_server_is_asked_again(server, mapping, tmp_path) -> None:
    server.faults.append(("slow", 1.0))
    clock = Clock()
    limited = client(server, clock)
    limited.limits = pxweb.Limits(**(vars(limited.limits) | {"silence_seconds": 0.2}))
    assert refresh(mapping, limited, tmp_path).state == "new"
    assert clock.slept == [2]


@pytest.mark.long
def test_a_line_that_drips_is_given_up_in_the_time_of_one_answer(server, mapping, tmp_path) -> None:
    server.faults.append(("drip", 0.02))  # never silent long enough, and an hour for the whole
    limited = client(server)
    limited.limits = pxweb.Limits(**(vars(limited.limits) | {"answer_seconds": 0.2}))
    limited.clock = time.monotonic
    started = time.monotonic()
    assert refresh(mapping, limited, tmp_path).state == "new"
    assert limited.calls == 7
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("fault", "code"),
    [(TOO_MANY, "fetch_too_many_calls"), (("status", 503), "fetch_unavailable"), (("drop",), "fetch_unavailable"),
     (("truncate",), "fetch_unreadable"), (("not_json",), "fetch_unreadable")],
)  # fmt: skip
def test_what_does_not_pass_is_given_up_and_nothing_is_written(fault, code, server, mapping, tmp_path) -> None:
    server.faults.extend([None, *[fault] * 20])
    [problem] = failing(server, mapping, tmp_path)
    assert (problem.code, problem.found) == (code, "5")
    assert calls_of(server) == 1 + 5


def test_a_wait_of_an_hour_is_told_and_not_waited_for(server, mapping, tmp_path) -> None:
    server.faults.append(("status", 429, {"Retry-After": "3600"}))
    [problem] = failing(server, mapping, tmp_path)
    assert (problem.code, problem.expected, calls_of(server)) == ("fetch_too_many_calls", "3600", 1)


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [(400, '{"title": "Non-existent value", "status": 400}', "fetch_refused"), (401, "", "fetch_refused"),
     (403, '{"title": "Not open to the API"}', "fetch_refused"), (500, "", "fetch_repeated_code"),
     (500, "broken", "fetch_server_error"), (404, "", "fetch_no_table")],
)  # fmt: skip
def test_a_wrong_question_is_never_asked_twice(status, body, code, server, mapping, tmp_path) -> None:
    server.faults.extend([None, ("status", status, {}, body)])
    [problem] = failing(server, mapping, tmp_path)
    assert (problem.code, problem.status, calls_of(server)) == (code, status, 2)


def test_a_table_that_is_not_there_is_named(server, mapping, tmp_path) -> None:
    server.table = "12345"
    [problem] = failing(server, mapping, tmp_path)
    assert problem.code == "fetch_no_table"
    assert "tables/13556/metadata" in problem.says("nb")
    assert calls_of(server) == 1


def test_a_table_that_moved_is_followed_where_it_is_the_same_and_refused_where_it_is_another(
    server, mapping, tmp_path
) -> None:
    with serving(PxWebServer(table="13999")) as replaced:
        server.faults.append(("moved", f"{replaced.url}/tables/13999/metadata"))
        [problem] = failing(server, mapping, tmp_path)
        assert (problem.code, problem.expected, problem.found) == ("fetch_other_table", "13556", "13999")
        asked = len(replaced.asked)
        server.faults.extend([None, ("moved", f"{replaced.url}/tables/13999/data?{EVERYTHING}")])
        assert failing(server, mapping, tmp_path)[0].code == "fetch_other_table"
        assert len(replaced.asked) == asked + 1
    with serving(PxWebServer()) as elsewhere:
        server.faults.append(("moved", f"{elsewhere.url}/tables/13556/metadata"))
        assert fetch(server, mapping, tmp_path).state == "new"


@pytest.mark.long
def test_the_call_limit_is_kept_over_the_whole_run(server, mapping, tmp_path) -> None:
    clock = Clock()
    refresh(mapping, client(server, clock, calls=2), tmp_path)
    assert clock.slept == [60, 60]  # six calls, two a minute


@pytest.mark.long
def test_tries_that_fail_count_against_the_call_limit(server, mapping, tmp_path) -> None:
    server.faults.append(("status", 429, {"Retry-After": "0"}))
    clock = Clock()
    refresh(mapping, client(server, clock, calls=6), tmp_path)
    assert clock.slept == [0, 60]


@pytest.mark.long
def test_no_call_asks_for_more_cells_than_the_limit_and_no_cell_is_asked_twice(server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path / "whole")
    server.most_cells = 70
    server.asked.clear()
    outcome = refresh(mapping, client(server, cells=70), tmp_path / "cut")
    assert outcome.calls > 6
    assert edition(tmp_path / "cut").equals(edition(tmp_path / "whole"))


@pytest.mark.long
@pytest.mark.parametrize(
    ("status", "title"), [(403, "Too many cells selected"), (403, ""), (400, "Too many cells selected")]
)
def test_a_question_the_server_finds_too_large_is_cut_in_halves(status, title, server, mapping, tmp_path) -> None:
    server.most_cells, server.too_large_status, server.too_large_title = 150, status, title
    assert fetch(server, mapping, tmp_path).state == "new"
    assert edition(tmp_path).height == 216


def test_a_server_that_finds_everything_too_large_is_left_in_peace(server, mapping, tmp_path) -> None:
    server.most_cells = 0
    [problem] = failing(server, mapping, tmp_path)
    assert problem.code == "fetch_too_many_cells"
    assert calls_of(server) <= 8


@pytest.mark.long
def test_no_address_is_longer_than_the_server_reads(server, mapping, tmp_path) -> None:
    server.lists["agg_KommSummer"] = {f"K-{code}": code for code in ("0301", "4203", "4204")} | {
        f"K-21{number:02}": "Svalbard" for number in range(90)
    }
    outcome = refresh(mapping, client(server, cells=3000, url_length=450), tmp_path)
    assert outcome.calls > 6
    assert max(len(server.url.split("/api")[0] + path) for path in server.asked) <= 450
    assert edition(tmp_path).height == 216


@pytest.mark.long
def test_an_address_answered_as_not_found_for_its_length_is_cut(server, mapping, tmp_path) -> None:
    server.lists["agg_KommSummer"] |= {f"K-21{number:02}": "Svalbard" for number in range(12, 90)}
    server.longest_url = 600
    refresh(mapping, client(server, cells=3000, url_length=1000), tmp_path)
    assert edition(tmp_path).height == 216


@pytest.mark.long
@pytest.mark.parametrize(
    ("utc", "there", "quiet"),
    [("2025-11-21T04:00", "05:00", True), ("2025-11-21T07:14", "08:14", True), ("2025-11-21T07:15", "08:15", False),
     ("2025-11-21T03:59", "04:59", False), ("2025-07-01T03:00", "05:00", True), ("2025-07-01T06:15", "08:15", False)],
)  # fmt: skip
def test_nothing_is_asked_in_the_quiet_hours_of_norway(utc, there, quiet, server, mapping, tmp_path) -> None:
    clock = Clock(datetime.fromisoformat(utc).replace(tzinfo=UTC))
    ours = client(server, clock, base_url=server.url)
    if not quiet:
        assert refresh(mapping, ours, tmp_path).state == "new"
        return
    with pytest.raises(FetchProblem) as caught:
        refresh(mapping, ours, tmp_path)
    assert (caught.value.code, caught.value.found) == ("fetch_quiet", there)
    assert server.asked == []


@pytest.mark.long
def test_the_quiet_hours_are_those_of_ssb_and_of_no_other_server(server, mapping, tmp_path) -> None:
    early = Clock(datetime(2025, 11, 21, 5, tzinfo=UTC))
    assert refresh(mapping, client(server, early), tmp_path).state == "new"


@pytest.mark.long
def test_without_a_network_nothing_changes_and_the_reason_is_said(server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path)
    away = PxWebServer(url="http://127.0.0.1:9/api/pxwebapi/v2")
    [problem] = failing(away, mapping, tmp_path)
    assert problem.code == "fetch_offline"
    assert "127.0.0.1:9" in problem.says("en")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "data.ssb.no", "", "http://", "http://x:y/", "http://a b/"])
def test_only_an_address_of_the_web_is_asked(address) -> None:
    with pytest.raises(FetchProblem) as caught:
        pxweb.Client(pxweb.limits(), address)
    assert caught.value.code == "fetch_bad_address"


def test_every_mapping_shipped_is_understood() -> None:
    assert {mapping.indicator for mapping in mappings()} >= {"neet_register"}
