"""A plan in TOML: a slip is told at its row and key, with what may stand there and what to do."""

import pytest

from tests.data.curated.test_plan import EXAMPLE, codes, refused


def test_a_plan_in_toml_names_row_and_key(tmp_path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("owner = {", "eier = {", 1).replace('id = "G3"', 'id = "g1"')
    path = tmp_path / "plan-2027-01.toml"
    path.write_text(text, encoding="utf-8")
    expected = [("toml_unknown_name", "gain[1].eier"), ("plan_missing", "gain[1]"), ("plan_twice", "gain[3].id")]
    assert codes(path) == expected


@pytest.mark.parametrize(
    ("old", "new", "code", "cell", "said"),
    [
        ("template = 1", 'template = "1"', "toml_value", "template", "whole number"),
        ("template = 1", "", "toml_missing", "template", "whole number"),
        ("template = 1", "template = 7", "plan_version", "template", "template 7"),
        ("example = true", 'example = "yes"', "toml_value", "example", "true or false"),
        ("example = true", "exampel = true", "toml_unknown_key_near", "exampel", "Did you mean example?"),
        ("owner = {", "ovner = {", "toml_unknown_name_near", "gain[1].ovner", "Did you mean owner?"),
        ("baseline = 9.8", "baseline = true", "toml_value", "gain[1].baseline", "a number or a date"),
        ("template = 1", "template = ", "toml_broken", "", "Line 3"),
    ],
)
def test_a_slip_in_a_plan_in_toml_is_told_at_its_key_with_its_cure(tmp_path, old, new, code, cell, said) -> None:
    path = tmp_path / "plan-2027-01.toml"
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    (problem,) = [each for each in refused(path) if each.code == code]
    assert problem.cell == cell
    assert said in problem.line("en")
    assert problem.line("nb") != problem.line("en")
