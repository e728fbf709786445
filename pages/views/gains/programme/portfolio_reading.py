"""The portfolios of the municipality: which there are, and what one is worth, held between runs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics import regions
from benefits.programme.portfolio import MeasurePortfolio
from benefits.programme.programme_value import ProgrammeAppraisal, appraise_programme
from data import paths
from data.home import own_over_shipped
from pages.frame.cache import cached_value
from pages.views.gains.queries import DRAWS, SEED


@dataclass(frozen=True)
class ProgrammeCase:
    """A portfolio with its value, and whether the reader looks at it with the grants."""

    name: str
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
        return f"python -m benefits programme {self.name} --draws {DRAWS} --seed {SEED}"


def names() -> tuple[str, ...]:
    """Return the portfolios at hand, the home's own first."""
    found = own_over_shipped("portfolios")
    return tuple(sorted(found, key=lambda name: not found[name].is_relative_to(paths.home())))


def ours() -> dict[str, MeasurePortfolio]:
    """Return the home's own portfolios, and the shipped ones about its municipality; raises what is wrong with one."""
    found = {name: MeasurePortfolio.read(own_over_shipped("portfolios")[name]) for name in names()}
    return {name: each for name, each in found.items() if _own(name) or _about(each) <= {"", regions.home()}}


def case(name: str, portfolio: MeasurePortfolio) -> ProgrammeCase:
    """Return a portfolio with its value."""
    path = own_over_shipped("portfolios")[name]
    scenarios = repr(sorted((name, each.as_toml()) for name, each in portfolio.scenarios.items()))
    return ProgrammeCase(name, portfolio, _valued(path, path.read_text(encoding="utf-8") + scenarios))


def _own(name: str) -> bool:
    return own_over_shipped("portfolios")[name].is_relative_to(paths.home())


def _about(portfolio: MeasurePortfolio) -> set[str]:
    return {scenario.municipality for scenario in portfolio.scenarios.values()}


@cached_value
def _valued(path: Path, content: str) -> ProgrammeAppraisal:  # noqa: ARG001 - the file and its scenarios, for the cache
    return appraise_programme(MeasurePortfolio.read(path), DRAWS, SEED)
