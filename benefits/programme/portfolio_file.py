"""The tables of a portfolio file: measures, what they share, grants, and whom they have in common."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator

from benefits.parameters.faults import ranged
from benefits.scenario.file_types import UNNAMED, Amount, Grade, Ledger, Name, Number, Share
from data.toml import Text, one_of


def _listed(found: Any) -> Any:  # noqa: ANN401 - any TOML value
    return [found] if isinstance(found, int) else found


Years = Annotated[tuple[int, ...], BeforeValidator(_listed)]


@dataclass(frozen=True)
class MeasureTable:
    """A measure: a scenario by name, or a file beside the portfolio's."""

    scenario: Text


@dataclass(frozen=True)
class SharedCostTable:
    """A cost of the programme itself in each of some years, counted from the base year or of the calendar."""

    payer: Ledger
    nok: Number
    low: Number | None = None
    high: Number | None = None
    year: Years = (0,)
    price_year: int | None = None
    kind: Annotated[str, one_of("resource", "transfer")] = "resource"
    to: Ledger | None = None
    label: Name = UNNAMED
    evidence: Grade = "assumption"
    source: str = ""


@dataclass(frozen=True)
class GrantTable:
    """Money from one payer to another; `chance` is how likely an option is to be taken up.

    Where `spent`, the receiver uses it up on the programme, and without the grant that work is not done.
    """

    payer: Ledger
    to: Ledger
    nok: Amount
    year: int = 0
    chance: Share = 1.0
    spent: bool = False
    label: Name = UNNAMED
    evidence: Grade = "assumption"
    source: str = ""


@dataclass(frozen=True)
class OverlapTable:
    """The share of the second measure's participants who are in the first as well: they count once."""

    measures: tuple[str, str]
    share: Share
    low: Share | None = None
    high: Share | None = None


@dataclass(frozen=True)
class PortfolioFile:
    """All keys of a portfolio."""

    title: Name
    measure: tuple[MeasureTable, ...]
    correlation: Share = 0.0
    example: bool = False
    shared_cost: tuple[Annotated[SharedCostTable, ranged("nok")], ...] = ()
    grant: tuple[GrantTable, ...] = ()
    overlap: tuple[Annotated[OverlapTable, ranged("share")], ...] = ()
