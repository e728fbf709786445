"""What is published of an experiment, attacked: a search through all tables, and worlds a few persons apart."""

import itertools
import json
import math
from collections.abc import Callable, Iterator

import numpy as np
import polars as pl
import pytest

from analytics.experiments.design.design import Design
from analytics.experiments.reporting.evaluation import evaluate, published

LEAST = 5
TRIAL = Design(kind="binary", registered="2025-01-01")
NUMBER = Design(registered="2025-01-01")
STAGES = ("assessed", "assigned", "started", "measured")
ARMS = ("control", "new")
Table = tuple[int, ...]


def told(*asked: object) -> str:
    return json.dumps(published(*asked).as_json(), sort_keys=True)  # type: ignore[arg-type]


def trial(events: tuple[int, int], n: tuple[int, int]) -> pl.DataFrame:
    return pl.DataFrame({"arm": ["control", "new"], "n": [*n], "events": [*events]})


def flow(control: Table, treated: Table) -> pl.DataFrame:
    rows = (("control", control), ("new", treated))
    return pl.DataFrame([{"arm": arm, **dict(zip(STAGES, counts, strict=True))} for arm, counts in rows])


def test_an_estimate_in_full_tells_who_was_measured() -> None:
    """The trap: 29 of 32 were measured. Among all tables of fewer lost than five, one gives the effect's digits."""
    value = evaluate(TRIAL, trial((12, 15), (29, 60))).value
    ways = itertools.product(range(61), range(28, 32), range(32))
    fitting = [n for e1, n, e0 in ways if e0 <= n and math.isclose(100 * (e1 / 60 - e0 / n), value)]
    assert fitting == [29]


@pytest.mark.parametrize("treated", [(90, 75, 75, 60), (90, 62, 62, 60), (90, 60, 60, 60)])
@pytest.mark.parametrize("measured", [29, 9])
def test_how_few_were_lost_changes_nothing_that_is_published(measured: int, treated: Table) -> None:
    worlds = [flow((44, measured + lost, measured + lost, measured), treated) for lost in range(1, LEAST)]
    assert len({told(TRIAL, trial((5, 25), (measured, 60)), each) for each in worlds}) == 1
    more = [flow((44, measured + lost, measured + lost, measured), treated) for lost in (0, LEAST)]
    assert len({told(TRIAL, trial((5, 25), (measured, 60)), each) for each in more}) == 2


def test_how_few_were_measured_changes_nothing_that_is_published() -> None:
    worlds = [(trial((0, 25), (few, 60)), flow((44, 40, 40, few), (90, 75, 75, 60))) for few in range(1, LEAST)]
    assert len({told(TRIAL, *each) for each in worlds}) == 1


def test_how_few_never_began_changes_nothing_that_is_published() -> None:
    worlds = [flow((44, 40, 29 + few, 29), (90, 75, 75, 60)) for few in range(1, LEAST)]
    assert len({told(TRIAL, trial((12, 15), (29, 60)), each) for each in worlds}) == 1


def shares(few: int) -> pl.DataFrame:
    return pl.DataFrame({"arm": ["control", "new"], "n": [100, 100], "mean": [few / 100, 0.3]})


def spread(few: int, digits: int) -> pl.DataFrame:
    mean = pl.col("mean")
    sd = (mean * (1 - mean) * 100 / 99).sqrt().round(digits)
    return shares(few).with_columns(sd=sd)


def schools(few: int) -> pl.DataFrame:
    """Return schools, each with its share of pupils, of whom few passed in one; nobody says it is yes or no."""
    passed = [(arm, place, few if (arm, place) == ("new", 0) else 12 + place) for arm in ARMS for place in range(4)]
    rows = [{"arm": arm, "cluster": f"{arm}{place}", "n": 40, "mean": events / 40} for arm, place, events in passed]
    return pl.DataFrame(rows)


@pytest.mark.parametrize(
    ("design", "table"),
    [
        (TRIAL, shares),
        (NUMBER, lambda few: spread(few, 4)),
        (NUMBER, lambda few: spread(few, 2)),
        (Design(method="cluster_rct", cluster="cluster", registered="2025-01-01"), schools),
    ],
    ids=["a share", "a mean with its spread", "a mean with its spread in two digits", "shares of schools"],
)
def test_a_few_told_as_a_mean_are_as_hidden_as_a_few_told_as_events(design: Design, table: Callable) -> None:
    assert len({evaluate(design, table(few)).value for few in range(1, LEAST)}) == LEAST - 1
    assert len({told(design, table(few)) for few in range(1, LEAST)}) == 1


def test_a_mean_of_a_number_is_told_as_it_is() -> None:
    days = pl.DataFrame({"arm": ["control", "new"], "n": [100, 100], "mean": [0.02, 0.3], "sd": [0.3, 0.9]})
    assert published(NUMBER, days).value == pytest.approx(0.28)


def before_and_after(mean: float) -> pl.DataFrame:
    return pl.DataFrame(
        [{"arm": arm, "period": period, "n": n, "mean": level + period, "sd": 1.0}
         for arm, n, level in (("control", 60, 5.0), ("new", 3, mean)) for period in (0, 1)]
    )  # fmt: skip


