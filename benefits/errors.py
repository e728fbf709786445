"""Errors of the model: one for each way a scenario or a parameter can be wrong."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from data.errors import InnenforError


@dataclass(eq=False)
class BenefitsError(InnenforError):
    """Base of the errors a reader of the model may meet."""


@dataclass(eq=False, init=False)
class ParameterUndefined(BenefitsError):
    """A parameter has no value on a day: before its first, after its abolition, or not published."""

    code: ClassVar[str] = "parameter_undefined"
    name: str
    day: date

    def __init__(self, name: str, day: date) -> None:
        self.name, self.day = name, day
        super().__init__(where=name, found=day.isoformat())


@dataclass(eq=False)
class ParameterUnknown(BenefitsError):
    """No parameter file has a parameter of the name."""

    code: ClassVar[str] = "parameter_unknown"


@dataclass(eq=False)
class UnreadableScenario(BenefitsError):
    """The scenario file is too large to be read."""

    code: ClassVar[str] = "scenario_unreadable"


@dataclass(eq=False)
class GrunnbeloepUnknown(BenefitsError):
    """The base year has no published mean base amount (G)."""

    code: ClassVar[str] = "grunnbeloep_unknown"
    last_known: str


@dataclass(eq=False)
class InvalidInput(BenefitsError):
    """A function of the model was called with a number it has no meaning for."""

    code: ClassVar[str] = "invalid_input"
    allowed: str
