"""Stars in tables with sexes, ages, places and several editions, attacked apart from the rule that protects them."""

import itertools
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from data.disclosure.withhold import withhold
from data.settings import Disclosure
from data.warehouse import connection
from data.warehouse.build import build
from tests.data.raw_ground import deliver

RULES = {
    name: Disclosure(threshold, zeros_published=True, max_suppressed_count=most)
    for name, threshold, most in (("nav", 4, 3), ("ssb", 0, 0))
}
PLACES = {"42": ("4201", "4202", "4203"), "11": ("1101", "1103")}
AGES = {"18-66": ("18-29", "30-66"), "18-29": ("18-29",), "30-66": ("30-66",)}
SEXES = {"both": ("female", "male"), "female": ("female",), "male": ("male",)}
REGIONS = {"0": sum(PLACES.values(), ()), **PLACES, **{code: (code,) for codes in PLACES.values() for code in codes}}
INNER = list(itertools.product(sum(PLACES.values(), ()), AGES["18-66"], SEXES["both"]))


def inner(region: str, age: str, sex: str) -> list[float]:
    """Return which of the innermost cells a figure is the sum of."""
    return [float(r in REGIONS[region] and a in AGES[age] and s in SEXES[sex]) for r, a, s in INNER]


def reach(rows: pl.DataFrame, stars: list[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[float, float]]:
    """Return the least and most of each star, every figure written out as a sum of innermost cells."""
    printed = [row for row in rows.iter_rows(named=True) if row["count"] is not None]
    equal = [inner(row["region_code"], row["age_group"], row["sex"]) for row in printed]
    between = np.array([inner(*star) for star in stars])
    found = {}
    for star in stars:
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * np.array(inner(*star)),
                A_eq=np.array(equal) if equal else None,
                b_eq=[row["count"] for row in printed] if equal else None,
                A_ub=np.vstack([between, -between]),
                b_ub=[3.0] * len(stars) + [-1.0] * len(stars),
            )
            assert answer.status == 0, answer.message
            ends.append(round(sign * answer.fun, 5))
        found[star] = (ends[0], ends[1])
    return found


def delivered(counts: list[int], printed: list[tuple[str, str, str]]) -> pl.DataFrame:
    """Return the rows a publisher would print of a cube, counts of 1 to 3 starred."""
    rows = []
    for region, age, sex in printed:
        n = int(np.dot(inner(region, age, sex), counts))
        hidden = 1 <= n <= 3
        rows.append(("x", "2025-01", age, sex, region, None if hidden else n, "suppressed" if hidden else "final"))
    names = ["indicator", "period", "age_group", "sex", "region_code", "count", "status"]
    frame = pl.DataFrame(rows, schema={n: pl.Int64 if n == "count" else pl.String for n in names}, orient="row")
    return frame.with_columns(value=pl.lit(None, dtype=pl.Float64), source=pl.lit("nav"), edition=pl.lit("e"))


ALL = list(itertools.product(REGIONS, AGES, SEXES))


@pytest.mark.long
@given(
    st.lists(st.sampled_from([0, 1, 2, 3, 4, 9, 40]), min_size=len(INNER), max_size=len(INNER)),
    st.sampled_from(
        [ALL, [c for c in ALL if c[2] != "both"], [c for c in ALL if c[1] != "18-66"], ALL[::2], ALL[1::3]]
    ),
)
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
def test_no_star_of_a_linked_table_is_known_more_closely_than_the_stars_alone_tell(
    counts: list[int], printed: list[tuple[str, str, str]]
) -> None:
    rows = delivered(counts, printed)
    outcome, _ = withhold(rows, RULES)
    stars = sorted(rows.filter(status="suppressed").select("region_code", "age_group", "sex").rows())
    assert reach(outcome, stars) == reach(outcome.clear(), stars)


