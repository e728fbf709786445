"""The programme's portfolio: where its file lies, and what it is worth, held between runs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.programme import readings
from benefits.programme.portfolio import MeasurePortfolio
from benefits.programme.programme_value import ProgrammeAppraisal, appraise_programme
from data import paths
from pages.frame.cache import cached_value
from pages.views.gains.queries import DRAWS, SEED

_FILE = "portfolio.toml"


@dataclass(frozen=True)
class ProgrammeCase:
    """A programme's portfolio with its value, and whether the reader looks at it with the grants."""

    path: Path
    portfolio: MeasurePortfolio
    value: ProgrammeAppraisal
    granted: bool = True

    @property
    def answer(self) -> dict[str, Any]:
        """The `holders` and the `budget` the reader looks at: with the grants or without."""
        with_grants = {"holders": self.value.holders, "budget": self.value.budget}
        return with_grants if self.granted else dict(self.value.without_grants)

    @property
    def command(self) -> str:
        """The command that gives all numbers of the view."""
        return f"python -m benefits programme {paths.told(self.path)} --draws {DRAWS} --seed {SEED}"


def case() -> ProgrammeCase | None:
    """Return the programme's portfolio with its value; None where there is none. Raises what is wrong with its file."""
    path = _path()
    if path is None:
        return None
    portfolio = MeasurePortfolio.read(path)
    scenarios = repr(sorted((name, each.as_toml()) for name, each in portfolio.scenarios.items()))
    return ProgrammeCase(path, portfolio, _valued(str(path), path.read_text(encoding="utf-8") + scenarios))


def _path() -> Path | None:
    """Return the home's own file, else the shipped one where the programme it belongs to is this municipality's."""
    shipped, own = (folder / _FILE for folder in paths.layers("programme"))
    if own.is_file():
        return own
    try:
        readings.programme()
    except readings.NoProgramme:
        return None
    return shipped if shipped.is_file() else None


@cached_value
def _valued(path: str, content: str) -> ProgrammeAppraisal:  # noqa: ARG001 - the file and its scenarios, for the cache
    return appraise_programme(MeasurePortfolio.read(path), DRAWS, SEED)
