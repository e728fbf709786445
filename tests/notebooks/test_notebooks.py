"""Each notebook runs from its first cell to its last: every sentence of it stands on an `assert`."""

import runpy

import plotly.graph_objects as go
import pytest

from tests.architecture import tree

NOTEBOOKS = sorted((tree.ROOT / "notebooks").glob("*.py"))


@pytest.mark.long
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_draws(notebook) -> None:
    made = runpy.run_path(str(notebook))
    assert any(isinstance(value, go.Figure) and value.data for value in made.values())
    title = next(line for line in notebook.read_text(encoding="utf-8").splitlines() if line.startswith("# # "))
    assert len(title.split()) > 8, "the title is the finding, not the subject"


def test_there_are_notebooks() -> None:
    assert {path.stem for path in NOTEBOOKS} >= {
        "any_municipality",
        "how_does_kristiansand_compare",
        "following_cohorts",
        "protecting_a_table",
        "your_own_experiment",
        "from_effect_to_kroner",
        "from_spells_to_the_cube",
        "reproducing_published_results",
        "would_we_even_see_it",
    }
