"""The checks that come before any estimate: E01–E05, E07–E09. What passes is a `Sample`."""

from dataclasses import dataclass, field

import polars as pl

from analytics.experiments.columns import missing, raise_all
from analytics.experiments.design import Design
from analytics.experiments.errors import (
    ArmBlankError,
    ArmNotFoundError,
    ClusterInTwoArmsError,
    DuplicateRowError,
    ExperimentError,
    NotYesNoError,
    NoVarianceError,
    UnitInTwoArmsError,
)

CONTROLS = ("0", "control", "kontroll", "comparison", "sammenligning", "controls", "false", "c")
OVER_TIME = ("staggered", "before_after")
TREATED, UNTREATED = "treated", "comparison"
BASELINE_SCHEMA = {"outcome": pl.String, "treated": pl.Boolean, "n": pl.Float64, "mean": pl.Float64, "ss": pl.Float64}


@dataclass(frozen=True)
class Sample:
    """A checked table.

    `rows`: unit, cluster, block, arm, treated, period, start, n, mean, ss (sum of squares inside the row; null where
    unknown), low and high (fewest and most events, equal unless hidden), x_<covariate>.
    `persons`: every row is one unit.
    `baseline`: outcome, treated, n, mean, ss. `assigned`: persons or rows by arm before any outcome was missing.
    `dropped`: what could not be used, as reason and count; told in the estimate's notes.
    """

    rows: pl.DataFrame
    kind: str
    persons: bool
    control: str
    treated: str
    baseline: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=BASELINE_SCHEMA))
    assigned: dict[str, float] = field(default_factory=dict)
    dropped: tuple[tuple[str, int], ...] = ()

    @property
    def hidden(self) -> bool:
        """Say whether any count is hidden, so that only a band can be told."""
        return bool((self.rows["low"] < self.rows["high"]).any())

    @property
    def arms(self) -> dict[str, bool]:
        """Return the two arms' labels, control first, with whether each is treated."""
        return {self.control: False, self.treated: True}


def checked(design: Design, rows: pl.DataFrame, *, persons: bool) -> Sample:
    """Return the sample of canonical rows; raises every problem found, collected."""
    raise_all(_blank_arms(design, rows))
    rows = _assigned_by(design, rows)
    rows, control, treated = _two_arms(design, rows)
    primary = _primary(design, rows)
    earlier = _before(design, primary)
    kind = design.kind or _kind(primary, persons=persons)
    problems = [
        *_value_problems(design, primary, kind, persons=persons),
        *_unit_problems(design, primary, persons=persons),
    ]
    raise_all(problems)
    current = primary if design.method in OVER_TIME else primary.filter(~earlier)
    used = current.filter((pl.col("mean").is_not_null() | (pl.col("low") < pl.col("high"))) & (pl.col("n") > 0))
    raise_all(_no_variance(design, used))
    assigned = {str(arm): float(count) for arm, count in current.group_by("arm").agg(pl.col("n").sum()).iter_rows()}
    lost = len(current) - len(used)
    dropped = (("outcome_missing", lost),) if lost else ()
    baseline = _baseline(design, rows, primary.filter(earlier))
    return Sample(used, kind, persons, control, treated, baseline, assigned, dropped)


