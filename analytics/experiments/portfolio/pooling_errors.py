"""What stops the pooling of trials: numbers they lack, or that tell nothing of how sure they are."""

from dataclasses import dataclass
from typing import ClassVar

from analytics.experiments.errors import ColumnError, RowsError


class TrialBlankError(RowsError):
    """Trials without a number that pooling needs; `found` names their rows."""

    code: ClassVar[str] = "trial_blank"


class RatioErrorUnknownError(ColumnError):
    """Published ratios beside nothing that tells how sure they are."""

    code: ClassVar[str] = "ratio"


@dataclass(eq=False)
class ErrorNotToldError(ColumnError):
    """A published number from which no standard error can be read. cure: `p_bound` (p < 0.001), `p_outside` (0, 1 or
    beyond), `no_effect` (a p-value of an effect of 0) or `ratio_not_over_zero`."""

    code: ClassVar[str] = "not_told"
    cure: str

    def do(self, lang: str = "en") -> str:
        """Return the cure."""
        return self._word(lang, self.cure)


class IntervalUnlikeError(ColumnError):
    """A published interval that does not lie about its estimate on the scale it is read on."""

    code: ClassVar[str] = "interval"


class MeasureUnusedError(ColumnError):
    """A measure asked for of trials that are given as effects of another kind."""

    code: ClassVar[str] = "measure"
