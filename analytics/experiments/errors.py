"""What stops an evaluation before any estimate: E01–E09, each with its facts."""

from dataclasses import dataclass
from typing import ClassVar

from data.errors import InnenforError


@dataclass(eq=False)
class ExperimentError(InnenforError):
    """A design or a table that cannot be evaluated as it stands."""

    code: ClassVar[str] = "E00"


@dataclass(eq=False)
class ColumnMissingError(ExperimentError):
    """E01: the design names a column or value that the table does not have; `meant` is the nearest, if any is near."""

    code: ClassVar[str] = "E01"
    column: str
    meant: str

    def do(self, lang: str = "en") -> str:
        """Return the cure: the nearest name, or where to set the right one."""
        return self._word(lang, "do" if self.meant else "name")


@dataclass(eq=False)
class ArmNotFoundError(ExperimentError):
    """E02: there is one arm only, or the control arm is not in the table, or more than two arms remain."""

    code: ClassVar[str] = "E02"
    column: str
    control: str


@dataclass(eq=False)
class ArmBlankError(ExperimentError):
    """E03: rows without an arm."""

    code: ClassVar[str] = "E03"
    column: str
    count: int


@dataclass(eq=False)
class UnitInTwoArmsError(ExperimentError):
    """E04: one unit stands in both arms."""

    code: ClassVar[str] = "E04"
    column: str
    count: int


@dataclass(eq=False)
class DuplicateRowError(ExperimentError):
    """E05: one unit has several rows for one period."""

    code: ClassVar[str] = "E05"
    column: str
    count: int


@dataclass(eq=False)
class ClusterInTwoArmsError(ExperimentError):
    """E07: a cluster stands in both arms though the design assigns by cluster."""

    code: ClassVar[str] = "E07"
    column: str
    count: int


@dataclass(eq=False)
class NoVarianceError(ExperimentError):
    """E08: the outcome has one value only."""

    code: ClassVar[str] = "E08"
    column: str


@dataclass(eq=False)
class NotYesNoError(ExperimentError):
    """E09: an outcome declared yes/no, or a count, holds a value it cannot have."""

    code: ClassVar[str] = "E09"
    column: str
    count: int


@dataclass(eq=False)
class NoBeforeError(ExperimentError):
    """E10 taken to the end: every treated unit is treated from the first period."""

    code: ClassVar[str] = "E10"
    column: str
    count: int


@dataclass(eq=False)
class NothingComparableError(ExperimentError):
    """E11 taken to the end: no unit, or no period, is left to compare."""

    code: ClassVar[str] = "E11"
    column: str


@dataclass(eq=False)
class DesignNotUnderstoodError(ExperimentError):
    """A design file with an unknown key or a value outside its list."""

    code: ClassVar[str] = "design"
    column: str
    meant: str


@dataclass(eq=False)
class TableNotUnderstoodError(ExperimentError):
    """A table whose cells cannot be read as the numbers they should be."""

    code: ClassVar[str] = "table"
    column: str


@dataclass(eq=False)
class PeriodsUnorderedError(ExperimentError):
    """Periods written as texts that do not tell which comes first."""

    code: ClassVar[str] = "period"
    column: str


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
