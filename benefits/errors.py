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
class ParameterFault(BenefitsError):
    """A parameter file breaks the rules parameters follow."""

    code: ClassVar[str] = "parameter_fault"
    rule: str


@dataclass(eq=False)
class ScenarioError(BenefitsError):
    """Base of the errors in a scenario."""


@dataclass(eq=False)
class UnreadableScenario(ScenarioError):
    """The scenario file is missing or is not TOML."""

    code: ClassVar[str] = "scenario_unreadable"


@dataclass(eq=False)
class UnknownWord(ScenarioError):
    """Base of the errors where a word is not among those allowed; it may be like one of them."""

    allowed: str
    suggestion: str

    def do(self, lang: str = "en") -> str:
        """Return the cure: the word that was probably meant, else the words allowed."""
        return self._word(lang, "do" if self.suggestion else "do_unsure")


@dataclass(eq=False)
class UnknownKey(UnknownWord):
    """A key no scenario has."""

    code: ClassVar[str] = "unknown_key"


@dataclass(eq=False)
class UnknownName(UnknownWord):
    """A payer, state, zone, kind or grade that does not exist."""

    code: ClassVar[str] = "unknown_name"


@dataclass(eq=False)
class MissingKey(ScenarioError):
    """A key the scenario cannot do without."""

    code: ClassVar[str] = "missing_key"
    allowed: str


@dataclass(eq=False)
class MissingInterval(ScenarioError):
    """An effect without a standard error or an interval."""

    code: ClassVar[str] = "missing_interval"
    allowed: str


@dataclass(eq=False)
class MissingDeadweight(ScenarioError):
    """An effect without a control group and without deadweight."""

    code: ClassVar[str] = "missing_deadweight"
    allowed: str


@dataclass(eq=False)
class OutOfRange(ScenarioError):
    """A number outside the range it may have."""

    code: ClassVar[str] = "out_of_range"
    allowed: str


@dataclass(eq=False)
class WrongType(ScenarioError):
    """A value of another type than the key takes."""

    code: ClassVar[str] = "wrong_type"
    allowed: str


@dataclass(eq=False)
class LooksLikePercent(ScenarioError):
    """An effect above 1 that looks as if it was typed in percentage points."""

    code: ClassVar[str] = "looks_like_percent"
    allowed: str
    meant: str


@dataclass(eq=False)
class Conflict(ScenarioError):
    """Two keys that cannot stand together, or one that needs another."""

    code: ClassVar[str] = "conflict"
    allowed: str


@dataclass(eq=False)
class GrunnbeloepUnknown(ScenarioError):
    """The base year has no published mean base amount (G)."""

    code: ClassVar[str] = "grunnbeloep_unknown"
    last_known: str


@dataclass(eq=False)
class InvalidInput(BenefitsError):
    """A function of the model was called with a number it has no meaning for."""

    code: ClassVar[str] = "invalid_input"
    allowed: str
