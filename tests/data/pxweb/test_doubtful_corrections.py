"""Corrections so large that a fault is likelier: somebody is asked, and where nobody is there nothing is written."""

import pytest

from tests.data.fetch_ground import failing, fetch, mapping, server

__all__ = ["mapping", "server"]  # fixtures


@pytest.mark.parametrize(
    ("cells", "odd"),
    [
        ({("4204", "NEET", "0", "15-29", "2021"): 6}, 1),  # a tenth of it
        ({("4204", "TOT3", "0", "15-29", "2021"): 60_000}, 1),
        ({("4204", "NEET", "0", "15-29", "2021"): 579}, 0),  # what corrections are
        ({("0", "NEET", "0", "15-29", "2021"): 6_500}, 1),  # a fifth of the nation's
    ],
)
def test_a_correction_that_is_rather_a_fault_is_asked_about(cells, odd, server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path)
    server.cells |= {cell: (value, "") for cell, value in cells.items()}
    asked: list[int] = []
    if odd:
        [problem] = failing(server, mapping, tmp_path)
        assert (problem.code, problem.found) == ("fetch_doubtful", str(odd))
        assert "2021 15-29 both: " in problem.detail
    seen = fetch(server, mapping, tmp_path, dry_run=True)
    assert (seen.state, seen.doubtful) == ("dry_run", odd)
    outcome = fetch(server, mapping, tmp_path, agreed=lambda doubtful: asked.append(doubtful.height) or True)
    assert (outcome.state, outcome.doubtful, asked) == ("new", odd, [odd] if odd else [])


def test_many_figures_that_are_gone_are_asked_about(server, mapping, tmp_path) -> None:
    fetch(server, mapping, tmp_path)
    for name in ("K-4203", "K-4204"):
        del server.lists["agg_KommSummer"][name]
    [problem] = failing(server, mapping, tmp_path)
    assert problem.code == "fetch_doubtful"
    assert problem.detail.endswith("→ –")
