"""What stands above a sheet's tables: subject, unit, years, ages and sex, and what is missing or another's."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.ingest.contract import Problem
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name
from data.sources.layouts import wording
from data.sources.layouts.blocks import Block, months_in
from data.sources.layouts.description import PublisherSheets, SheetLayout
from data.sources.layouts.month_words import years_of

SUBJECTS = "nav_subjects"
_TOP_ROWS = 7


@dataclass(frozen=True)
class SheetTitle:
    """The heads of one sheet.

    other: the title of a subject we do not read. years: the year of each month across, by the line above them. dated:
    whether the headings of months have years of their own. ages: what the titles say of ages, of each subject: those
    under 30 are 18–29 of some and 15–29 of others, and each row may have a subject of its own.
    """

    sheet: str
    headers: list[int]
    text: str
    subject: str
    other: str
    by_row: bool
    unit: str
    years: dict[int, str]
    dated: bool
    ages: Mapping[str, str]
    sex: str

    def problems(self, file: str, layout: SheetLayout) -> Iterator[Problem]:
        """Yield what the titles do not say, or say of something else."""
        place = {"file": file, "sheet": self.sheet, "cell": cell_name(self.headers[0], 0)}
        if layout.across and not self.unit:
            yield Problem(code="missing_unit", **place)
        if layout.across and not (self.years or self.dated):
            yield Problem(code="missing_year", **place)
        if self.other:
            yield Problem(code="other_subject", **place, expected=SUBJECTS, found=self.other)
        elif not self.subject and not self.by_row:
            yield Problem(code="no_subject", **place)

    def complete(self, layout: SheetLayout, block: Block) -> bool:
        """Tell whether the titles say all that the rows of a table need."""
        known = bool(self.subject) or "subject" in block.roles
        return known and (not layout.across or bool(self.unit and (self.years or self.dated)))


def title_of(
    sheets: PublisherSheets, layout: SheetLayout, book: Book, sheet: Sheet, headers: list[int]
) -> SheetTitle | None:
    """Return what stands above the first row of headings; None where months stand under another publisher's title."""
    above = [text for row in range(headers[0]) for _, text in sheet.filled(row)]
    name = sheet.name or Path(book.file).stem  # a sheet saved as text has the name of its file
    titles = [name, *above] if sheet.name and not layout.across else [*above, name]
    unit = wording.unit_of(sheets, [*above, name])
    subject = wording.named(sheets, titles)
    if layout.across and not (subject.subject and unit) and not _is_publishers(sheets, above):
        return None
    by_row = any(_names_status(layout, text) for _, text in sheet.filled(headers[0]))
    if not layout.across and not by_row and subject == wording.Named():
        subject = _elsewhere(sheets, book, titles if sheet.name else above)
    years = next((years for text in above if (years := years_of(sheets, text))), {})
    told = next((text for text in titles if wording.named(sheets, [text]).subject), name)
    ages = {each: _ages(sheets, each, titles) for each in ("", *(each.id for each in sheets.subjects))}
    sexes = _sexes(sheets, told.lower())
    return SheetTitle(
        sheet.name, headers, told, subject.subject, subject.other, by_row, unit, years,
        all(year for row in headers for _, year in months_in(sheets, sheet, row).values()), ages,
        sexes.pop() if len(sexes) == 1 else "",
    )  # fmt: skip


def _sexes(sheets: PublisherSheets, title: str) -> set[str]:
    """Return the sexes a title names; "alle" and "i alt" beside one of them is said of something else."""
    found = {sex for word, sex in sheets.sexes.items() if len(word) > 1 and re.search(rf"\b{word}\b", title)}
    return found - {"both"} or found


def _ages(sheets: PublisherSheets, subject: str, titles: Sequence[str]) -> str:
    told = [age for text in titles if (age := wording.age_in_title(sheets, subject, text))]
    return next((age for age in told if age != wording.UNTOLD), next(iter(told), ""))


def _is_publishers(sheets: PublisherSheets, above: list[str]) -> bool:
    return any(re.search(sheets.texts.source, text.lower()) for text in above)


def _names_status(layout: SheetLayout, heading: str) -> bool:
    return bool("subject" in layout.headings and re.search(layout.headings["subject"], heading.lower()))


def _elsewhere(sheets: PublisherSheets, book: Book, titles: list[str]) -> wording.Named:
    """Return the one subject the other sheets name, else the file's name; not for a title with words of its own."""
    own = next((title for title in titles if not wording.is_neutral(sheets, title)), "")
    if own:
        return wording.Named(other=own)
    others = {wording.named(sheets, [sheet.name]) for sheet in book.sheets} - {wording.Named()}
    return others.pop() if len(others) == 1 else wording.named(sheets, [book.file] if not others else [])


def headless(sheets: PublisherSheets, file: str, sheet: Sheet) -> Iterator[Problem]:
    """Yield that a sheet with a subject and a unit in its titles has lost its row of months."""
    above = [text for row in range(min(_TOP_ROWS, len(sheet.rows))) for _, text in sheet.filled(row)]
    if wording.named(sheets, above).subject and wording.unit_of(sheets, above):
        yield Problem(code="missing_header", file=file, sheet=sheet.name, expected="months")
