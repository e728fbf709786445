"""The five points of a closing note, in words that the page and the note share: nothing nobody has published."""

from collections import Counter

from analytics.programme import readings, solutions
from analytics.programme.readings import Programme
from analytics.programme.room import RecordState
from data.records.payloads import SpokenQuote
from pages.format.texts import language, listed, text
from pages.frame.sight import seen
from pages.views.programme import wording

POINTS = ("problem", "done", "solution", "use", "next")
WRITTEN = ("problem", "done", "solution", "in_use", "next_steps")


def points(found: Programme, state: RecordState) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the heading of each point with its sentences: as the steering group has written them, else as derived.

    What has no owner is counted: the page names it once, where it is told who was asked to take over.
    """
    if own := written(state):
        return tuple((text(f"programme.point.{name}"), (said,)) for name, said in own.items())
    said = {
        "problem": (found.why[language()],), "done": done(found), "solution": (concepts(found),),
        "use": use(found, named=False), "next": (ahead(),),
    }  # fmt: skip
    return tuple((text(f"programme.point.{name}"), said[name]) for name in POINTS)


def written(state: RecordState) -> dict[str, str]:
    """Return each point as the steering group has written it, in the reader's language; none before that."""
    notes = [each.value for each in state.of("closing").values()]
    own = zip(POINTS, WRITTEN, strict=True)
    return {name: str(getattr(notes[-1], field)[language()]) for name, field in own} if notes else {}


def quotes(state: RecordState) -> tuple[SpokenQuote, ...]:
    """Return the quotes that were chosen for the closing note, of those everybody may see."""
    cleared = state.released.get("quote", {})
    chosen = (key for each in state.of("closing").values() for key in each.value.quotes)
    return tuple(cleared[key].value for key in chosen if key in cleared)


def done(found: Programme) -> tuple[str, ...]:
    """Return the choices and counts."""
    own = readings.experiments_in(seen())
    phases = Counter(readings.phase_of(each, found.slik_phases) or each.phase for each in own)
    reached = [(phases[each.id], each.name[language()].lower()) for each in found.slik_phases if phases[each.id]]
    named = [text("note.in_phase", count=count, phase=phase) for count, phase in reached]
    named += [f"{phases['stopped']} {text('programme.stopped').lower()}"] if phases["stopped"] else []
    named += [f"{phases['']} {text('experiments.phase.none').lower()}"] if phases[""] else []
    facts = {"partners": len(found.partners), "areas": len(found.areas), "experiments": len(own)}
    counted = text("note.done_counts", **facts, phases=", ".join(named)) if own else text("note.done_few", **facts)
    weighed = [text("note.done_knots", knots=len(found.knots.knots))] if found.knots.knots else []
    return (counted, *weighed)


def concepts(found: Programme) -> str:
    """Return what was developed, with whom."""
    names = {each.id: each.name[language()] for each in found.concepts}
    if not names:
        return text("programme.closing.no_solution")
    voice = next((each for each in found.voices if not each.example and names.keys() & set(each.attached)), None)
    asked = f" ({wording.asked(voice).lower()})" if voice else ""
    return text("note.concepts", count=len(names), asked=asked, concepts=", ".join(names.values()))


def in_use() -> str:
    """Return whether there is a solution in use or a platform, as the phases say."""
    own = readings.experiments_in(seen())
    if not own:
        return text("note.no_experiments")
    sustained = sum(each.phase == "sustained" for each in own)
    none = "note.platform_one" if len(own) == 1 else "note.platform"
    return text("note.in_use" if sustained else none, count=sustained, total=len(own))


def use(found: Programme, *, named: bool = True) -> tuple[str, ...]:
    """Return whether anything is in use, who was asked to take over, and what has an owner; see `owned`."""
    return (in_use(), *tried(found), *owned(found, named=named))


def owned(found: Programme, *, named: bool = True) -> tuple[str, ...]:
    """Return in a sentence how many solutions and experiments have an owner; none where there are none of these.

    named: with the names of those that have none, else where they are named.
    """
    count = len(solutions.solutions(found, seen()))
    lacking = [each.name[language()] for each in solutions.without_owner(found, seen())]
    if not count:
        return ()
    said = text("programme.closing.owned", yes=count - len(lacking), count=count)
    if not lacking:
        return (said,)
    if named:
        return (f"{said} {text('programme.closing.not_owned', which=listed(lacking))}",)
    return (f"{said} {text('programme.closing.not_owned_below', part=text('programme.part.hand_over'))}",)


def tried(found: Programme) -> tuple[str, ...]:
    """Return in a sentence how many were asked to take over each solution, and how many did."""
    answers: dict[str, list[str]] = {}
    for each in found.hand_overs:
        answers.setdefault(solutions.solution_name(each.what, found, language(), seen()), []).append(each.answer)
    return tuple(_tried(what, of_what) for what, of_what in answers.items())


def _tried(what: str, answers: list[str]) -> str:
    yes = sum(each in ("yes", "in_part") for each in answers)
    key = "taken" if yes else "not_taken"
    return text(f"programme.closing.{key}", what=what, count=len(answers), yes=yes)


def ahead() -> str:
    """Return what goes on and what stops, as the phases say; else that it is not published."""
    own = readings.experiments_in(seen())
    lang = language()
    kept = [each.title[lang] for each in own if each.phase in ("scaling", "sustained")]
    ended = [each.title[lang] for each in own if each.phase == "stopped"]
    said = [text("programme.closing.goes_on", what=listed(kept))] if kept else []
    said += [text("programme.closing.stops", what=listed(ended))] if ended else []
    return " ".join(said) or text("programme.closing.not_decided")
