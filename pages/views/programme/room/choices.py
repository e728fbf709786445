"""What a form may choose among: what stands in the programme, its plan and its records for whoever looks."""

from collections.abc import Callable, Mapping

from analytics.programme import readings, solutions
from analytics.programme.readings import NamedItem, NoProgramme, Partner, Programme, Target
from benefits.realisation.plan import plan_in_use
from benefits.scenario.model import shipped
from pages.format import numbers
from pages.format.texts import language, text
from pages.frame.sight import seen
from pages.views.programme.phase_board import area_name


def options(of: str) -> Mapping[str, str]:
    """Return what may be chosen, as code → what its reader calls it."""
    return _SOURCES[of]()


def _programme() -> Programme | None:
    try:
        return readings.programme(seen())
    except NoProgramme:
        return None


def _named(*items: tuple[NamedItem | Partner | Target, ...]) -> dict[str, str]:
    return {each.id: each.name[language()] for listed in items for each in listed}


def _of(pick: Callable[[Programme], Mapping[str, str]]) -> Callable[[], Mapping[str, str]]:
    def asked() -> Mapping[str, str]:
        found = _programme()
        return pick(found) if found else {}

    return asked


def _experiments() -> dict[str, str]:
    return {each.key: each.title[language()] for each in readings.experiments_in(seen())}


def _attached() -> dict[str, str]:
    """Return what young people's insight may be about: concepts and experiments, each by its id."""
    return {**_SOURCES["concept"](), **_experiments()}


def _solutions() -> dict[str, str]:
    """Return what an owner is sought for, each with its kind: a concept and its experiment may have one name."""
    found = _programme()
    listed = solutions.solutions(found, seen()) if found else ()
    return {each.id: f"{_kind(each.id)}: {each.name[language()]}" for each in listed}


def _gains() -> dict[str, str]:
    found = plan_in_use(seen()).plan
    return {f"gain/{row.id}": f"{row.id} {row.gain[language()]}" for row in found.rows} if found else {}


def _meetings() -> dict[str, str]:
    rows = {key: each.value for key, each in seen().of("meeting").items()}
    return {key: f"{numbers.period(each.date)} {each.body[language()]}" for key, each in rows.items()}


def _quotes() -> dict[str, str]:
    """Return the quotes everybody may see: only they can stand in a note."""
    return {key: each.value.text[language()] for key, each in seen().released.get("quote", {}).items()}


def _about() -> dict[str, str]:
    """Return what a decision or a lesson may be about: experiments, gains and knots, each with its kind."""
    found = _programme()
    knots = {f"knot/{each.id}": each.name[language()] for each in found.knots.knots} if found else {}
    listed = {f"experiment/{key}": name for key, name in _experiments().items()} | _gains() | knots
    return {code: f"{_kind(code)}: {name}" for code, name in listed.items()}


def _kind(code: str) -> str:
    return text(f"room.kind_one.{code.partition('/')[0]}")


_SOURCES: dict[str, Callable[[], Mapping[str, str]]] = {
    "partner": _of(lambda found: _named(found.partners)),
    "who": _of(lambda found: _named(found.partners, found.targets)),
    "concept": _of(lambda found: _named(found.concepts)),
    "track": _of(lambda found: _named(found.tracks)),
    "area": _of(lambda found: {str(each.number): area_name(found, each.number) for each in found.areas}),
    "experiment": _experiments, "gain": _gains, "meeting": _meetings, "about": _about,
    "attached": _attached, "quote": _quotes, "solution": _solutions,
    "scenario": lambda: {name: name for name in shipped()},
    "indicator": lambda: {name: readings.indicator_label(name, language()) for name in readings.indicator_names()},
}  # fmt: skip
