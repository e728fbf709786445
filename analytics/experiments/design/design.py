"""The design of an experiment as it is evaluated: built from a file's keys, or in Python by the same rules."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from data.curated.experiment.design import RegisteredDesign, given
from data.curated.experiment.read import registered_design_from_toml
from data.settings import settings
from data.toml import fitted
from data.toml.writing import as_toml


@dataclass(frozen=True)
class Design(RegisteredDesign):
    """A design whose values have been checked, however it was made: a misread design is worse than none."""

    def __post_init__(self) -> None:
        """Hold the values to what a file may say. Raises `Problems` with each that is outside its list."""
        checked = fitted(given(self), RegisteredDesign, str(self.key))
        for name, value in vars(checked).items():
            object.__setattr__(self, name, value)

    @classmethod
    def of(cls, design: RegisteredDesign) -> "Design":
        """Return a design from a file as one to evaluate."""
        return cls(**vars(design))

    @property
    def told_from(self) -> int:
        """The fewest persons that are shown to anyone: as the design says, or the strictest source, if that is more."""
        return max(self.hidden_below, settings().strictest.threshold)

    def coded(self, columns: Collection[str]) -> tuple[str, ...]:
        """Return the columns whose codes are numbers even where a statistical file labels them (0 no, 1 yes)."""
        values = (self.n, self.events, self.mean, self.sd, self.interval, self.at_risk, self.censored)
        times = (self.period or "period", str(self.start or "start"))
        aggregated = self.n in columns or self.at_risk in columns
        return (*values, *times, *(() if aggregated else (self.outcome or "outcome",)))


def design_from_toml(path: Path) -> Design:
    """Read the `[design]` table of a TOML file, or a file that holds its keys alone.

    Raises `Problems` with every fault: the file, the key, what stands there, what may, and what to do.
    """
    return Design.of(registered_design_from_toml(path))


def as_written(design: RegisteredDesign) -> str:
    """Return a design as the file it could be read from: the keys that are not at their default."""
    return f"[design]\n{as_toml(given(design))}"
