"""Reads the programme's files, shipped or the home's own: nothing about the programme is typed into a page."""

from dataclasses import fields
from functools import lru_cache, partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

from data import paths
from data.curated.fingerprint import stamp
from data.curated.ownership import FACTS, Places, of_the_municipality
from data.curated.programme.forms import FORMS, Form
from data.curated.programme.hand_over import HandOver, HandOverInFile
from data.curated.programme.model import (
    CRITERIA,
    Facts,
    GainScale,
    Knots,
    Programme,
    Stakeholder,
    Task,
    Told,
    ToldInFile,
    Voice,
)
from data.errors import InnenforError
from data.home import own_over_shipped
from data.ingest.contract import Problem, raise_all
from data.settings import settings
from data.toml import Names, Unique, choice, gathered, read_toml

T = TypeVar("T")


class NoProgramme(InnenforError, code="no_programme"):
    """The home municipality has described no programme: `found` is its number, `where` the file that is not there."""


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
    facts = _facts(places, problems)
    names = _names(facts)
    tasks = _rows(places, "responsibility.toml", "task", Task, problems, names)
    stakeholders = _rows(places, "stakeholders.toml", "stakeholder", Stakeholder, problems, names, "who")
    told = _rows(places, "voices.toml", "voice", ToldInFile, problems, names)
    tried = _rows(places, "hand_over.toml", "hand_over", HandOverInFile, problems, names)
    knots, forms = _knots(places, problems), _forms(places, problems)
    raise_all("programme", [_unsaid(each) if each.file.endswith("voices.toml") else each for each in problems])
    return Programme(
        **_values(facts), tasks=tasks, stakeholders=stakeholders, knots=knots, forms=forms,
        voices=tuple(map(voice_of, told)), hand_overs=tuple(HandOver(**vars(each)) for each in tried),
    )  # fmt: skip


def _facts(places: Places, problems: list[Problem]) -> Facts | None:
    path, home = _first(places, FACTS), settings().home_municipality
    if path is None:
        raise NoProgramme(where=paths.told(paths.home() / "programme" / FACTS), found=home)
    return gathered(problems, partial(read_toml, path, Facts, names={"municipality": [home]}))


def _names(facts: Facts | None) -> dict[str, list[str] | None]:
    """Return what the other files may name; None for what `programme.toml` would say if it could be read."""
    experiments = list(own_over_shipped("experiments"))
    if facts is None:
        return {"experiment": experiments}
    partners = [each.id for each in facts.partners]
    return {
        "experiment": experiments, "partner": partners, "who": [*partners, *(each.id for each in facts.targets)],
        "attached": [*(each.id for each in facts.concepts), *experiments],
    }  # fmt: skip


def _rows(
    places: Places, name: str, key: str, row: type[T], problems: list[Problem], names: Names, unique: str = "id"
) -> tuple[T, ...]:
    """Return the tables of a file that holds one list of tables; without the file, and in an empty form, none."""
    path = _first(places, name)
    if path is None:
        return ()
    kind: Any = dict[Annotated[str, choice(key)], Annotated[tuple[row, ...], Unique(unique)]]  # type: ignore[valid-type]
    found = gathered(problems, lambda: read_toml(path, kind, names=names)) or {}
    return tuple(found.get(key, ()))


def _knots(places: Places, problems: list[Problem]) -> Knots:
    path = _first(places, "knots.toml")
    found = gathered(problems, partial(read_toml, path, Knots)) if path else None
    return found or Knots(dict.fromkeys(CRITERIA, 1.0), GainScale(()))


def _forms(places: Places, problems: list[Problem]) -> tuple[Form, ...]:
    """Return the filled-in forms by kind, in the order of their names; the home's own wins over one so named."""
    found: list[Form | None] = []
    for kind, form in FORMS.items():
        paths_by_name = {path.name: path for place in reversed(places) for path in (place / kind).glob("*.toml")}
        for _, path in sorted(paths_by_name.items()):
            found.append(gathered(problems, partial(read_toml, path, form, names={"form": [kind]})))
    return tuple(each for each in found if each)


def voice_of(told: ToldInFile) -> Voice:
    """Return what young people said with the quotes that are cleared alone."""
    cleared = tuple(quote.text for quote in told.quote if quote.cleared)
    own = {each.name: getattr(told, each.name) for each in fields(Told)}
    return Voice(**own, quotes=cleared, withheld=len(told.quote) - len(cleared))


def _unsaid(problem: Problem) -> Problem:
    """Return a problem without what stands in the file: words that are not cleared never leave it."""
    problem.found = problem.found and "…"
    return problem


def _values(facts: Facts | None) -> dict[str, Any]:
    return {each.name: getattr(facts, each.name) for each in fields(Facts)}


def _first(places: Places, name: str) -> Path | None:
    """Return a file of the programme, the home's own first; None where there is none."""
    return next((file for place in places if (file := place / name).exists()), None)
