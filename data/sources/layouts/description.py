"""What TOML says of a publisher's sheets and text tables: what they count, their headings, how a row begins."""

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


@dataclass(frozen=True)
class HeadingRow:
    """One row of headings over columns of figures.

    pattern: what a whole heading is; its named groups are `period`, `sex`, `age`, `unit` and `measure`, `parts` for
    several of them with points between, and any other name for a part of the population. example: a heading, as shown
    to those who have another.
    """

    pattern: Pattern
    example: Text


@dataclass(frozen=True)
class RegionLabels:
    """How the columns `label` of a row, read with blanks between them, say which region it is of.

    nation, county, municipality: patterns of whole labels, with the number as the group `code`. by_name: other labels
    are names in the borders of the newest year. smaller: units below the regions, counted by the column `within`.
    outside: what lies outside all regions.
    """

    label: tuple[Text, ...]
    name: Text
    nation: Pattern
    county: str = ""
    municipality: str = ""
    by_name: bool = False
    smaller: str = ""
    within: str = ""
    outside: str = ""


@dataclass(frozen=True)
class TextLayout:
    """One layout of a text table: figures under headings that say what they are, or a row for each figure.

    columns: role (`period`, `sex`, `age`, `unit`, `value`) → heading, where each row says it. figures: the rows of
    headings, where they do. subjects: heading → value → measure; fixed: heading → the one value a table may have.
    measures: what headings call each measure, else `measure` is the only one. whole: the parts that are everybody.
    optional: headings that need not be there; other columns are refused. breaks: headings of sentences about breaks.
    """

    name: Text
    period: Pattern
    regions: RegionLabels
    title: str = ""
    decimal: Annotated[str, choice(".", ",")] = "."
    figures: tuple[HeadingRow, ...] = ()
    columns: dict[Annotated[str, choice("period", "sex", "age", "unit", "value")], Text] = field(default_factory=dict)
    optional: tuple[Text, ...] = ()
    subjects: dict[str, dict[str, Text]] = field(default_factory=dict)
    fixed: dict[str, Text] = field(default_factory=dict)
    measure: str = ""
    measures: dict[str, Text] = field(default_factory=dict)
    whole: Pattern = ""
    breaks: str = ""


@dataclass(frozen=True)
class PublisherTables:
    """Everything by which the text tables of one publisher are read.

    Words are compared in lower case, and `*` in one stands for anything.
    """

    publisher: Text
    symbols: dict[str, Text]
    units: dict[Text, Annotated[str, choice("share", "count")]]
    sexes: dict[Text, Annotated[str, choice("both", "female", "male")]]
    layouts: Annotated[tuple[TextLayout, ...], Unique("name"), Fits("not_empty", len)]
    ages: dict[str, Text] = field(default_factory=dict)

    def contract(self, layout: TextLayout) -> TableContract:
        """Return what the rows read in a layout must look like."""
        columns = standard_columns("percent", layout.period)
        return TableContract(layout.name, self.publisher, columns, self.symbols, decimal=layout.decimal)


@cache
def described_tables(source: str) -> PublisherTables:
    """Return the text tables of a publisher. Raises `Problems` with all that is wrong in its file."""
    return read_toml(FOLDER / f"{source}.toml", PublisherTables)


@cache
def described(source: str) -> PublisherSheets:
    """Return the sheets of a publisher. Raises `Problems` with all that is wrong in its file."""
    return read_toml(FOLDER / f"{source}.toml", PublisherSheets)
