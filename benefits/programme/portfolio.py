"""A programme as a portfolio file: measures, what they share, whom they have in common and how alike they succeed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benefits.programme.portfolio_faults import CheckedPortfolio, of_scenarios, told_twice
from benefits.programme.portfolio_file import PortfolioFile
from benefits.scenario.model import Scenario, shipped, shipped_scenario
from benefits.valuation.discounting import Rate, schedule_of
from data.home import own_over_shipped
from data.problems import raise_all
from data.toml import TomlProblem, fitted, told, toml_table
from data.toml.problems import named


@dataclass(frozen=True)
class MeasurePortfolio:
    """A programme ready to be valued: its scenarios by name, all in prices of one base year."""

    file: PortfolioFile
    scenarios: dict[str, Scenario]

    @property
    def base_year(self) -> int:
        """The price year, which is year 0."""
        return next(iter(self.scenarios.values())).base_year

    @property
    def schedule(self) -> Rate:
        """What later years are discounted with: the same in all its scenarios."""
        return schedule_of(next(iter(self.scenarios.values())).discount_rate)

    @property
    def horizon(self) -> int:
        """The years of the measure that is followed longest."""
        return max(scenario.horizon_years for scenario in self.scenarios.values())

    @property
    def example(self) -> bool:
        """Whether it, or any of its measures, is made up."""
        return self.file.example or any(scenario.example for scenario in self.scenarios.values())

    @classmethod
    def read(cls, path: str | Path) -> "MeasurePortfolio":
        """Return the portfolio of a TOML file; raises `Problems` with every fault, each naming key and cure."""
        return cls.from_dict(toml_table(Path(path)), Path(path).parent, told(Path(path)))

    @classmethod
    def from_dict(cls, fields: Any, folder: Path = Path(), file: str = "") -> "MeasurePortfolio":  # noqa: ANN401 - TOML
        """Return the portfolio that fields describe; scenarios that are not shipped are files in `folder`."""
        found: PortfolioFile = fitted(fields, CheckedPortfolio, file)
        raise_all(file, _placed(_unknown(found, folder), file))
        scenarios = {each.scenario: _scenario(each.scenario, folder) for each in found.measure}
        raise_all(file, _placed(of_scenarios(found, scenarios), file))
        return cls(found, scenarios)


def shipped_portfolios() -> tuple[str, ...]:
    """Return the names of the portfolios at hand: those that come with Innenfor, and the home's own."""
    return tuple(own_over_shipped("portfolios"))


def shipped_portfolio(name: str) -> MeasurePortfolio:
    """Return a portfolio by name; the home's own is read instead of a shipped one of the same name."""
    return MeasurePortfolio.read(own_over_shipped("portfolios")[name])


def _scenario(name: str, folder: Path) -> Scenario:
    if name in shipped():
        return shipped_scenario(name)
    return Scenario.read(folder / name)


def _unknown(found: PortfolioFile, folder: Path) -> Iterator[TomlProblem]:
    """Return which measures are neither scenarios by name nor files beside the portfolio's, or one file named twice."""
    files: dict[Path, str] = {}
    for number, name in enumerate((each.scenario for each in found.measure), 1):
        if name not in shipped() and (known := files.setdefault((folder / name).resolve(), name)) != name:
            yield told_twice(f"measure[{number}].scenario", f"{known} = {name}")
        if name not in shipped() and not (folder / name).is_file():
            beside = sorted(path.name for path in folder.glob("*.toml"))
            fault = TomlProblem(code="toml_unknown_name", cell=f"measure[{number}].scenario", found=name)
            yield named(fault, "toml_unknown_name", name, [*shipped(), *beside])


def _placed(faults: Iterable[TomlProblem], file: str) -> list[TomlProblem]:
    """Return faults with the file, and the key their place ends in."""
    return [replace(each, file=file, column=each.cell.rpartition(".")[2]) for each in faults]