def row(region: str, age: str, sex: str, count: object = "", *, population: object = "", value: object = "") -> str:
    status = "suppressed" if count == "" and value == "" else "final"
    return f"reduced_work_capacity,{region},2025-01,{age},{sex},{count},{population},{value},{status},0"


WEST = [
    row(code, "18-29", "female", 100) for code in ("03", "11", "15", "18", "31", "32", "33", "34", "39", "40", "46")
]
LEAKS = {
    "the other sex": [row("4201", "18-29", s, n) for s, n in (("both", 32), ("male", 30), ("female", ""))],
    "the other ages": [row("4201", a, "both", n) for a, n in (("18-66", 90), ("30-66", 88), ("18-29", ""))],
    "a county of women alone": [
        *(row(code, "18-29", "female", 20) for code in ("4202", "4203")),
        row("4201", "18-29", "female"), row("42", "18-29", "female", 42),
    ],
    "the nation": [*WEST, row("42", "18-29", "female"), row("0", "18-29", "female", 1102)],
}  # fmt: skip


def stored(var: Path, monkeypatch: pytest.MonkeyPatch) -> pl.DataFrame:
    monkeypatch.setenv("INNENFOR_VAR", str(var))
    return connection.query("observations_shown", indicator="reduced_work_capacity", region=None)


@pytest.mark.long
@pytest.mark.parametrize("leak", LEAKS)
def test_a_star_that_one_subtraction_gives_back_costs_a_printed_figure(leak, tmp_path, monkeypatch) -> None:
    deliver(tmp_path / "raw", *LEAKS[leak], source="nav")
    report = build(tmp_path / "raw", tmp_path / "var")
    hidden = stored(tmp_path / "var", monkeypatch).filter(status="suppressed")
    assert hidden.height >= 2
    assert report.withheld == hidden.height - 1
    assert hidden["count"].null_count() == hidden["value"].null_count() == hidden.height


@pytest.mark.long
def test_a_share_of_known_residents_tells_a_small_count_and_is_hidden(tmp_path, monkeypatch) -> None:
    deliver(tmp_path / "raw", row("4201", "18-29", "both", population=163, value=0.01227), source="nav")
    build(tmp_path / "raw", tmp_path / "var")
    assert stored(tmp_path / "var", monkeypatch).select("count", "value", "status").rows() == [
        (None, None, "suppressed")
    ]


@pytest.mark.long
def test_a_cell_hidden_in_one_edition_is_hidden_in_all(tmp_path, monkeypatch) -> None:
    deliver(tmp_path / "raw", row("4201", "18-29", "both"), source="nav")
    deliver(tmp_path / "raw", row("4201", "18-29", "both", 5), source="nav", edition="later")
    deliver(tmp_path / "raw", row("4201", "18-29", "both", value=0.02), source="nav", edition="shares")
    build(tmp_path / "raw", tmp_path / "var")
    assert stored(tmp_path / "var", monkeypatch).select("count", "value").rows() == [(None, None)] * 3


def test_stars_that_bound_each_other_cost_nothing() -> None:
    rows = delivered([1, 1, *[40] * (len(INNER) - 2)], [("4201", "18-29", sex) for sex in SEXES])
    outcome, cells = withhold(rows, RULES)
    assert cells.is_empty()
    assert outcome.sort("sex").equals(rows.sort("sex"))


def test_a_figure_ssb_keeps_confidential_is_not_had_from_the_county() -> None:
    rows = delivered([40] * len(INNER), [(code, "18-29", "both") for code in ("42", *PLACES["42"])])
    mark = pl.col("region_code") == "4201"
    given = rows.with_columns(
        source=pl.lit("ssb"),
        count=pl.when(~mark).then("count"),
        status=pl.when(mark).then(pl.lit("suppressed")).otherwise("status"),
    )
    _, cells = withhold(given, RULES)
    assert cells["region_code"].to_list() == ["4202"]  # one of two alike: the county's total is dearer
