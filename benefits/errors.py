"""Errors of the model: one for each way a scenario or a parameter can be wrong."""

from dataclasses import dataclass
from datetime import date

from data.errors import InnenforError


class BenefitsError(InnenforError):
    """Base of the errors a reader of the model may meet."""


@dataclass(eq=False, init=False)
class ParameterUndefined(BenefitsError, code="parameter_undefined"):
    """A parameter has no value on a day: before its first, after its abolition, or not published."""

    name: str
    day: date

    def __init__(self, name: str, day: date) -> None:
        self.name, self.day = name, day
        super().__init__(where=name, found=day.isoformat())


class ParameterUnknown(BenefitsError, code="parameter_unknown"):
    """No parameter file has a parameter of the name."""


class UnreadableScenario(BenefitsError, code="scenario_unreadable"):
    """The scenario file is too large to be read."""


@dataclass(eq=False)
class GrunnbeloepUnknown(BenefitsError, code="grunnbeloep_unknown"):
    """The base year has no published mean base amount (G)."""

    last_known: str


@dataclass(eq=False)
class InvalidInput(BenefitsError, code="invalid_input"):
    """A function of the model was called with a number it has no meaning for."""

    allowed: str
