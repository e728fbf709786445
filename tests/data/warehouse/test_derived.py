"""What the build works out stands where nothing is delivered, and never beside what is."""

from pathlib import Path

import pytest

from data.warehouse import connection
from data.warehouse.build import build
from tests.data.raw_ground import deliver

pytestmark = pytest.mark.long
PARTS = {"15-29": (240, 2400), "20-24": (100, 800), "25-29": (80, 800)}


@pytest.mark.parametrize(
    ("delivered", "derived"), [({}, "15-29 minus 20-24 minus 25-29"), ({"15-19": (60, 800)}, None)]
)
def test_an_age_is_worked_out_only_where_it_is_not_delivered(delivered, derived, tmp_path: Path, monkeypatch) -> None:
    rows = [
        f"neet_register,4204,2023,{age},{sex},{count},{people},,final,0"
        for age, (count, people) in (PARTS | delivered).items() for sex in ("female", "male")
    ]  # fmt: skip
    deliver(tmp_path / "raw", *rows)
    build(tmp_path / "raw", tmp_path / "var")
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    shown = connection.query("observations_shown", indicator="neet_register", region="4204")
    young = [row for row in shown.iter_rows(named=True) if row["age_group"] == "15-19"]
    assert [(row["sex"], row["count"], row["population"], row["derived"]) for row in young] == [
        ("female", 60, 800, derived), ("male", 60, 800, derived),
    ]  # fmt: skip
    assert shown.select("age_group", "sex", "period").is_duplicated().sum() == 0
