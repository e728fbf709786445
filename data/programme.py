"""Reads the programme's files, shipped or the home's own: nothing about the programme is typed into a page."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, TypeVar

from data import paths
from data.by_hand import stamp
from data.catalogue import indicators
from data.contract import Problem, raise_all
from data.errors import InnenforError
from data.home import own_over_shipped
from data.ownership import FACTS, Places, of_the_municipality
from data.personal_text import REACHES, TRACES, traces
from data.programme_checks import Table, unique
from data.programme_files import forms_of, opened, read
from data.programme_records import (
    CRITERIA,
    Area,
    Form,
    Item,
    Knot,
    Knots,
    Named,
    Partner,
    Programme,
    Score,
    Stakeholder,
    Target,
    Task,
    Voice,
)
from data.settings import settings

FORMS = ("baseline", "maturity")
PERSPECTIVES = ("supply", "demand", "across")
EMPTY_AT_FIRST = ("task", "stakeholder", "knot", "voice")  # an empty form holds none
FEWEST = 5
T = TypeVar("T")


@dataclass(eq=False)
class NoProgramme(InnenforError):
    """The home municipality has described no programme: `found` is its number, `where` the file that is not there."""

    code: ClassVar[str] = "no_programme"


def programme(folder: Path | None = None) -> Programme:
    """Return the programme. Raises `Problems` with everything that is wrong in its files, file by file and key by key.

    It is read from one folder, else from the home's files and, where they are the home municipality's, the shipped
    ones: the home's own file wins, and what is not there is empty. Raises NoProgramme without `programme.toml`.
    Quotes that could point to a person, and insight from fewer than five people, are refused. The files are read again
    when one of them has changed.
    """
    places = (folder,) if folder else of_the_municipality("programme")
    return _programme(places, stamp(*places, *paths.layers("experiments")))


@lru_cache(maxsize=4)
def _programme(places: Places, _stamp: str) -> Programme:
    problems: list[Problem] = []
    facts = opened(places, FACTS, problems)
    if facts is None:
        raise NoProgramme(where=paths.told(paths.home() / "programme" / FACTS), found=settings().home_municipality)
    named = {key: _each(facts, key, _named) for key in ("slik_phase", "slik_part", "track", "concept", "diamond")}
    partners, targets = _each(facts, "partner", _partner), _each(facts, "target", _target)
    found = Programme(
        **{key: facts.words(key) for key in ("name", "place", "about", "why", "hypothesis")},
        id=facts.text("id"),
        municipality=facts.one_of("municipality", (settings().home_municipality,), ""),
        started=facts.whole("started", 1900, 2200),
        years=facts.whole("years", 1, 50),
        partners=partners,
        areas=_each(facts, "area", _area, "number"),
        targets=targets,
        diamond=named["diamond"],
        slik_phases=named["slik_phase"],
        slik_parts=named["slik_part"],
        tracks=named["track"],
        concepts=named["concept"],
        tasks=_tasks(places, [each.id for each in partners], problems),
        stakeholders=_stakeholders(places, [*(each.id for each in partners), *(each.id for each in targets)], problems),
        knots=_knots(places, problems),
        forms=tuple(_form(path, problems) for kind in FORMS for path in forms_of(places, kind)),
        voices=_voices(places, [each.id for each in named["concept"]], problems),
    )
    facts.close()
    raise_all("programme", problems)
    return found


def _each(table: Table, key: str, make: Callable[[Table], T], name: str = "id") -> tuple[T, ...]:
    rows = table.each(key, needed=key not in EMPTY_AT_FIRST)
    made = tuple(make(row) for row in rows)
    unique(rows, [getattr(each, name) for each in made], name)
    for row in rows:
        row.close()
    return made


def _named(row: Table) -> Named:
    slik = tuple(row.some_of("slik", ("understanding", "idea", "test", "scaling", "sustained"))) if (
        "slik" in row.content
    ) else ()  # fmt: skip
    return Named(row.text("id"), row.words("name"), slik)


def _partner(row: Table) -> Partner:
    return Partner(row.text("id"), row.words("name"), row.words("level"))


def _area(row: Table) -> Area:
    return Area(row.whole("number", 1, 7), row.one_of("perspective", PERSPECTIVES), row.words("name"))


def _target(row: Table) -> Target:
    return Target(row.text("id"), row.words("name"), row.flag("first"))


def _tasks(places: Places, partners: list[str], problems: list[Problem]) -> tuple[Task, ...]:
    def task(row: Table) -> Task:
        return Task(
            id=row.text("id"), name=row.words("name"), owner=row.one_of("owner", partners),
            doer=row.one_of("doer", partners), payer=row.some_of("payer", partners),
            informed=row.some_of("informed", partners), hand_over_to=row.one_of("hand_over_to", partners, ""),
            hand_over_when=row.words("hand_over_when"), experiment=row.one_of("experiment", _experiments(), ""),
            example=row.flag("example"),
        )  # fmt: skip

    return _whole(opened(places, "responsibility.toml", problems), "task", task)


def _stakeholders(places: Places, known: list[str], problems: list[Problem]) -> tuple[Stakeholder, ...]:
    def stakeholder(row: Table) -> Stakeholder:
        return Stakeholder(
            who=row.one_of("who", known), interest=row.whole("interest", 1, 5), influence=row.whole("influence", 1, 5),
            gains=row.words("gains"), loses=row.words("loses"), example=row.flag("example"),
        )  # fmt: skip

    return _whole(opened(places, "stakeholders.toml", problems), "stakeholder", stakeholder, "who")


def _knots(places: Places, problems: list[Problem]) -> Knots:
    table = opened(places, "knots.toml", problems)
    if table is None:
        return Knots(dict.fromkeys(CRITERIA, 1.0), (), ())
    weights, scale = table.inner("weights"), table.inner("gain_scale")
    limits = scale.numbers("limits_nok", 4)
    return Knots(
        {name: weights.number(name) or 0.0 for name in CRITERIA},
        limits,
        _whole(table, "knot", _knot),
    )


def _knot(row: Table) -> Knot:
    scores = {}
    for name in CRITERIA:
        inner = row.inner(name)
        scores[name] = Score(inner.whole("score", 1, 5), _reason(inner), _role(inner))
        inner.close()
    return Knot(row.text("id"), row.words("name"), scores, row.text("scenario", ""), row.flag("example"))


def _form(path: Path, problems: list[Problem]) -> Form:
    table = read(path, problems)
    maturity = table.one_of("form", FORMS) == "maturity"

    def item(row: Table) -> Item:
        value = float(row.whole("value", 1, 5)) if maturity else row.number("value")
        indicator = row.one_of("indicator", tuple(indicators()), "")
        return Item(
            row.text("id"), row.words("name"), value, indicator, row.text("region", ""), _role(row), _reason(row)
        )  # fmt: skip

    found = Form(
        form=path.parent.name, version=table.whole("version", 1, 99), date=table.day("date"),
        scale=table.words("scale"), items=_each(table, "item", item), example=table.flag("example"),
    )  # fmt: skip
    table.close()
    return found


def _voices(places: Places, concepts: list[str], problems: list[Problem]) -> tuple[Voice, ...]:
    def voice(row: Table) -> Voice:
        quotes = [(_impersonal(quote, "text"), quote.flag("cleared")) for quote in row.each("quote", needed=False)]
        return Voice(
            id=row.text("id"), need=_impersonal(row, "need"), method=_impersonal(row, "method"),
            at_least=row.flag("at_least"), date=row.text("date", ""),
            quotes=tuple(said for said, cleared in quotes if cleared),
            withheld=sum(not cleared for *_, cleared in quotes),
            participants=row.whole("participants", FEWEST, 1_000_000), example=row.flag("example"),
            attached=row.some_of("attached", [*concepts, *_experiments()]),
        )  # fmt: skip

    return _whole(opened(places, "voices.toml", problems), "voice", voice)


def _role(table: Table) -> dict[str, str]:
    return _impersonal(table, "by")


def _reason(table: Table) -> dict[str, str]:
    return _impersonal(table, "reason", REACHES)


def _impersonal(table: Table, key: str, kinds: Container[str] = TRACES) -> dict[str, str]:
    """Return a text, refused where it could point to somebody: the problem tells where and what kind, never the words.

    `kinds` are those asked for: a reason may name an organisation or a date, and so holds what looks like a name.
    """
    words = table.words(key)
    for kind in dict.fromkeys(trace for said in words.values() for trace in traces(said)):
        if kind in kinds:
            table.note("programme_personal", key, f"trace_{kind}", "…")
    return words


def _whole(table: Table | None, key: str, make: Callable[[Table], T], name: str = "id") -> tuple[T, ...]:
    if table is None:
        return ()
    made = _each(table, key, make, name)
    table.close()
    return made


def _experiments() -> tuple[str, ...]:
    return tuple(own_over_shipped("experiments"))
