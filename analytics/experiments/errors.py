"""What stops an evaluation before any estimate: E01–E09, each with its facts."""

from dataclasses import dataclass

from data.errors import InnenforError


class ExperimentError(InnenforError, code="E00"):
    """A design or a table that cannot be evaluated as it stands."""


@dataclass(eq=False)
class ColumnError(ExperimentError):
    """A fault in one column of the table."""

    column: str


@dataclass(eq=False)
class RowsError(ColumnError):
    """A fault in some rows of one column, and how many of them."""

    count: int


@dataclass(eq=False)
class ColumnMissingError(ColumnError, code="E01"):
    """E01: the design names a column or value that the table does not have; `meant` is the nearest, if any is near."""

    meant: str

    def do(self, lang: str = "en") -> str:
        """Return the cure: the nearest name, or where to set the right one."""
        return self._word(lang, "do" if self.meant else "name")


@dataclass(eq=False)
class ArmNotFoundError(ColumnError, code="E02"):
    """E02: there is one arm only, or the control arm is not in the table, or more than two arms remain."""

    control: str


class ArmUnmeasuredError(ArmNotFoundError, code="unmeasured"):
    """An arm in which nobody has an outcome."""


class ArmBlankError(RowsError, code="E03"):
    """E03: rows without an arm."""


class UnitInTwoArmsError(RowsError, code="E04"):
    """E04: one unit stands in both arms."""


class UnitInTwoClustersError(RowsError, code="unit_clusters"):
    """One unit stands in several clusters over time."""


class DuplicateRowError(RowsError, code="E05"):
    """E05: one unit has several rows for one period."""


class ClusterInTwoArmsError(RowsError, code="E07"):
    """E07: a cluster stands in both arms though the design assigns by cluster."""


class BlankError(RowsError, code="blank"):
    """Rows without a cluster or a period, where others have one."""


class FlowContradictsError(RowsError, code="flow"):
    """A flow in which more stand at a later stage than at an earlier one."""


class MeanContradictsError(RowsError, code="contradicts"):
    """Rows whose mean says another share than their events."""


class IntervalsApartError(RowsError, code="intervals"):
    """A life table whose intervals do not follow one another, or are not the same in both arms."""


class AtRiskGrowsError(RowsError, code="at_risk"):
    """A life table in which more are at risk than the interval before left."""


class NoVarianceError(ColumnError, code="E08"):
    """E08: the outcome has one value only."""


class NotYesNoError(RowsError, code="E09"):
    """E09: an outcome declared yes/no, or a count, holds a value it cannot have."""


class NoBeforeError(RowsError, code="E10"):
    """E10 taken to the end: every treated unit is treated from the first period."""


class NoWholeUnitError(RowsError, code="holes"):
    """An arm in which no unit was measured in every period."""


class NothingComparableError(ColumnError, code="E11"):
    """E11 taken to the end: no unit, or no period, is left to compare."""


@dataclass(eq=False)
class DesignNotUnderstoodError(ColumnError, code="design"):
    """A design file with an unknown key or a value outside its list."""

    meant: str


@dataclass(eq=False)
class AdjustmentImpossibleError(ColumnError, code="adjustment"):
    """The design asks for an adjusted estimate that the covariates do not allow.

    reason: `needs_person_rows`, `needs_same_units`, `covariates_missing`, `covariates_dependent`,
    `covariates_no_overlap` or `published_counts`.
    """

    reason: str

    def do(self, lang: str = "en") -> str:
        """Return the cure of the reason."""
        return self._word(lang, self.reason)


class KnownAfterError(ColumnError, code="known_after"):
    """A covariate or a subgroup that is the outcome, the arm or the taking part: known only after the assignment."""


class BlocksApartError(RowsError, code="blocks"):
    """Blocks none of which holds both arms."""


class ClusterInTwoBlocksError(RowsError, code="cluster_blocks"):
    """A cluster that stands in several blocks."""


class ArmAgainstStartError(RowsError, code="arm_start"):
    """Rows whose arm says something else than their first treated period."""


class NotTakenPartError(RowsError, code="received"):
    """A column of who took part that says something else than yes and no."""


class TableNotUnderstoodError(ColumnError, code="table"):
    """A table whose cells cannot be read as the numbers they should be."""


class OutOfScaleError(ColumnError, code="scale"):
    """A number whose powers no computer holds: another unit mends it."""


class NotATableError(ExperimentError, code="not_a_table"):
    """Something given as a table that has no rows and columns, or two columns of one name."""


class NotWholeError(ColumnError, code="not_whole"):
    """A count of persons or events that is no whole number."""


class PeriodsUnorderedError(ColumnError, code="period"):
    """Periods written as texts that do not tell which comes first."""


class NotWrittenError(ExperimentError, code="not_written"):
    """A file of results that cannot be written."""


@dataclass(eq=False)
class NotDeliveredError(ExperimentError, code="not_delivered"):
    """An experiment that cannot be evaluated from the warehouse; `found` names those that can.

    reason: `not_registered`, `no_design`, or `not_delivered`.
    """

    reason: str

    def says(self, lang: str = "en") -> str:
        """Return what is wrong: which of the three."""
        return self._word(lang, self.reason)
