"""A table of estimates holds what the answer holds, as text and as a workbook."""

import json

import numpy as np
import openpyxl
import polars as pl
import pytest

from analytics.__main__ import main

DESIGN = '[design]\noutcome = "y"\ncovariates = ["age"]\nsubgroup = "sex"\n'


@pytest.fixture
def files(tmp_path):
    rng = np.random.default_rng(1)
    table = pl.DataFrame({"arm": ["control", "new"] * 40, "sex": ["man", "man", "woman", "woman"] * 20,
                          "age": rng.normal(25, 3, 80), "y": rng.normal(5, 2, 80)})  # fmt: skip
    (tmp_path / "design.toml").write_text(DESIGN)
    table.write_csv(tmp_path / "table.csv")
    return tmp_path


def answer(capsys, files, *more) -> tuple[int, dict]:
    given = [files / "design.toml", files / "table.csv", *more]
    code = main(["evaluate", *map(str, given)])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.long
def test_the_workbook_holds_the_numbers_of_the_answer(capsys, files) -> None:
    code, found = answer(capsys, files, "--table", files / "estimates.xlsx")
    assert code == 0
    rows = list(openpyxl.load_workbook(files / "estimates.xlsx").active.iter_rows(values_only=True))
    table = {row[0]: row[1:] for row in rows if row[0]}
    beside = found["beside"]
    lines = beside["subgroups"]["lines"]
    assert rows[0][1:] == ("Headline", "ANCOVA", "Lin", "man", "woman")
    effects = [found["value"], beside["ancova"]["value"], beside["lin"]["value"], *(line["value"] for line in lines)]
    assert table["Effect"] == pytest.approx(effects)
    assert table["Standard error"][1] == pytest.approx(beside["ancova"]["se"])
    assert table["n control"] == (40, 40, 40, 20, 20)
    level = {line["arm"]: line["value"] for line in found["levels"]}
    assert table["Level new"][0] == pytest.approx(level["new"])
    assert table["Level new"][1] is None


@pytest.mark.long
def test_the_text_is_aligned_and_ends_with_the_remarks(capsys, files) -> None:
    code, found = answer(capsys, files, "--lang", "nb", "--table")
    assert code == 0
    lines = found["table"].split("\n")
    body = lines[: lines.index(lines[0], 3) + 1]
    assert len({len(line) for line in body}) == 1
    assert lines[len(body)].startswith("Etter trekning")
    assert any("delgruppene: p" in line for line in lines)
    code, _ = answer(capsys, files, "--table", files / "estimates.txt", "--lang", "nb")
    assert (files / "estimates.txt").read_text(encoding="utf-8").rstrip("\n") == found["table"]


@pytest.mark.long
def test_a_table_that_cannot_be_written_is_told(capsys, files) -> None:
    code, found = answer(capsys, files, "--table", files / "nowhere" / "estimates.xlsx")
    assert (code, found["error"]["code"]) == (1, "not_written")
