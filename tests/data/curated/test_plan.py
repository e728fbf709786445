"""The plan: everything wrong in a file is told at its cell, and an old plan stays until a new one is right."""

import datetime as dt
import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import paths
from data.__main__ import main
from data.curated.plan.form import day, number, plan_form
from data.curated.plan.read import plan_in_use, read_plan
from data.curated.plan.template import plan_template
from data.i18n import LANGUAGES
from data.ingest.contract import Problem, Problems
from tests import demo_ground

EXAMPLE = demo_ground.HOME / "plan" / "plan-2026-01-example.toml"
ROW = {
    "id": "G1", "gain": "Færre utenfor", "type": "gevinst for andre", "beneficiary": "De unge", "owner": "Programeier",
    "measure": "Kontaktperson", "goal": "Flere i arbeid", "indicator": "neet_register", "unit": "prosent",
    "baseline": 9.8, "baseline_date": "31.12.2022", "target": 9.0, "target_date": "2026-12-31", "method": "Register",
    "frequency": "årlig",
}  # fmt: skip
KEYS = [column.key for column in plan_form().columns]


def workbook(folder: Path, *rows: dict[str, object], lang: str = "nb", name: str = "plan-2027-01.xlsx") -> Path:
    """Fill in the template with rows by column key."""
    book = openpyxl.load_workbook(io.BytesIO(plan_template(lang)))
    for place, row in enumerate(rows, 4):
        for key, value in row.items():
            book["Plan"].cell(place, KEYS.index(key) + 1, value)
    book.save(folder / name)
    return folder / name


def refused(path: Path) -> list[Problem]:
    with pytest.raises(Problems) as group:
        read_plan(path)
    return [each for each in group.value.exceptions if isinstance(each, Problem)]


def codes(path: Path) -> list[tuple[str, str]]:
    return [(each.code, each.cell) for each in refused(path)]


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_filled_in_template_reads_back_as_it_was_written(tmp_path, lang) -> None:
    row = ROW if lang == "nb" else ROW | {"type": "gain for others", "unit": "percent", "frequency": "yearly"}
    plan = read_plan(workbook(tmp_path, row, lang=lang))
    (gain,) = plan.rows
    assert (gain.type, gain.unit, gain.frequency, gain.baseline, gain.target) == (
        "others",
        "percent",
        "yearly",
        0.098,
        0.09,
    )
    assert (gain.baseline_date.isoformat(), gain.target_date.isoformat()) == ("2022-12-31", "2026-12-31")
    assert gain.actual is None
    assert not plan.example


@pytest.mark.long
def test_every_problem_of_a_plan_is_told_at_its_cell(tmp_path) -> None:
    bad = ROW | {"owner": None, "baseline_date": "2027-01-01", "indicator": "happiness"}
    path = workbook(tmp_path, ROW, bad, ROW | {"id": "G3", "baseline": "mange", "unit": "favner", "region": "9999"})
    assert codes(path) == [
        ("plan_missing", "E5"), ("plan_unknown_indicator", "L5"), ("plan_twice", "A5"), ("plan_dates_order", "S5"),
        ("plan_unknown_region", "M6"), ("plan_choice", "O6"), ("plan_number", "P6"),
    ]  # fmt: skip
    assert "4" not in [each.cell for each in refused(path)]
    lines = [each.line(lang) for each in refused(path) for lang in LANGUAGES]
    assert all(path.name in line and "Plan" in line for line in lines)


@pytest.mark.long
def test_a_formula_is_refused_even_where_it_has_a_stored_value(tmp_path) -> None:
    path = workbook(tmp_path, ROW | {"target": "=P4-1"})
    assert codes(path) == [("plan_formula", "R4")]


@pytest.mark.long
def test_a_template_of_another_version_is_refused_before_anything_else(tmp_path) -> None:
    path = workbook(tmp_path, ROW | {"owner": None})
    book = openpyxl.load_workbook(path)
    book["Plan"]["A1"] = "Innenfor: gevinstrealiseringsplan, mal 7"
    book.save(path)
    assert [(each.code, each.cell, each.found) for each in refused(path)] == [("plan_version", "A1", "7")]


def test_a_template_nobody_filled_in_is_no_plan(tmp_path) -> None:
    assert [code for code, _ in codes(workbook(tmp_path))] == ["plan_no_rows"]


