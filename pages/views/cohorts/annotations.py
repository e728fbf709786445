"""What the pictures of the cohorts page share: notes, columns, sources and the command that gives the same numbers."""

from collections.abc import Sequence

from analytics import cohorts, provenance
from pages.components.citations import citation
from pages.components.data_table import TableColumn, columns_of
from pages.format.place_names import place
from pages.format.texts import language, listed, text
from pages.frame.source_footer import Citation
from pages.plots import drawing, theme
from pages.views.cohorts.selection import CohortsSelection

EVERYONE = "15-29"


def dashed(ages: str) -> str:
    """Return an age group or birth years with an en dash."""
    return ages.replace("-", "–")


def where(choice: CohortsSelection, left_out: tuple[str, ...]) -> str:
    """Return the place in words; a county without some municipalities says so."""
    name = place(choice.region)
    return text("cohorts.without", place=name, count=len(left_out)) if left_out else name


def left_out_note(left_out: tuple[str, ...]) -> str:
    """Return which municipalities a county's sum leaves out, and why."""
    names = ", ".join(place(code) for code in left_out)
    return text("cohorts.left_out", names=names) if left_out else ""


def break_note(indicator: str) -> str:
    """Return every break of the series with its reason."""
    points = provenance.indicators()[indicator].breaks
    return " ".join(text("cohorts.break", year=point.at, reason=point.reason[language()]) for point in points)


def breaks_between(years: Sequence[int]) -> str:
    """Return in a sentence which breaks lie between the years a figure is about."""
    return text("cohorts.breaks_between", years=listed(years)) if years else ""


def sources(edition: str) -> tuple[Citation, ...]:
    """Return the one edition the numbers are read in."""
    return (citation(edition, cohorts.INDICATOR),)


def command(choice: CohortsSelection, question: str, *options: str) -> str:
    """Return the command that gives the same numbers."""
    words = ["python -m analytics cohort", question, "--region", choice.region, "--sex", choice.sex, *options]
    return " ".join([*words, *(["--complete"] if choice.complete else [])])


def asked(choice: CohortsSelection) -> str:
    """Return the choice as the arguments of the Python that gives the same numbers."""
    return f'"{choice.region}", "{choice.sex}"' + (", complete=True" if choice.complete else "")


def rate_columns() -> tuple[TableColumn, ...]:
    """Return the columns of a share with its interval."""
    shares = columns_of("column", share="share", low="share", high="share")
    return (*shares, *columns_of("column", count="count", population="count", status="status"))


def framed(figure: drawing.Drawable, *, narrow: bool, height: int | None = None) -> None:
    """Give a figure the look of all pictures."""
    tall = theme.tokens()["chart"]["narrow_height_px" if narrow else "height_px"]
    drawing.frame(figure, height or tall, (8, 14, 14, 8), legend=drawing.legend_below(-0.14))
