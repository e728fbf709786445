"""The arms of a table: which is the control, who is treated, and whether that agrees with the first treated period."""

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import ArmAgainstStartError, ArmBlankError, ArmNotFoundError, ExperimentError
from analytics.experiments.input.arrays import ExperimentArrays, Labels
from analytics.experiments.input.columns import missing, raise_all
from analytics.experiments.input.unit_checks import OVER_TIME

CONTROLS = (
    "0", "control", "kontroll", "comparison", "sammenligning", "controls", "false", "c", "no", "nei", "usann",
    "untreated", "kontrollgruppe", "kontrollgruppen", "control group", "sammenligningsgruppe",
)  # fmt: skip
"""What a control arm is called where the design does not say."""
UNTREATED, TREATED = "comparison", "treated"
SIDES = np.array([UNTREATED, TREATED], dtype=object)


def blank_arms(design: Design, table: ExperimentArrays) -> list[ExperimentError]:
    """Return E03 for rows without an arm, E01 where a table that needs one has none."""
    count = int(table.labels["arm"].blank.sum())
    if count == 0 or (count == len(table) and design.method in OVER_TIME and design.arm is None):
        return []
    if count == len(table) and design.arm is None:
        return [missing(design, "arm", list(table.columns))]
    return [ArmBlankError(design.key, f"{count}/{len(table)}", column=design.arm or "arm", count=count)]


def in_two_sides(design: Design, table: ExperimentArrays) -> tuple[ExperimentArrays, str, str]:
    """Return the rows of the control and the treated arm, marked, with the arms' labels."""
    arm = table.labels["arm"]
    if design.method == "staggered" or arm.blank.all():
        raise_all(_against_start(design, table, _control_of(design, arm.present)))
        late = ~np.isnan(table["start"])
        names = Labels(late.astype(np.int64), SIDES)
        return table.in_arms(late, names, table["start"]), UNTREATED, TREATED
    control, treated = two_arms(design, arm.present, design.arm or "arm")
    none, one = (arm.are(name) for name in (control, treated))
    raise_all(_against_start(design, table.where(none | one), control) if design.method in OVER_TIME else [])
    start = np.where(one, table["start"], np.nan) if design.method in OVER_TIME else table["start"]
    return table.in_arms(one, arm, start).where(one | none), control, treated


def two_arms(design: Design, names: list[str], column: str) -> tuple[str, str]:
    """Return the control's and the treated arm's label among those of a column; raises E02 where they are not two."""
    control = _control_of(design, names)
    asked = design.treatment or next(iter(design.treatments), None)
    raise_all([missing(design, asked, names)] if asked and asked not in names else [])
    others = [asked] if asked else [name for name in names if name != control]
    if control is None or control not in names or len(others) != 1 or others[0] not in names:
        raise ArmNotFoundError(design.key, ", ".join(names), column=column, control=control or "control")
    return control, others[0]


def _control_of(design: Design, names: list[str]) -> str | None:
    return design.control or next((name for name in names if name.casefold() in CONTROLS), None)


def _against_start(design: Design, table: ExperimentArrays, control: str | None) -> list[ExperimentError]:
    """Return the rows whose arm contradicts their first treated period.

    The control arm has no start in the table's time, another arm has one; a start after the last period fits both. In a
    staggered design an arm may instead follow the start in every row: who is treated by then. Before and after, one
    start may stand in every row.
    """
    arm, start = table.labels["arm"], table["start"]
    if control not in arm.present or np.isnan(start).all():
        return []
    untreated, known = arm.are(control) & ~arm.blank, ~np.isnan(start)
    treated = ~untreated & ~arm.blank
    if design.method == "before_after":
        known = np.isin(table.labels["unit"].codes, table.labels["unit"].codes[known]) & (
            ~table.labels["unit"].blank | known
        )
        apart = (treated & ~known) | (untreated & known & (untreated & ~known).any())
    else:
        apart = (untreated & (start <= np.fmax.reduce(table["period"]))) | (treated & ~known)
        by_then = start <= table["period"]
        apart &= ((untreated & by_then) | (treated & ~by_then)).any()
    return [_named(design, table, np.flatnonzero(apart))] if apart.any() else []


def _named(design: Design, table: ExperimentArrays, rows: NDArray[np.int64]) -> ExperimentError:
    """Return the rows told as unit (or the row's number), arm and start."""
    units, arms = (table.labels[name].where(rows).series for name in ("unit", "arm"))
    starts = ["–" if np.isnan(start) else table.period(start) for start in table["start"][rows].tolist()]
    told = [
        f"{unit or row + 1} ({arm}, {start})" for unit, row, arm, start in zip(units, rows, arms, starts, strict=True)
    ]
    found = ", ".join(list(dict.fromkeys(told))[:5])
    return ArmAgainstStartError(design.key, found, column=design.arm or "arm", count=len(rows))
