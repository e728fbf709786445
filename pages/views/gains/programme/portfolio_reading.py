"""The portfolios of the municipality: which there are, and what one is worth, held between runs."""

from dataclasses import dataclass
from typing import Any

from analytics import regions
from benefits.programme.portfolio import MeasurePortfolio, shipped_portfolio, shipped_portfolios
from benefits.programme.programme_value import ProgrammeAppraisal, appraise_programme
from data import paths
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
    def content(self) -> str:
        """All that the value rests on, for the cache."""
        return content_of(self.portfolio)

    @property
    def command(self) -> str:
        """The command that gives all numbers of the view."""
        return f"python -m benefits programme {self.name} --draws {DRAWS} --seed {SEED}"


def content_of(portfolio: MeasurePortfolio) -> str:
    """Return what a portfolio and its scenarios say, as one text."""
    scenarios = sorted((key, each.as_toml()) for key, each in portfolio.scenarios.items())
    return repr((portfolio.file, scenarios))


def names() -> tuple[str, ...]:
    """Return the portfolios at hand, the home's own first."""
    return tuple(sorted(shipped_portfolios(), key=lambda name: not _own(name)))


def ours() -> dict[str, MeasurePortfolio]:
    """Return the home's own portfolios, and the shipped ones about its municipality; raises what is wrong with one."""
    found = {name: shipped_portfolio(name) for name in names()}
    return {name: each for name, each in found.items() if _own(name) or _about(each) <= {"", regions.home()}}


def case(name: str, portfolio: MeasurePortfolio) -> ProgrammeCase:
    """Return a portfolio with its value."""
    return ProgrammeCase(name, portfolio, _valued(name, content_of(portfolio)))


def _own(name: str) -> bool:
    return (paths.home() / "portfolios" / f"{name}.toml").is_file()


def _about(portfolio: MeasurePortfolio) -> set[str]:
    return {scenario.municipality for scenario in portfolio.scenarios.values()}


@cached_value
def _valued(name: str, content: str) -> ProgrammeAppraisal:  # noqa: ARG001 - what the file says, for the cache
    return appraise_programme(shipped_portfolio(name), DRAWS, SEED)