def test_a_column_of_somebody_s_own_is_not_lost_in_silence(tmp_path) -> None:
    path = workbook(tmp_path, ROW)
    book = openpyxl.load_workbook(path)
    book["Plan"].cell(3, len(KEYS) + 1, "Kommentar")
    book["Plan"].cell(3, KEYS.index("goal") + 1, "Tiltak")
    book.save(path)
    assert [code for code, _ in codes(path)] == ["plan_column_twice", "plan_unknown_column", "plan_column_missing"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"actual": 9.5, "actual_date": "2025-12-31"}, "plan_actual_with_indicator"),
        ({"indicator": None, "actual": 9.5}, "plan_actual_without_date"),
        ({"indicator": None, "actual": 9.5, "actual_date": "2021-12-31"}, "plan_actual_before"),
        ({"target": 9.8}, "plan_no_change"),
        ({"target": 900}, "plan_percent_range"),
        ({"baseline": 0.098, "target": 0.09}, "plan_looks_like_share"),
        ({"unit": "antall"}, "plan_unit_of_indicator"),
        ({"gain": "x" * 501}, "plan_too_long"),
        ({"target_date": "31.02.2026"}, "plan_date"),
        ({"target_date": "31.12.2022"}, "plan_dates_order"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(tmp_path, change, code) -> None:
    assert code in [found for found, _ in codes(workbook(tmp_path, ROW | change))]


@pytest.mark.parametrize("personal", ["15076500565", "kari@example.no"])
def test_a_plan_with_something_of_a_person_is_refused_whole(tmp_path, personal) -> None:
    for each in refused(workbook(tmp_path, ROW | {"owner": personal})):
        assert each.code in ("identity_number", "email_address")
        assert personal not in each.line("nb")


@pytest.mark.long
def test_the_old_plan_stays_while_the_new_one_has_problems(tmp_path) -> None:
    shutil.copy(EXAMPLE, tmp_path)
    workbook(tmp_path, ROW | {"owner": None})
    found = plan_in_use(tmp_path)
    assert found.plan is not None
    assert found.plan.file == EXAMPLE.name
    assert [each.code for each in found.refused["plan-2027-01.xlsx"]] == ["plan_missing"]


def test_a_new_plan_without_problems_takes_the_place_of_the_old(tmp_path) -> None:
    shutil.copy(EXAMPLE, tmp_path)
    workbook(tmp_path, ROW)
    found = plan_in_use(tmp_path)
    assert found.plan is not None
    assert (found.plan.file, found.refused) == ("plan-2027-01.xlsx", {})


def test_the_shipped_plan_is_fine_and_says_that_it_is_an_example(capsys) -> None:
    assert read_plan(EXAMPLE).example
    assert main(["check", str(EXAMPLE), "--source", "plan", "--json"]) == main(
        ["check", str(EXAMPLE), "--source", "plan"]
    )
    as_json, in_words = capsys.readouterr().out.splitlines()
    assert '"layout": "plan_1"' in as_json
    assert EXAMPLE.name in in_words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_shipped_template_is_the_one_innenfor_makes(lang) -> None:
    shipped = openpyxl.load_workbook(paths.shipped("plan") / f"template.{lang}.xlsx")
    made = openpyxl.load_workbook(io.BytesIO(plan_template(lang)))
    cells = [[[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()] for book in (shipped, made)]
    assert cells[0] == cells[1]


@pytest.mark.long
@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 2)))
def test_a_number_is_read_however_it_is_written(value) -> None:
    plain = f"{value:.2f}"
    grouped = f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",")
    assert number(plain) == number(plain.replace(".", ",")) == number(grouped) == value


@pytest.mark.long
@given(st.text(alphabet="0123456789.,- abc%", max_size=8))
def test_what_is_no_number_is_never_guessed(text) -> None:
    found = number(text)
    assert found is None or any(letter.isdigit() for letter in text)


@pytest.mark.parametrize("text", ["2026", "12-2026", "46022", "2026-13-01", "snart", "1.234.5"])
def test_what_is_no_date_is_never_guessed(text) -> None:
    assert day(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "template = 1\ngain = 5\n",
        "template = 1\n[[gain]]\n",
        "template = 1\n[gain]\nid = 'G1'\n",
        "[[gain]\n",
        "template = true\n",
    ],
)
def test_toml_of_another_shape_is_refused_with_its_place(tmp_path, text) -> None:
    path = tmp_path / "plan-2027-01.toml"
    path.write_text(text, encoding="utf-8")
    assert all(each.file == path.name and each.line("nb") for each in refused(path))


def test_a_plan_saved_as_text_is_read_like_a_workbook(tmp_path) -> None:
    headings = ";".join(column.label["nb"] for column in plan_form().columns)
    cells = ";".join(str(ROW.get(key, "")) for key in KEYS)
    path = tmp_path / "plan.csv"
    path.write_text(f"Innenfor, mal 1{';' * (len(KEYS) - 1)}\n{headings}\n{cells}\n", encoding="utf-8-sig")
    assert [(row.id, row.baseline, row.indicator) for row in read_plan(path).rows] == [("G1", 0.098, "neet_register")]


def test_an_old_spreadsheet_is_refused_by_kind(tmp_path) -> None:
    path = tmp_path / "plan.xls"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    assert [each.code for each in refused(path)] == ["old_excel"]


@pytest.mark.long
@pytest.mark.parametrize(("lang", "column", "allowed"), [("nb", "Eier", "prosent"), ("en", "Owner", "percent")])
def test_a_problem_names_columns_and_choices_as_the_file_does(tmp_path, lang, column, allowed) -> None:
    path = workbook(tmp_path, ROW | {"id": "G0", "owner": None}, ROW | {"unit": "favner"}, lang=lang)
    found = {each.code: each for each in refused(path) if each.cell in ("E4", "O5")}
    assert found["plan_missing"].column == column
    assert allowed in found["plan_choice"].expected.split(", ")


def test_a_date_is_told_without_a_time_of_day(tmp_path) -> None:
    wrong = ROW | {"baseline_date": dt.date(2027, 1, 1), "target_date": dt.date(2026, 12, 31)}
    (found,) = refused(workbook(tmp_path, wrong))
    assert (found.found, found.expected) == ("2026-12-31", "2027-01-01")


def test_an_age_group_is_the_same_with_either_dash(tmp_path) -> None:
    (gain,) = read_plan(workbook(tmp_path, ROW | {"age_group": "15–29"})).rows
    assert gain.age_group == "15-29"
