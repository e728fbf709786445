"""A publisher's sheets as TOML describes them: what they may count, which headings they have, how a row begins."""

from dataclasses import dataclass, field
from functools import cache
from typing import Annotated

from data import paths
from data.ingest.contract import MONTH, Kind, TableContract, standard_columns
from data.toml import Fits, Pattern, Text, Unique, choice, read_toml

FOLDER = paths.ADAPTERS / "layouts"


@dataclass(frozen=True)
class CountedSubject:
    """One thing a sheet may count: the words that name it, and the age group behind each of its labels of age."""

    id: Text
    words: Pattern
    ages: dict[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Residents:
    """The fewest and the most residents a region of a level may have."""

    low: int
    high: int


@dataclass(frozen=True)
class Texts:
    """What titles and labels say beside a subject; see the comments in the files."""

    foreign: Pattern
    neutral: Pattern
    totals: Pattern
    not_regions: tuple[Text, ...]
    source: Pattern


@dataclass(frozen=True)
class SheetLayout:
    """One layout.

    across: `months` where the months stand above the numbers, `""` where each row has its own.
    places: `number` where the row of a region begins with its number, `name` where names are looked up within a level.
    share: `percent`, or `by_count` where only the count beside it tells percent from fraction.
    person_columns: headings that are a person's beside a column of regions, such as a name.
    headings: role → how its heading reads. contents: role → what all cells of a column without heading are.
    """

    name: Text
    places: Annotated[str, choice("number", "name")]
    share: Annotated[str, choice("percent", "by_count")]
    across: Annotated[str, choice("", "months")] = ""
    needed: tuple[Text, ...] = ()
    headings: dict[str, Pattern] = field(default_factory=dict)
    contents: dict[str, Pattern] = field(default_factory=dict)
    beside_months: tuple[Text, ...] = ()
    person_columns: tuple[Text, ...] = ()


@dataclass(frozen=True)
class PublisherSheets:
    """Everything by which the sheets of one publisher are read."""

    source: Text
    publisher: Text
    symbols: dict[str, Text]
    subjects: Annotated[tuple[CountedSubject, ...], Unique()]
    texts: Texts
    units: dict[Annotated[str, choice("share", "count")], Pattern]
    sexes: dict[str, Annotated[str, choice("both", "female", "male")]]
    months: dict[str, int]
    residents: dict[Annotated[str, choice("nation", "county", "municipality")], Residents]
    layouts: Annotated[tuple[SheetLayout, ...], Unique("name"), Fits("not_empty", len)]

    def contract(self, layout: SheetLayout) -> TableContract:
        """Return what the rows read in a layout must look like."""
        share: Kind = "percent" if layout.share == "percent" else "share"
        return TableContract(layout.name, self.publisher, standard_columns(share, MONTH), self.symbols)


@cache
def described(source: str) -> PublisherSheets:
    """Return the sheets of a publisher. Raises `Problems` with all that is wrong in its file."""
    return read_toml(FOLDER / f"{source}.toml", PublisherSheets)
