"""A refresh from SSB: a new edition beside the old, whole or not at all. Against a local server, synthetic layout."""

import os
import tomllib

import polars as pl
import pytest

from data.deliveries import read, revisions
from tests.data.fetch_ground import edition, failing, fetch, mapping, one, server

__all__ = ["mapping", "server"]  # fixtures


@pytest.mark.long
def test_what_ssb_publishes_is_what_stands_in_the_new_edition(server, mapping, tmp_path) -> None:
    outcome = fetch(server, mapping, tmp_path)
    rows = edition(tmp_path)
    assert outcome.state == "new"
    assert outcome.rows == rows.height == 6 * 4 * 3 * 3
    kristiansand = one(rows, "4204")
    assert (kristiansand["count"], kristiansand["population"]) == (600, 6004)
    assert kristiansand["share"] == pytest.approx(600 / 6004)
    assert one(rows, "4204", age="20-24", sex="female")["population"] == 1004


@pytest.mark.long
def test_the_sidecar_names_the_update_the_day_and_the_checksum(server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path)
    sidecars, problems = read.sidecars(tmp_path)
    written = tomllib.loads((tmp_path / "ssb/2025-11-20/neet_register.toml").read_text(encoding="utf-8"))
    assert problems == []
    assert (sidecars[0].published, sidecars[0].accessed, sidecars[0].edition) == (
        "2025-11-20", "2025-11-21", "ssb-13556-2025-11-20",
    )  # fmt: skip
    assert written["licence"] == "CC BY 4.0"
    assert "2021–2024" in written["title"]
    assert "2024" in written["note_nb"]


@pytest.mark.long
def test_oslo_is_joined_by_code_and_not_counted_twice(server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path)
    rows = edition(tmp_path)
    assert one(rows, "03")["population"] == one(rows, "0301")["population"]
    assert one(rows, "0")["population"] == 900 * 2 * 3 * 10 + 4  # SSB's own figure, not a sum of what was fetched


@pytest.mark.long
def test_split_municipalities_are_left_out_and_named_with_the_reason(server, mapping, tmp_path) -> None:
    outcome = fetch(server, mapping, tmp_path)
    assert outcome.left_out == {
        "F-21 Svalbard": "no_municipality", "K-2111 Longyearbyen": "no_municipality",
        "K-Rest Delte kommuner og uoppgitt": "split",
    }  # fmt: skip
    assert set(edition(tmp_path)["region_code"]) == {"0", "03", "42", "0301", "4203", "4204"}


@pytest.mark.long
@pytest.mark.parametrize(("symbol", "status"), [(":", "suppressed"), ("..", "missing"), (".", "missing")])
def test_a_figure_that_is_not_shown_is_unknown_and_never_zero(symbol, status, server, mapping, tmp_path) -> None:
    server.cells["4203", "NEET", "1", "25-29", "2022"] = (None, symbol)
    fetch(server, mapping, tmp_path)
    cell = one(edition(tmp_path), "4203", "2022", "25-29", "male")
    assert (cell["count"], cell["share"], cell["status"]) == (None, None, status)
    assert cell["population"] == 402


@pytest.mark.long
def test_a_zero_that_ssb_publishes_is_a_zero(server, mapping, tmp_path) -> None:
    server.cells["4203", "NEET", "1", "25-29", "2022"] = (0, "")
    server.cells["4203", "NEET", "1", "25-29", "2021"] = (0, "-")  # before 2021 a dash is written for zero
    fetch(server, mapping, tmp_path)
    rows = edition(tmp_path)
    assert [one(rows, "4203", year, "25-29", "male")["count"] for year in ("2021", "2022")] == [0, 0]


@pytest.mark.long
def test_a_star_and_a_recent_year_are_preliminary(server, mapping, tmp_path) -> None:
    server.cells["4203", "NEET", "1", "25-29", "2022"] = (7, "*")
    fetch(server, mapping, tmp_path)
    rows = edition(tmp_path)
    assert one(rows, "4203", "2022", "25-29", "male")["status"] == "preliminary"
    assert {one(rows, "4204", year)["status"] for year in ("2021", "2022", "2023")} == {"final"}
    assert one(rows, "4204", "2024")["status"] == "preliminary"


@pytest.mark.long
@pytest.mark.parametrize("shape", ["sparse", "index_as_list"])
def test_both_ways_to_write_json_stat_give_the_same_figures(shape, server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path)
    setattr(server, shape, True)
    assert fetch(server, mapping, tmp_path).state == "unchanged"


@pytest.mark.long
def test_the_same_figures_again_are_no_new_edition(server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path)
    before = sorted(tmp_path.rglob("*"))
    server.updated = "2025-12-01T07:00:00Z"
    outcome = fetch(server, mapping, tmp_path)
    assert (outcome.state, outcome.edition) == ("unchanged", "ssb-13556-2025-11-20")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.long
