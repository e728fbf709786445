"""What stops an evaluation before any estimate: E01–E09, each with its facts."""

from dataclasses import dataclass
from typing import ClassVar

from data.errors import InnenforError


@dataclass(eq=False)
class ExperimentError(InnenforError):
    """A design or a table that cannot be evaluated as it stands."""

    code: ClassVar[str] = "E00"


@dataclass(eq=False)
class ColumnError(ExperimentError):
    """A fault in one column of the table."""

    column: str


@dataclass(eq=False)
class RowsError(ColumnError):
    """A fault in some rows of one column, and how many of them."""

    count: int


@dataclass(eq=False)
class ColumnMissingError(ColumnError):
    """E01: the design names a column or value that the table does not have; `meant` is the nearest, if any is near."""

    code: ClassVar[str] = "E01"
    meant: str

    def do(self, lang: str = "en") -> str:
        """Return the cure: the nearest name, or where to set the right one."""
        return self._word(lang, "do" if self.meant else "name")


@dataclass(eq=False)
class ArmNotFoundError(ColumnError):
    """E02: there is one arm only, or the control arm is not in the table, or more than two arms remain."""

    code: ClassVar[str] = "E02"
    control: str


class ArmUnmeasuredError(ArmNotFoundError):
    """An arm in which nobody has an outcome."""

    code: ClassVar[str] = "unmeasured"


class ArmBlankError(RowsError):
    """E03: rows without an arm."""

    code: ClassVar[str] = "E03"


class UnitInTwoArmsError(RowsError):
    """E04: one unit stands in both arms."""

    code: ClassVar[str] = "E04"


class UnitInTwoClustersError(RowsError):
    """One unit stands in several clusters over time."""

    code: ClassVar[str] = "unit_clusters"


class DuplicateRowError(RowsError):
    """E05: one unit has several rows for one period."""

    code: ClassVar[str] = "E05"


class ClusterInTwoArmsError(RowsError):
    """E07: a cluster stands in both arms though the design assigns by cluster."""

    code: ClassVar[str] = "E07"


class BlankError(RowsError):
    """Rows without a cluster or a period, where others have one."""

    code: ClassVar[str] = "blank"


class FlowContradictsError(RowsError):
    """A flow in which more stand at a later stage than at an earlier one."""

    code: ClassVar[str] = "flow"


class MeanContradictsError(RowsError):
    """Rows whose mean says another share than their events."""

    code: ClassVar[str] = "contradicts"


class IntervalsApartError(RowsError):
    """A life table whose intervals do not follow one another, or are not the same in both arms."""

    code: ClassVar[str] = "intervals"


class AtRiskGrowsError(RowsError):
    """A life table in which more are at risk than the interval before left."""

    code: ClassVar[str] = "at_risk"


class NoVarianceError(ColumnError):
    """E08: the outcome has one value only."""

    code: ClassVar[str] = "E08"


class NotYesNoError(RowsError):
    """E09: an outcome declared yes/no, or a count, holds a value it cannot have."""

    code: ClassVar[str] = "E09"


class NoBeforeError(RowsError):
    """E10 taken to the end: every treated unit is treated from the first period."""

    code: ClassVar[str] = "E10"


class NoWholeUnitError(RowsError):
    """An arm in which no unit was measured in every period."""

    code: ClassVar[str] = "holes"


class NothingComparableError(ColumnError):
    """E11 taken to the end: no unit, or no period, is left to compare."""

    code: ClassVar[str] = "E11"


@dataclass(eq=False)
class DesignNotUnderstoodError(ColumnError):
    """A design file with an unknown key or a value outside its list."""

    code: ClassVar[str] = "design"
    meant: str


@dataclass(eq=False)
class AdjustmentImpossibleError(ColumnError):
    """The design asks for an adjusted estimate that the covariates do not allow.

    reason: `needs_person_rows`, `needs_same_units`, `covariates_missing`, `covariates_dependent`,
    `covariates_no_overlap` or `published_counts`.
    """

    code: ClassVar[str] = "adjustment"
    reason: str

    def do(self, lang: str = "en") -> str:
        """Return the cure of the reason."""
        return self._word(lang, self.reason)


class KnownAfterError(ColumnError):
    """A covariate or a subgroup that is the outcome, the arm or the taking part: known only after the assignment."""

    code: ClassVar[str] = "known_after"


class BlocksApartError(RowsError):
    """Blocks none of which holds both arms."""

    code: ClassVar[str] = "blocks"


class ClusterInTwoBlocksError(RowsError):
    """A cluster that stands in several blocks."""

    code: ClassVar[str] = "cluster_blocks"


class ArmAgainstStartError(RowsError):
    """Rows whose arm says something else than their first treated period."""

    code: ClassVar[str] = "arm_start"


class NotTakenPartError(RowsError):
    """A column of who took part that says something else than yes and no."""

    code: ClassVar[str] = "received"


class TableNotUnderstoodError(ColumnError):
    """A table whose cells cannot be read as the numbers they should be."""

    code: ClassVar[str] = "table"


class NotATableError(ExperimentError):
    """Something given as a table that has no rows and columns, or two columns of one name."""

    code: ClassVar[str] = "not_a_table"


class NotWholeError(ColumnError):
    """A count of persons or events that is no whole number."""

    code: ClassVar[str] = "not_whole"


class PeriodsUnorderedError(ColumnError):
    """Periods written as texts that do not tell which comes first."""

    code: ClassVar[str] = "period"


class NotWrittenError(ExperimentError):
    """A file of results that cannot be written."""

    code: ClassVar[str] = "not_written"


@dataclass(eq=False)
class NotDeliveredError(ExperimentError):
    """An experiment that cannot be evaluated from the warehouse; `found` names those that can.

    reason: `not_registered`, `no_design`, or `not_delivered`.
    """

    code: ClassVar[str] = "not_delivered"
    reason: str

    def says(self, lang: str = "en") -> str:
        """Return what is wrong: which of the three."""
        return self._word(lang, self.reason)