def offices(mean: float) -> pl.DataFrame:
    """Return offices that start at different times; the first to start has two persons alone."""
    own = (("a", 2, 2, mean), ("b", 3, 30, 6.0), ("c", 0, 40, 7.0), ("d", 0, 40, 7.5), ("e", 0, 40, 7.1))
    return pl.DataFrame(
        [{"unit": name, "period": t, "start": start, "n": n, "mean": level + t * level / 9, "sd": 1.0}
         for name, start, n, level in own for t in range(4)]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("design", "table"),
    [
        (Design(method="before_after", registered="2025-01-01"), before_and_after),
        (
            Design(method="staggered", unit="unit", start="start", comparison="not_yet", registered="2025-01-01"),
            offices,
        ),
    ],
    ids=["before and after", "staggered"],
)
def test_what_two_or_three_persons_have_on_average_is_not_told_over_time_either(
    design: Design, table: Callable
) -> None:
    assert json.dumps(evaluate(design, table(5.0)).as_json()) != json.dumps(evaluate(design, table(8.0)).as_json())
    assert told(design, table(5.0)) == told(design, table(8.0))


DURATION = Design(kind="duration", good="down", registered="2025-01-01")
START = {"control": 60, "new": 64}
TREATED: Table = (10, 0, 12, 6, 9)
"""Events, those who left, and so on by turns: three intervals, nobody leaves after the last."""


def pairs(table: Table) -> list[tuple[int, int]]:
    return [*zip(table[::2], (*table[1::2], 0), strict=True)]


def life(control: Table) -> pl.DataFrame:
    rows = []
    for arm, counts in (("control", control), ("new", TREATED)):
        left = START[arm]
        for interval, (events, gone) in enumerate(pairs(counts), 1):
            rows.append({"arm": arm, "interval": interval, "at_risk": left, "events": events, "censored": gone})
            left -= events + gone
    return pl.DataFrame(rows)


def curve(table: Table, start: int) -> tuple[list[float], float, float]:
    """Return the share left after each interval, its area and Greenwood's variance, written apart from the product."""
    left, at, risk = start, [1.0], []
    for events, gone in pairs(table):
        risk.append((left, events))
        at.append(at[-1] * (1 - events / left))
        left -= events + gone
    after = [sum(at[place:-1]) for place in range(1, len(at))]
    variance = sum(area**2 * d / (r * (r - d)) for area, (r, d) in zip(after, risk, strict=True) if r > d)
    return at[1:], sum(at[:-1]), variance


def with_curve(shown: list[float], table: Table = ()) -> Iterator[Table]:
    """Yield the tables whose curve is as shown, in whole per cent; the last interval's leavers have no say."""
    if len(table) == 2 * len(shown) - 1:
        yield table
    for gone, events in itertools.product(range(9) if table else (0,), range(5, 25)):
        more = (*table, gone, events) if table else (events,)
        levels, *_ = curve(more, START["control"])
        if len(more) < 2 * len(shown) and round(levels[-1], 2) == shown[len(levels) - 1]:
            yield from with_curve(shown, more)


def fitting(shown: list[float], value: float, se: float) -> Iterator[Table]:
    """Yield the control tables that give what is printed, by someone who knows the other arm and how it is rounded."""
    _, area, variance = curve(TREATED, START["new"])
    for table in with_curve(shown):
        _, own, spread = curve(table, START["control"])
        error = math.sqrt(variance + spread)
        step = 10.0 ** math.floor(math.log10(error / 2))
        found = round(round((area - own) / step) * step, 12)
        if float(f"{error:.2g}") == se and math.isclose(found, value, abs_tol=1e-9):
            yield table


@pytest.mark.parametrize("control", [(8, 2, 9, 3, 7), (12, 1, 6, 4, 5), (6, 4, 11, 2, 9)])
def test_how_few_left_without_an_event_cannot_be_searched_out_of_what_is_printed(control: Table) -> None:
    found = published(DURATION, life(control))
    shown = [point["survival"] for point in found.by_time if point["arm"] == "control"]
    tables = [*fitting(shown, found.value, found.se)]
    assert control in tables
    for place in (1, 3):
        could = {table[place] for table in tables}
        assert max(could) >= LEAST
        assert max(could) - min(could) >= LEAST - 2


def test_in_full_they_would_be() -> None:
    """The trap: tables with this curve, and with the effect and the error in all digits, have two that left first."""
    found, shown = evaluate(DURATION, life((8, 2, 9, 3, 7))), published(DURATION, life((8, 2, 9, 3, 7)))
    levels = [point["survival"] for point in shown.by_time if point["arm"] == "control"]
    area, variance = curve(TREATED, START["new"])[1:]
    known = [(table, *curve(table, START["control"])[1:]) for table in with_curve(levels)]
    near = [(table, spread) for table, own, spread in known if math.isclose(area - own, found.value)]
    assert {table[1] for table, spread in near if math.isclose((variance + spread) ** 0.5, found.se)} == {2}


def test_times_are_told_to_a_tenth_of_their_error_and_tests_in_two_digits() -> None:
    found = published(DURATION, life((8, 2, 9, 3, 7)))
    full = evaluate(DURATION, life((8, 2, 9, 3, 7)))
    assert abs(found.value - full.value) <= full.se / 4
    assert found.value == round(found.value, 2)
    assert found.p == pytest.approx(full.p, rel=0.05)
    assert np.isclose(found.beside["logrank"]["chi2"], full.beside["logrank"]["chi2"], rtol=0.05)
    assert all(line["value"] == round(line["value"], 2) for line in found.levels)
