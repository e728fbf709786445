"""Durations of persons who came under observation late: each is at risk from then on."""

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import ExperimentError
from analytics.experiments.reporting.evaluation import published

SPELLS = Design(kind="duration", outcome="time", events="event", horizon=8.0)
Floats = NDArray[np.float64]


def late(size: int = 300) -> pl.DataFrame:
    """Return persons whose times the entry cuts off from below, with ties between entries and events."""
    rng, arm = np.random.default_rng(3), np.arange(size) % 2
    time = np.ceil(rng.exponential(10, size) / np.where(arm, 1.5, 1) * 4) / 4
    entry = np.floor(rng.uniform(0, 6, size) * 4) / 4
    end = entry + rng.uniform(3, 12, size)
    table = pl.DataFrame({"arm": arm, "time": np.minimum(time, end), "event": (time <= end) * 1, "entry": entry})
    return table.filter(pl.col("time") > pl.col("entry"))


def _risk_sets(table: pl.DataFrame) -> list[tuple[float, Floats, Floats]]:
    """Return at each time of an event who is at risk, and who has it."""
    entry, time, event = (table[name].to_numpy() for name in ("entry", "time", "event"))
    return [
        (at, 1.0 * ((entry < at) & (time >= at)), 1.0 * ((time == at) & (event == 1)))
        for at in np.unique(time[event == 1]).tolist()
    ]


def _mean_time(table: pl.DataFrame, horizon: float) -> float:
    area, last, left = 0.0, 0.0, 1.0
    for at, risk, events in _risk_sets(table):
        if at <= horizon:
            area, last, left = area + left * (at - last), at, left * (1 - events.sum() / risk.sum())
    return area + left * (horizon - last)


@pytest.mark.long
def test_who_came_late_is_at_risk_from_then_on_in_curves_tests_and_cox() -> None:
    table = late()
    found = evaluate(SPELLS, table)
    none, one = (_mean_time(table.filter(pl.col("arm") == arm), 8.0) for arm in (0, 1))
    assert found.value == pytest.approx(one - none)
    assert found.n == {"0": int((table["arm"] == 0).sum()), "1": int((table["arm"] == 1).sum())}
    arm, sets = table["arm"].to_numpy(), _risk_sets(table)

    def against(beta: float) -> float:
        """Efron's partial likelihood, its sign turned."""
        ratio, told = np.exp(beta * arm), 0.0
        for _, risk, events in sets:
            ties = np.arange(events.sum()) / events.sum()
            told += beta * (events @ arm) - np.log(risk @ ratio - ties * (events @ ratio)).sum()
        return -told

    assert found.beside["cox"]["log_ratio"] == pytest.approx(minimize_scalar(against).x, abs=1e-6)
    expected = sum(events.sum() * (risk @ arm) / risk.sum() for _, risk, events in sets)
    assert found.beside["logrank"]["expected"] == pytest.approx(expected)
    assert {note.code: dict(note.facts) for note in found.notes}["entry_late"]["column"] == "entry"
    at_once = evaluate(SPELLS, table.with_columns(entry=0))
    assert at_once == evaluate(SPELLS, table.drop("entry"))


@pytest.mark.long
def test_who_was_there_from_the_start_is_at_risk_at_0() -> None:
    """An event at 0 counts, whether others came late or not."""
    table = late().with_columns(time=pl.when(pl.int_range(pl.len()) % 10 < 3).then(0.0).otherwise("time"))
    there = (pl.col("time") == 0) | (pl.int_range(pl.len()) % 10 > 6)
    table = table.with_columns(entry=pl.when(there).then(0.0).otherwise(0.01), event=1)
    moved = table.with_columns(pl.col("time") + 1, entry=pl.when(pl.col("entry") > 0).then(1.01).otherwise(0.0))
    later = Design(**{**vars(SPELLS), "horizon": 9.0})
    for drop in ((), ("entry",)):
        first, second = evaluate(SPELLS, table.drop(drop)), evaluate(later, moved.drop(drop))
        assert first.value == pytest.approx(second.value)
        assert first.beside["cox"]["log_ratio"] == pytest.approx(second.beside["cox"]["log_ratio"])
        assert first.beside["logrank"] == pytest.approx(second.beside["logrank"])
    at_once = evaluate(SPELLS, table.drop("entry").with_columns(time=pl.lit(0.0)))
    assert at_once.value == 0


