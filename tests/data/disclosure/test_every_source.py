"""No source shows a count of 1 or 2: not one without a rule of its own, nor SSB, who never publishes them."""

import json
from pathlib import Path

import polars as pl
import pytest

from data.__main__ import main
from data.deliveries import preview
from data.settings import settings
from data.warehouse import build, connection
from tests.data.raw_ground import HEADER, deliver

SMALL = ("neet_register,4224,2025,15-29,female,1,80,,final,0", "neet_register,4224,2025,15-29,male,2,83,,final,0")


@pytest.mark.long
@pytest.mark.parametrize("source", ["ssb", "fhi", "imdi", "kommune"])
def test_counts_of_one_and_two_are_hidden_wherever_they_lie(tmp_path: Path, monkeypatch, source: str) -> None:
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    deliver(tmp_path / "raw", *SMALL, source=source)
    build.build(tmp_path / "raw", tmp_path / "var")
    rows = connection.query("observations_shown", indicator="neet_register", region="4224")
    assert rows.height == 2
    assert set(rows["status"]) == {"suppressed"}
    assert rows["count"].null_count() == rows["value"].null_count() == 2


@pytest.mark.long
def test_every_hidden_figure_is_explained_in_the_same_words(tmp_path: Path, monkeypatch, capsys) -> None:
    """Which is small and which protects another would itself give numbers away."""
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    shown = "neet_register,4224,2025,15-29,both,300,600,,final,0"
    deliver(tmp_path / "raw", "neet_register,4224,2025,15-29,female,2,200,,final,0", shown)
    build.build(tmp_path / "raw", tmp_path / "var")
    assert main(["show", "neet_register", "--region", "4224", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["status"] for row in told["rows"]] == ["final", "suppressed"]
    assert not {"reason", "primary", "small"} & set(told["rows"][0])
    assert "would give away one that is" in told["hidden"]["en"]
    assert "ville røpet et tall som er det" in told["hidden"]["nb"]


def test_a_source_without_a_rule_has_the_strictest() -> None:
    rules = settings().disclosure
    assert settings().rule("kommune").threshold == max(rule.threshold for rule in rules.values())
    assert settings().rule("nav") == rules["nav"]


@pytest.mark.long
def test_a_check_of_made_up_files_says_the_same_whatever_is_hidden(tmp_path: Path, monkeypatch) -> None:
    """Whoever may check a file can try totals until what is said of them changes: at the hidden count, it did."""
    said = []
    schema = {**dict.fromkeys([*HEADER.split(","), "edition", "source"], pl.String), "count": pl.Int64}
    schema |= {"population": pl.Int64, "value": pl.Float64, "parts_missing": pl.Int64}
    for count in (1, 2, 3):
        row = ("neet_register", "4224", "2025", "20-24", "both", count, None, None, "final", 0, "loaded", "nav")
        loaded = pl.DataFrame([row], schema=schema, orient="row")
        monkeypatch.setattr(preview, "_beside", lambda _, loaded=loaded: [loaded])
        said.append([_hidden_by(total, tmp_path) for total in (52, 53, 54, 55, 60)])
    assert said[0] == said[1] == said[2]
    assert len(set(said[0])) > 1


def _hidden_by(total: int, folder: Path) -> int:
    ages = {"15-19": 20, "25-29": 30, "15-29": total}
    rows = [f"neet_register,4224,2025,{age},both,{count},,,final,0" for age, count in ages.items()]
    file = folder / "guess.csv"
    file.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return preview.preview(file, None, "nav").hidden
