"""Files of Stata and SPSS: an outcome or a period with value labels keeps its numbers, an arm its labels."""

import json
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from analytics.__main__ import main

LABELS = {
    "arm": {0.0: "Kontroll", 1.0: "Tiltak"},
    "i_jobb": {0.0: "Ikke i jobb", 1.0: "I jobb", 99.0: "Ubesvart"},
    "period": {0.0: "Før", 1.0: "Etter"},
}


def answer(folder: Path, suffix: str, design: str, table: dict[str, list[float]], capsys) -> dict:
    path, toml = folder / f"table{suffix}", folder / "design.toml"
    write = pyreadstat.write_sav if suffix == ".sav" else pyreadstat.write_dta
    write(
        pd.DataFrame(table), str(path), variable_value_labels={name: LABELS[name] for name in table if name in LABELS}
    )
    toml.write_text(f"[design]\n{design}\n", encoding="utf-8")
    assert main(["evaluate", str(toml), str(path), "--lang", "en"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("suffix", [".sav", ".dta"])
def test_a_labelled_yes_no_outcome_of_persons_is_counted(suffix: str, tmp_path: Path, capsys) -> None:
    table = {"arm": [0.0, 1.0] * 20, "i_jobb": [1.0, 1.0, 0.0, 1.0] * 9 + [0.0, 0.0, 0.0, 99.0]}
    found = answer(tmp_path, suffix, 'outcome = "i_jobb"', table, capsys)
    assert found["n"] == {"Kontroll": 20, "Tiltak": 19}
    assert found["value"] == pytest.approx(100 * (18 / 19 - 9 / 20))


@pytest.mark.parametrize("suffix", [".sav", ".dta"])
def test_labelled_periods_come_in_the_order_of_their_codes(suffix: str, tmp_path: Path, capsys) -> None:
    table = {
        "arm": [0.0, 0.0, 1.0, 1.0],
        "period": [0.0, 1.0] * 2,
        "n": [100.0] * 4,
        "events": [40.0, 45.0, 40.0, 60.0],
    }
    found = answer(tmp_path, suffix, 'method = "before_after"', table, capsys)
    assert found["value"] == pytest.approx(15)