def test_curves_begin_when_both_arms_are_followed_and_none_falls_to_zero_while_others_come() -> None:
    """The first two controls are alone when they leave: a curve from their entry would be 0 for all who come after."""
    alone = pl.DataFrame({"arm": [0, 0, 1], "time": [1.0, 2.0, 9.0], "event": [1, 1, 0], "entry": [0.5, 1.5, 0.5]})
    rest = late().filter(pl.col("entry") >= 3, pl.col("time") > 3)
    found = evaluate(
        SPELLS, pl.concat([rest.with_columns(pl.col("arm").cast(pl.Int64)), alone], how="vertical_relaxed")
    )
    told = {note.code: dict(note.facts) for note in found.notes}["entry_late"]
    assert (told["since"], told["before"]) == (3.0, 2)
    parts = [
        rest.filter(pl.col("arm") == 0),
        pl.concat([rest.filter(pl.col("arm") == 1), alone[2:]], how="vertical_relaxed"),
    ]
    none, one = (_mean_time(part, 8.0) for part in parts)
    assert found.value == pytest.approx(one - none)


@pytest.mark.long
def test_clusters_of_persons_who_came_late_have_their_own_error() -> None:
    """A person whom no event finds at risk tells nothing, of a cluster either."""
    table = late().with_columns(office=pl.col("arm") * 100 + pl.int_range(pl.len()) % 40 // 2 * 2)
    design = Design(**{**vars(SPELLS), "method": "cluster_rct", "cluster": "office", "draws": 9})
    seen = pl.DataFrame({"arm": [0], "time": [0.02], "event": [0], "entry": [0.01], "office": [0]})
    first, second = (evaluate(design, each).beside["cox"]
                     for each in (table, pl.concat([table, seen], how="vertical_relaxed")))  # fmt: skip
    assert first["se"] == pytest.approx(second["se"])


@pytest.mark.parametrize(("change", "code", "told"), [
    ({"entry": pl.col("time") + 1}, "entry_after", "300"),
    ({"entry": pl.when(pl.int_range(pl.len()) > 3).then(pl.col("entry"))}, "blank", "entry"),
    ({"entry": pl.when(pl.col("arm") == 1).then(50.0).otherwise(0.0), "time": pl.col("time") + 100 * pl.col("arm")},
     "entry_apart", "50"),
])  # fmt: skip
def test_entries_that_cannot_be_are_refused(change, code, told) -> None:
    with pytest.raises(ExperimentError) as caught:
        evaluate(SPELLS, late().filter(pl.col("time") < 50).with_columns(**change))
    assert caught.value.code == code
    assert "entry" in caught.value.says("nb")


def test_curves_of_late_entries_are_not_shown_to_anyone_nor_before_they_begin() -> None:
    with pytest.raises(ExperimentError, match="entry"):
        published(SPELLS, late())
    with pytest.raises(ExperimentError, match="horizon"):
        evaluate(Design(**{**vars(SPELLS), "horizon": 1.0}), late().filter(pl.col("entry") > 2))


def test_an_entry_written_as_text_is_read_and_one_of_dates_or_words_is_told() -> None:
    table = late()
    written = table.with_columns(entry=pl.col("entry").cast(pl.String).str.replace(".", ",", literal=True))
    assert evaluate(SPELLS, written).value == evaluate(SPELLS, table).value
    with pytest.raises(ExperimentError, match="early"):
        evaluate(SPELLS, written.with_columns(entry=pl.when(pl.int_range(pl.len()) == 7).then(pl.lit("early"))
                                              .otherwise("entry")))  # fmt: skip
    without = evaluate(SPELLS, table.drop("entry"))
    for given in (pl.date(2024, 3, 1), pl.lit("spring")):
        found = evaluate(SPELLS, table.with_columns(entry=given))
        told = {note.code: dict(note.facts) for note in found.notes}["entry_unread"]
        assert (told, found.value) == ({"column": "entry"}, without.value)
        assert all("entry" in str(found.note_texts(lang)) for lang in ("nb", "en"))