def _assigned_by(design: Design, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the unit as cluster where a cluster trial names none."""
    if design.method != "cluster_rct" or rows["cluster"].is_not_null().any():
        return rows
    if rows["unit"].is_null().all():
        raise missing(design, design.cluster or "cluster", [])
    return rows.with_columns(cluster="unit")


def _blank_arms(design: Design, rows: pl.DataFrame) -> list[ExperimentError]:
    count = rows["arm"].null_count()
    if count == 0 or (count == len(rows) and design.method in OVER_TIME and design.arm is None):
        return []
    column = design.arm or "arm"
    if count == len(rows) and design.arm is None:
        return [missing(design, "arm", [])]
    return [ArmBlankError(where=design.key, found=f"{count}/{len(rows)}", column=column, count=count)]


def _two_arms(design: Design, rows: pl.DataFrame) -> tuple[pl.DataFrame, str, str]:
    """Return the rows of the control and the treated arm, marked, with the arms' labels."""
    if design.method == "staggered" or rows["arm"].is_null().all():
        late = pl.col("start").is_not_null()
        names = pl.when(late).then(pl.lit(TREATED)).otherwise(pl.lit(UNTREATED))
        return rows.with_columns(treated=late, arm=names), UNTREATED, TREATED
    names_found = rows["arm"].unique().sort().to_list()
    control = design.control or next((name for name in names_found if name.casefold() in CONTROLS), None)
    others = [design.treatment] if design.treatment else [name for name in names_found if name != control]
    if control is None or control not in names_found or len(others) != 1 or others[0] not in names_found:
        found = ", ".join(names_found)
        raise ArmNotFoundError(where=design.key, found=found, column=design.arm or "arm", control=control or "control")
    kept = rows.filter(pl.col("arm").is_in([control, others[0]]))
    starts = pl.when(pl.col("arm") == others[0]).then("start") if design.method in OVER_TIME else pl.col("start")
    return kept.with_columns(treated=pl.col("arm") == others[0], start=starts), control, others[0]


def _primary(design: Design, rows: pl.DataFrame) -> pl.DataFrame:
    if "k_outcome" not in rows.columns:
        return rows
    names = rows["k_outcome"].drop_nulls().unique().sort().to_list()
    wanted = design.outcome if design.outcome in names or len(names) != 1 or design.outcome != "outcome" else names[0]
    wanted = names[0] if wanted is None and len(names) == 1 else wanted
    if wanted not in names:
        raise missing(design, wanted or "outcome", names)
    return rows.filter(pl.col("k_outcome") == wanted)


def _before(design: Design, primary: pl.DataFrame) -> pl.Series:
    """Return which rows are not of the period evaluated: the one named by `at`, else the last."""
    period = primary["period"]
    last = period.drop_nulls().sort().to_list()[-1:]
    at = design.at if design.at is not None else next(iter(last), None)
    if at is None:
        return pl.Series([False] * len(primary), dtype=pl.Boolean)
    if at not in period.to_list():
        offered = [f"{value:g}" for value in period.drop_nulls().unique().sort().to_list()]
        raise missing(design, f"{at:g}", offered)
    return (period != at).fill_null(value=True)


def _kind(primary: pl.DataFrame, *, persons: bool) -> str:
    if persons:
        return "binary" if set(primary["mean"].drop_nulls().unique()) <= {0.0, 1.0} else "number"
    return "binary" if primary["low"].is_not_null().any() else "number"


def _value_problems(design: Design, primary: pl.DataFrame, kind: str, *, persons: bool) -> list[ExperimentError]:
    if kind != "binary":
        return []
    wrong = primary.filter(~pl.col("mean").is_in([0.0, 1.0])) if persons else _impossible(primary)
    if wrong.is_empty():
        return []
    column = (design.outcome or "outcome") if persons else design.events
    values = wrong["mean" if persons or column not in wrong.columns else "events"].unique().sort().to_list()
    found = ", ".join(f"{value:g}" for value in values[:5] if value is not None)
    return [NotYesNoError(where=design.key, found=found, column=column, count=len(wrong))]


def _impossible(primary: pl.DataFrame) -> pl.DataFrame:
    broken = (pl.col("low") < 0) | (pl.col("high") > pl.col("n")) | (pl.col("events") % 1 != 0)
    return primary.filter(broken | ((pl.col("mean") < 0) | (pl.col("mean") > 1)))


def _unit_problems(design: Design, primary: pl.DataFrame, *, persons: bool) -> list[ExperimentError]:
    problems: list[ExperimentError] = []
    by_unit = persons or design.method in OVER_TIME
    named = primary["unit"].is_not_null().any()
    two = _in_two_arms(primary, "unit") if named and by_unit else []
    if two:
        problems.append(
            UnitInTwoArmsError(design.key, ", ".join(two[:5]), column=design.unit or "unit", count=len(two))
        )
    both = _in_two_arms(primary, "cluster") if design.method == "cluster_rct" else []
    if both:
        column = design.cluster or "cluster"
        problems.append(ClusterInTwoArmsError(design.key, ", ".join(both[:5]), column=column, count=len(both)))
    if named and not two:
        problems += _duplicates(design, primary)
    return problems


def _duplicates(design: Design, primary: pl.DataFrame) -> list[ExperimentError]:
    keys = ["unit", "cluster", "block", "arm", "period"]
    keys = ["unit", "period"] if design.method in OVER_TIME else keys
    twice = primary.group_by(keys).len().filter(pl.col("len") > 1).sort(keys)
    if twice.is_empty():
        return []
    shown = [row["unit"] if row["period"] is None else f"{row['unit']} ({row['period']:g})" for row in twice.to_dicts()]
    column = ", ".join(filter(None, [design.unit or "unit", design.period]))
    return [DuplicateRowError(design.key, ", ".join(map(str, shown[:5])), column=column, count=len(twice))]


def _in_two_arms(rows: pl.DataFrame, column: str) -> list[str]:
    arms = rows.drop_nulls(column).group_by(column).agg(pl.col("arm").n_unique())
    return arms.filter(pl.col("arm") > 1)[column].sort().to_list()


def _no_variance(design: Design, used: pl.DataFrame) -> list[ExperimentError]:
    spread = used["mean"].n_unique() > 1 or used["ss"].sum() > 0 or (used["low"] < used["high"]).any()
    sides = used["treated"].n_unique()
    if sides < 2 and design.method != "staggered":
        found = ", ".join(used["arm"].unique().sort().to_list())
        return [ArmNotFoundError(design.key, found, column=design.arm or "arm", control=design.control or "control")]
    if spread or used["ss"].null_count():
        return []
    value = used["mean"][0]
    column = design.outcome or "outcome"
    return [NoVarianceError(where=design.key, found="–" if value is None else f"{value:g}", column=column)]


def _baseline(design: Design, rows: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    """Return what was known before the start: covariates of persons, and outcomes of period 0 or earlier."""
    parts = [earlier.filter(pl.col("period") <= 0).with_columns(outcome=pl.lit(design.outcome or "outcome"))]
    if "k_outcome" in rows.columns:
        others = rows.filter((pl.col("k_outcome") != (design.outcome or "")) & (pl.col("period") <= 0))
        parts.append(others.with_columns(outcome=pl.col("k_outcome")))
    numeric = [name for name in design.covariates if rows[f"x_{name}"].dtype.is_numeric()]
    first = rows.filter(pl.col("period").is_null() | (pl.col("period") == pl.col("period").min()))
    for name in numeric:
        x = pl.col(f"x_{name}").cast(pl.Float64)
        parts.append(first.with_columns(outcome=pl.lit(name), mean=x, ss=pl.lit(0.0)).filter(x.is_not_null()))
    frames = [part.select(list(BASELINE_SCHEMA)).cast(BASELINE_SCHEMA) for part in parts]  # type: ignore[arg-type]
    return pl.concat(frames).sort(list(BASELINE_SCHEMA))
