"""How the workshop words what a file holds, what it would change, and where it is seen."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from analytics import provenance, regions
from analytics.provenance import Edition
from data.settings import settings
from pages.format import numbers
from pages.format.html import Html, joined, link
from pages.format.numbers import number
from pages.format.place_names import place
from pages.format.texts import language, listed, text
from pages.frame.url import widgets

FEW = 8
KNOWN = ("ssb", "nav", "county", "imdi", "fhi", "uia")
SCHOOL = ("upper_secondary_completed", "upper_secondary_quit")
"""What the page of cohorts shows beside the main indicator."""
OVERVIEW = ("reduced_work_capacity",)
"""What the first screen answers of beside the main indicator."""
Facts = dict[str, Any]


def is_known(source: str) -> bool:
    """Return whether a source has a name in the texts."""
    return source in KNOWN


def few(names: Sequence[str]) -> str:
    """Return names in a row of words: all where they are few, else their number with the first and the last."""
    if len(names) <= FEW:
        return listed(names)
    return text("workshop.many", number=number(len(names)), first=names[0], last=names[-1])


def held(answer: Facts) -> list[tuple[str, str]]:
    """Return what a checked file holds and would change, as terms with what is said of each."""
    named = answer["source"]
    source = text(f"source.{named}") if is_known(named) else named
    rows = [("file", answer["file"]), ("source", source), *_contents(answer)]
    rows += [("changes", " ".join(_changes(answer["changes"])) or text("workshop.no_changes"))]
    rows += [("hidden", _hidden(answer["hidden"])), ("pages", listed([name for name, _ in _pages(answer)]))]
    return _terms(rows)


def receipt(answer: Facts) -> list[tuple[str, str]]:
    """Return what was loaded."""
    return _terms([("edition", answer["edition"]), *_contents(answer), ("hidden", _hidden(answer["hidden"]))])


def seen_on(answer: Facts) -> Html:
    """Return links to the pages that show what was loaded."""
    return joined(link(address, name) for name, address in _pages(answer))


def edition(name: str, known: Edition | None) -> str:
    """Return an edition on a line: its title, its own name and its rows; only its name where it is not loaded."""
    if known is None:
        return text("workshop.own_unloaded", edition=name)
    return text("workshop.own_line", title=plain(known.titled(language())), edition=name, rows=number(known.row_count))


def moment(iso: str) -> str:
    """Return a time (ISO 8601) as a date and the clock of this machine."""
    at = dt.datetime.fromisoformat(iso).astimezone()
    return text("workshop.moment", date=numbers.date(at.date()), time=at.strftime("%H:%M"))


def plain(words: str) -> str:
    """Return words that Markdown shows as they stand."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>()#+!|$:~" else letter for letter in words)


def _terms(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(text(f"workshop.term.{name}"), said) for name, said in rows if said]


def _contents(answer: Facts) -> list[tuple[str, str]]:
    periods = [numbers.period(each) for each in answer["periods"]]
    return [
        ("rows", number(answer["rows"])),
        ("indicators", few(_labels(answer["indicators"]))),
        ("regions", few(_places(answer["regions"]))),
        ("periods", few(periods)),
    ]


def _changes(changes: Facts) -> Iterator[str]:
    """Yield a sentence for what is new, and one for each loaded edition the file contradicts."""
    new = {"indicators": _labels(changes["indicators"]), "regions": _places(changes["regions"]),
           "periods": [numbers.period(each) for each in changes["periods"]]}  # fmt: skip
    for name, members in new.items():
        if members:
            yield text(f"workshop.new_{name}", names=few(members))
    for edition_, counts in changes["differing"].items():
        said = [f"{number(n)} {text(f'method.notice_{code}')}" for code, n in counts.items()]
        yield text("workshop.differing", edition=named(edition_), counts=listed(said))


def named(edition_: str) -> str:
    """Return a loaded edition as a reader knows it: its title and when it was published."""
    known = {each.edition: each for each in provenance.editions()}
    found = known.get(edition_)
    if found is None:
        return edition_
    return text("workshop.edition", title=found.titled(language()), published=numbers.period(found.published))


def _hidden(figures: int) -> str:
    return text("workshop.some_hidden", number=number(figures)) if figures else text("workshop.none_hidden")


def _pages(answer: Facts) -> list[tuple[str, str]]:
    """Return the pages that show what a file holds, by name and address."""
    if answer["kind"] == "transitions":
        return [_page("cohorts", picture="flows"), _page("method")]
    if answer["kind"] != "observations":
        return [_page("experiments"), _page("method")]
    main, at = settings().main_indicator.id, _region(answer["regions"])
    brought = answer["indicators"]
    found = [_page("overview", region=at)] if {main, *OVERVIEW} & set(brought) else []
    for name, label in zip(brought, _labels(brought), strict=True):
        page, address = _page("exclusion", region=at, indicator=name)
        found.append((f"{page}: {label}", address))
    found += [_page("cohorts", region=at)] if {main, *SCHOOL} & set(brought) else []
    return [*found, _page("method")]


def _page(name: str, **asked: str) -> tuple[str, str]:
    address = "" if name == "overview" else name
    return text(f"page.{name}.menu"), widgets.address(address, **asked)


def _region(codes: Sequence[str]) -> str:
    """Return the place to look at: the home municipality, its county or the nation where the file has it, else its own.

    A place of another time's borders has no page.
    """
    today = [code for code in codes if code in widgets.region_labels()]
    nearest = (regions.home(), regions.county_of(regions.home()), regions.NATION)
    return next((code for code in nearest if code in today), (today or [regions.home()])[0])


def _labels(indicators: Sequence[str]) -> list[str]:
    known = provenance.indicators()
    return [known[name].label[language()] if name in known else name for name in indicators]


def _places(codes: Sequence[str]) -> list[str]:
    return [place(code) for code in codes]
