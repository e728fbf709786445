"""What TOML says of a publisher's sheets and text tables: what they count, their headings, how a row begins."""

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated

from data import paths
from data.home import own_over_shipped
from data.ingest.contract import MONTH, Kind, TableContract, standard_columns
from data.source_names import EXPERIMENTS, PUBLISHERS
from data.toml import Fits, OneOf, Pattern, Text, Unique, choice, read_toml

_ROLES = ("label", "name", "within", "period", "sex", "age", "unit", "measure", "value", "everybody", "beside")
FOLDER = paths.ADAPTERS / "layouts"


@dataclass(frozen=True)
class CountedSubject:
    """One thing a sheet may count: the words that name it, and the age group behind each of its labels of age.

    own: a home added it.
    """

    id: Text
    words: Pattern
    ages: dict[str, Text] = field(default_factory=dict)
    own: bool = False


@dataclass(frozen=True)
class OwnSubject(CountedSubject):
    """A subject a home adds to a publisher's sheets: where its words stand, no other subject is meant."""

    source: Annotated[str, choice("nav")] = "nav"


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
    headings: role → how its heading reads; `beside` is what is left out. contents: role → what all cells of a column
    without heading are. levels: word of the heading over regions → their level, where no column has it.
    """

    name: Text
    places: Annotated[str, choice("number", "name")]
    share: Annotated[str, choice("percent", "by_count")]
    across: Annotated[str, choice("", "months")] = ""
    needed: tuple[Text, ...] = ()
    headings: dict[str, Pattern] = field(default_factory=dict)
    contents: dict[str, Pattern] = field(default_factory=dict)
    levels: dict[Text, Text] = field(default_factory=dict)
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


@dataclass(frozen=True)
class TextLayout:
    """One layout of a text table, under one or more rows of headings, with the named groups of patterns as roles.

    columns: heading → what rows say there: `label` (several are one, with blanks between), `name` and `within` of the
    region, `period`, `sex`, `age`, `unit`, `measure`, `value`, `everybody` (no part of the population) or `beside`.
    figures: example → pattern of each row of headings over figures, where no column is the `value`; `parts` are several
    roles with points between, any other name a part of the population, and `whole` the one that is everybody.
    rows: what a whole label is, with its number as the group `code`; where none has it, regions stand by their names.
    given: what holds for every row. breaks: headings of sentences about breaks. needed: headings that must be there.
    """

    name: Text
    period: Pattern
    needed: tuple[Text, ...]
    columns: dict[Text, Annotated[str, choice(*_ROLES)]]
    rows: dict[Annotated[str, choice("nation", "county", "municipality", "schools", "unknown_region")], Pattern]
    figures: dict[Text, Pattern] = field(default_factory=dict)
    given: dict[Annotated[str, choice("measure", "period", "age_group", "sex", "unit")], Text] = field(
        default_factory=dict
    )
    title: str = ""
    decimal: Annotated[str, choice(".", ",")] = "."
    whole: Pattern = "(?!)"
    breaks: Pattern = "(?!)"


def _says_all(layout: TextLayout) -> bool:
    """Return whether a layout says where all that a figure needs is to be found."""
    numbered = [pattern for kind, pattern in layout.rows.items() if kind in ("county", "municipality")]
    groups = {group for pattern in layout.figures.values() for group in re.compile(pattern).groupindex}
    roles = {*layout.columns.values(), *layout.given, *groups}
    figures = bool(layout.figures) != ("value" in roles)
    aged = {"age", "age_group"} & roles
    return (
        figures
        and bool(aged)
        and {"label", "measure", "period", "unit"} <= roles
        and all("code" in re.compile(pattern).groupindex for pattern in numbered)
    )


@dataclass(frozen=True)
class PublisherTables:
    """The text tables of one publisher, and the words of each role: in lower case, where `*` stands for anything."""

    source: Annotated[Text, OneOf(lambda: (name for name in PUBLISHERS if name != EXPERIMENTS))]
    publisher: Text
    symbols: dict[str, Text]
    layouts: Annotated[
        tuple[Annotated[TextLayout, Fits("layout_says", _says_all)], ...], Unique("name"), Fits("not_empty", len)
    ]
    unit: dict[Text, Annotated[str, choice("share", "count")]] = field(default_factory=dict)
    sex: dict[Text, Annotated[str, choice("both", "female", "male")]] = field(default_factory=dict)
    age: dict[Text, Text] = field(default_factory=dict)
    measure: dict[Text, Text] = field(default_factory=dict)

    def contract(self, layout: TextLayout) -> TableContract:
        """Return what the rows read in a layout must look like."""
        columns = standard_columns("percent", layout.period)
        return TableContract(layout.name, self.publisher, columns, self.symbols, decimal=layout.decimal)


@cache
def described_tables(source: str) -> PublisherTables:
    """Return the text tables of a publisher. Raises `Problems` with all that is wrong in its file."""
    return read_toml(FOLDER / f"{source}.toml", PublisherTables)


def own_tables() -> list[PublisherTables]:
    """Return the text tables a home adds, whose layouts lie over those of the same name. Raises as above."""
    return [read_toml(path, PublisherTables) for path in own_over_shipped("layouts").values()]


@cache
def described(source: str) -> PublisherSheets:
    """Return the sheets of a publisher. Raises `Problems` with all that is wrong in its file."""
    return read_toml(FOLDER / f"{source}.toml", PublisherSheets)


def own_subjects() -> list[OwnSubject]:
    """Return the subjects a home adds to a publisher's sheets. Raises as above."""
    return [replace(read_toml(path, OwnSubject), own=True) for path in own_over_shipped("subjects").values()]


def described_with_own(source: str) -> PublisherSheets:
    """Return the sheets of a publisher with the subjects a home adds. Raises as above."""
    own = tuple(each for each in own_subjects() if each.source == source)
    return replace(described(source), subjects=(*own, *described(source).subjects))
