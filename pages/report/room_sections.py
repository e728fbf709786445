"""What a note says by the records: what has changed since last time, decisions, how experiments go, money and hours."""

import datetime as dt
from collections.abc import Sequence

from analytics.experiments.portfolio.results import Reported
from analytics.programme import going, room
from analytics.programme.room import RecordState, Since
from data.records.payloads import BodyDecision, SpokenQuote
from pages.format import numbers
from pages.format.texts import language, text
from pages.frame.sight import seen, sees_inner
from pages.report.model import Block, NoteTable, Points, Quote, Section, Text
from pages.views.programme import closing_points, course_facts, wording
from pages.views.programme.room import money, news

COURSE = ("judged", "owner", "due", "next")


def since() -> tuple[Section, ...]:
    """Return what has changed since the last meeting or released note; nothing where nothing has been written."""
    state = seen()
    if not any(state.records.values()):
        return ()
    found = room.since(state, room.events(state), inner=sees_inner())
    lines = news.lines(found)
    return (Section(news.heading(found), (Points(lines) if lines else Text(text("room.no_news")),)),)


def decisions(*, every: bool) -> tuple[Section, ...]:
    """Return the decisions: every one, or those made since last time and those still open; nothing without records."""
    state = seen()
    if not any(state.records.values()):
        return ()
    listed = _decisions(state, None if every else room.since(state, room.events(state), inner=sees_inner()))
    head = ("date", "title", "body", "follows_up", "due", "status")
    rows = tuple(_decision(each) for each in sorted(listed, key=lambda each: each.date, reverse=True))
    grid: Block = Text(text("room.no_decisions"))
    if rows:
        named = tuple(text(f"room.field.{name}") for name in head)
        caption = text("room.decided_all" if every else "room.decided_open")
        grid = NoteTable(caption, named, rows, (1.4, 3, 1.8, 1.8, 1.4, 1.1))
    return (Section(text("room.decided"), (grid,)),)


def _decisions(state: RecordState, last: Since | None) -> list[BodyDecision]:
    fresh = {each.record.key for each in last.changes if each.record.kind == "decision"} if last else set()
    stands = {key: each.value for key, each in state.of("decision").items()}
    return [each for key, each in stands.items() if last is None or key in fresh or each.status == "open"]


def _decision(each: BodyDecision) -> tuple[str, ...]:
    lang = language()
    title = ". ".join(filter(None, (each.title[lang], each.because[lang])))
    due = _day(each.due) if each.due else ""
    status = text(f"room.option.{each.status}")
    return (_day(each.date), title, each.body[lang], each.follows_up[lang], due, status)


def _day(day: str) -> str:
    return numbers.date(dt.date.fromisoformat(day))


def courses(rows: Sequence[Reported], titles: Sequence[str], day: dt.date) -> tuple[Block, ...]:
    """Return how the experiments go, by the records; nothing where these say nothing of any."""
    told = going.courses(seen())
    if not told:
        return ()
    head = ("title", *COURSE)
    cells = []
    for each, title in zip(rows, titles, strict=True):
        known = course_facts.facts(each, told.get(each.key), day)
        cells.append((title, *(known[name] or numbers.unknown() for name in COURSE)))
    named = (text("note.column.title"), *(text(f"programme.experiments.fact.{name}") for name in head[1:]))
    return (NoteTable(text("room.kind.course"), named, tuple(cells), (2, 1.4, 1.8, 1.6, 2.6)),)


def quotes() -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """Return the quotes chosen for the closing note, and all that are released."""
    cleared = (each.value for each in seen().released.get("quote", {}).values())
    return tuple(map(_quote, closing_points.quotes(seen()))), tuple(map(_quote, cleared))


def _quote(each: SpokenQuote) -> Quote:
    said = each.text[language()]
    return Quote(said, wording.quoted(said), each.group[language()])


def spent() -> tuple[Section, ...]:
    """Return kroner and hours against plan; nothing where no line says any of them."""
    lines = money.told(seen())
    return (Section(text("room.kind.money"), (Points(lines),)),) if lines else ()
