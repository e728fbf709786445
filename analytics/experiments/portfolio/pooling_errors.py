"""What stops the pooling of trials: numbers they lack, or that tell nothing of how sure they are."""

from dataclasses import dataclass

from analytics.experiments.errors import ColumnError, RowsError


class TrialBlankError(RowsError, code="trial_blank"):
    """Trials without a number that pooling needs; `found` names their rows."""


class RatioErrorUnknownError(ColumnError, code="ratio"):
    """Published ratios beside nothing that tells how sure they are."""


@dataclass(eq=False)
class ErrorNotToldError(ColumnError, code="not_told"):
    """A published number from which no standard error can be read. cure: `p_bound` (p < 0.001), `p_outside` (0, 1 or
    beyond), `no_effect` (a p-value of an effect of 0) or `ratio_not_over_zero`."""

    cure: str

    def do(self, lang: str = "en") -> str:
        """Return the cure."""
        return self._word(lang, self.cure)


class IntervalUnlikeError(ColumnError, code="interval"):
    """A published interval that does not lie about its estimate on the scale it is read on."""


class MeasureUnusedError(ColumnError, code="measure"):
    """A measure asked for of trials that are given as effects of another kind."""
