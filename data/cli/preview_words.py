"""What a delivered file holds and would change, as the command line tells it: in words, and as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from data import i18n
from data.deliveries.preview import Preview
from data.format.numbers import number
from data.ingest.contract import Note
from data.warehouse.build import Report

KEYS = ("rows", "indicators", "regions", "periods", "hidden", "changes")
FEW_NOTES = 3
FEW = 12  # more places or periods than these are told by their number


def preview_json(found: Preview, lang: str) -> dict[str, Any]:
    """Return what a file holds and would change, as the command line prints it; `notes` are worded, alike on one."""
    notes = {
        each: {"notes": [line.removeprefix("· ") for line in note_lines(found.contents.notes, each)]}
        for each in i18n.LANGUAGES
    }
    return {
        "kind": found.contents.kind, "rows": found.contents.rows.height, "indicators": found.indicators,
        "regions": found.regions, "periods": found.periods, "hidden": found.hidden, "changes": asdict(found.changes),
        **in_every_language(notes, lang),
    }  # fmt: skip


def build_json(report: Report) -> dict[str, Any]:
    """Return which build a delivery has led to, and what must be known of it, in every language."""
    lines = {each: note_lines(report.notes, each) for each in i18n.LANGUAGES}
    notes = {each: [line.removeprefix("· ") for line in told] for each, told in lines.items()}
    return {"build": report.build.hash, "build_notes": notes}


def in_every_language(said: Mapping[str, Mapping[str, Any]], lang: str) -> dict[str, Any]:
    """Return what is said in a language, and in the others under `in`: a page may be turned to another meanwhile."""
    return {**said[lang], "in": {each: words for each, words in said.items() if each != lang}}


def preview_lines(found: Preview, lang: str) -> list[str]:
    """Return what a file holds and would change, in words."""
    held, fresh = found.contents, found.changes
    lines = _listed(lang, "held", indicators=found.indicators, regions=found.regions, periods=found.periods)
    lines += _listed(lang, "new", indicators=fresh.indicators, regions=fresh.regions, periods=fresh.periods)
    for edition, counts in fresh.differing.items():
        told = ", ".join(f"{i18n.words('data', lang)[f'fetch.change.{code}']}: {n}" for code, n in counts.items())
        lines.append("· " + _say(lang, "differing", edition=edition, counts=told))
    hidden = [_say(lang, "hidden", number=found.hidden)] if found.hidden else []
    return [*lines, *(f"· {each}" for each in hidden), *note_lines(held.notes, lang)]


def note_lines(notes: Sequence[Note], lang: str) -> list[str]:
    """Return notes on a line each; of many alike on one sheet the first, and how many more there are."""
    groups: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        groups.setdefault((note.reason, note.sheet), []).append(note)
    lines = []
    for group in groups.values():
        shown = group if len(group) <= FEW_NOTES else group[:1]
        lines += [f"· {note.says(lang)}" for note in shown]
        more = i18n.say("data", lang, "cli.alike", number=number(len(group) - 1, 0, lang))
        if shown != group:
            lines[-1] = f"{lines[-1].removesuffix('.')}. {more}"  # what a source says may end without a stop
    return lines


def _listed(lang: str, kind: str, **names: tuple[str, ...]) -> list[str]:
    """Return a line for each list that holds something: its members, or how many where they are many."""
    lines = []
    for word, members in names.items():
        told = ", ".join(members) if len(members) <= FEW else f"{len(members)} ({members[0]} – {members[-1]})"
        lines += [f"· {_say(lang, f'{kind}_{word}', names=told)}"] if members else []
    return lines


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("data", lang, f"door.{key}", **facts)