def test_changed_withdrawn_and_final_figures_get_a_notice_beside_the_new_edition(server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path)
    first = (tmp_path / "ssb/2025-11-20/neet_register.csv").read_bytes()
    server.updated = "2026-01-30T07:00:00Z"
    server.cells["4204", "NEET", "0", "15-29", "2024"] = (588, "")
    server.cells["4204", "NEET", "0", "15-29", "2021"] = (579, "")
    server.cells["4203", "NEET", "2", "20-24", "2022"] = (None, ":")
    outcome = fetch(server, mapping, tmp_path)
    found = revisions.read(tmp_path)
    assert (tmp_path / "ssb/2025-11-20/neet_register.csv").read_bytes() == first
    assert outcome.changes == {"corrected": 1, "finalised": 54, "withdrawn": 1}
    kristiansand = found.filter(
        pl.col("region_code") == "4204", pl.col("sex") == "both", pl.col("age_group") == "15-29"
    )
    assert kristiansand.sort("period").select("code", "period", "old_count", "new_count").rows() == [
        ("corrected", "2021", 600, 579), ("finalised", "2024", 600, 588),
    ]  # fmt: skip
    gone = found.filter(pl.col("code") == "withdrawn").row(0, named=True)
    assert (gone["region_code"], gone["old_count"], gone["new_count"], gone["new_status"]) == (
        "4203",
        40,
        None,
        "suppressed",
    )
    assert (gone["old_edition"], gone["new_edition"]) == ("ssb-13556-2025-11-20", "ssb-13556-2026-01-30")
    assert read.sidecars(tmp_path)[1] == []


@pytest.mark.long
def test_a_region_that_disappears_is_withdrawn(server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path)
    del server.lists["agg_KommSummer"]["K-4203"]
    server.updated = "2025-12-01T07:00:00Z"
    assert fetch(server, mapping, tmp_path).changes == {"withdrawn": 36}


@pytest.mark.long
def test_a_silent_correction_on_the_same_day_is_an_edition_of_its_own(server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path)
    server.cells["4204", "NEET", "0", "15-29", "2021"] = (579, "")
    outcome = fetch(server, mapping, tmp_path)
    assert (outcome.folder, outcome.changes) == ("2025-11-20-2", {"corrected": 1})
    assert one(edition(tmp_path, "2025-11-20"), "4204", "2021")["count"] == 600


@pytest.mark.long
def test_a_dry_run_says_what_would_change_and_writes_nothing(server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path)
    before = sorted(tmp_path.rglob("*"))
    server.cells["4204", "NEET", "0", "15-29", "2021"] = (579, "")
    outcome = fetch(server, mapping, tmp_path, dry_run=True)
    assert (outcome.state, outcome.changes) == ("dry_run", {"corrected": 1})
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.long
def test_an_answer_older_than_the_edition_here_is_refused(server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path)
    server.updated = "2025-06-01T07:00:00Z"
    assert [problem.code for problem in failing(server, mapping, tmp_path)] == ["fetch_older"]


@pytest.mark.long
def test_figures_of_two_updates_are_never_mixed(server, mapping, tmp_path) -> None:
    server.stamps.extend(["2025-11-20T07:00:00Z", "2025-11-21T07:00:00Z"])
    assert [problem.code for problem in failing(server, mapping, tmp_path)] == ["fetch_changed_underway"]


@pytest.mark.long
def test_a_period_of_dots_and_zeros_before_publication_is_not_taken(server, mapping, tmp_path) -> None:
    server.dims["Tid"]["2025"] = "2025"
    for region, sex, age in [(r, s, a) for r in ("0", "03", "42", "0301", "4203", "4204") for s in "012"
                             for a in ("15-29", "20-24", "25-29")]:  # fmt: skip
        server.cells[region, "NEET", sex, age, "2025"] = (0, "") if sex == "0" else (None, ".")
    assert [problem.code for problem in failing(server, mapping, tmp_path)] == ["fetch_empty_period"]


def test_more_outside_than_there_are_people_is_refused(server, mapping, tmp_path) -> None:
    server.cells["4204", "NEET", "0", "15-29", "2021"] = (9999, "")
    assert "count_above_population" in {problem.code for problem in failing(server, mapping, tmp_path)}


def test_a_status_nobody_knows_is_refused(server, mapping, tmp_path) -> None:
    server.cells["4204", "NEET", "0", "15-29", "2021"] = (None, "¤")
    assert [problem.code for problem in failing(server, mapping, tmp_path)] == ["unknown_symbol"]


@pytest.mark.long
def test_a_municipality_nobody_knows_is_refused_by_its_code(server, mapping, tmp_path) -> None:
    server.lists["agg_KommSummer"]["K-4299"] = "Nykommune"
    found = failing(server, mapping, tmp_path)
    assert {(problem.code, problem.found) for problem in found} == {("unknown_region", "4299")}


@pytest.mark.long
def test_a_code_that_is_no_region_and_has_no_reason_is_refused(server, mapping, tmp_path) -> None:
    server.lists["agg_KommSummer"]["K-Ukjent"] = "Noe nytt"
    found = failing(server, mapping, tmp_path)
    assert [(problem.code, problem.detail) for problem in found] == [("fetch_odd_region", "K-Ukjent Noe nytt")]


@pytest.mark.long
def test_a_full_disk_or_a_closed_folder_changes_nothing(server, mapping, tmp_path, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data.deliveries.edition_folder.os.rename", full)
    found = failing(server, mapping, tmp_path)
    assert [(problem.code, problem.detail) for problem in found] == [("fetch_not_written", "No space left on device")]


@pytest.mark.long
def test_a_damaged_old_edition_is_told_of_and_not_compared_with(server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path)
    file = tmp_path / "ssb/2025-11-20/neet_register.csv"
    file.write_bytes(file.read_bytes() + b"\n")
    assert [problem.code for problem in failing(server, mapping, tmp_path)] == ["checksum"]


@pytest.mark.long
def test_what_a_killed_fetch_left_is_no_edition_and_is_cleared_away(server, mapping, tmp_path) -> None:
    left = tmp_path / ".unfinished-1"
    left.mkdir()
    (left / "neet_register.csv").write_text("half", encoding="utf-8")
    os.utime(left, (0, 0))
    fetch(server, mapping, tmp_path)
    assert read.sidecars(tmp_path)[1] == []
    assert not left.exists()
