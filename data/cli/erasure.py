"""The commands that find a text in the log and erase it: the day a name was written where it should not be."""
# ruff: noqa: T201 - a command prints

import argparse
import json
from typing import TYPE_CHECKING, Any

from data import i18n
from data.problems import Problem
from data.records import Who

if TYPE_CHECKING:
    from data.records.events import LoggedEvent

WHO = Who("command-line", "approver")


def add_commands(commands: Any, lang: str) -> tuple[argparse.ArgumentParser, ...]:  # noqa: ANN401 - argparse hides it
    """Add `find` and `redact` to the commands of `records`, and return them."""
    finding = commands.add_parser("find", help=_say(lang, "help_find"))
    finding.add_argument("words", metavar="WORDS", help=_say(lang, "words"))
    finding.set_defaults(command=run_find)
    erasing = commands.add_parser("redact", help=_say(lang, "help_redact"))
    erasing.add_argument("number", type=int, metavar="NUMBER", help=_say(lang, "number"))
    erasing.add_argument("place", metavar="PLACE", help=_say(lang, "place"))
    erasing.add_argument("--reason", required=True, help=_say(lang, "reason"))
    erasing.set_defaults(command=run_redact)
    return finding, erasing


def run_find(asked: argparse.Namespace, _lang: str) -> int:
    """Print the number, place and record of each text that holds the words; 1 where none does."""
    from data.records import Records
    from data.records.events import texts_with

    if not asked.words.strip():
        raise Problem(code="record_no_words")
    found = [(event, place) for event, place, _text in texts_with(Records.open().events(), asked.words)]
    if asked.json:
        rows = [{"number": event.number, "place": place, "record": _record(event)} for event, place in found]
        print(json.dumps(rows, ensure_ascii=False))
    else:
        print("\n".join(f"{event.number}  {place}  {_record(event)}" for event, place in found))
    return 0 if found else 1


def run_redact(asked: argparse.Namespace, lang: str) -> int:
    """Erase one text of an event, and tell where the same text still stands: in other events and in kept notes."""
    from data.records import Records
    from data.records.events import notes_since, texts_with

    records = Records.open()
    kept = next((event.texts.get(asked.place) for event in records.events(asked.number - 1, asked.number)), None)
    records.redact(asked.number, asked.place, who=WHO, reason=asked.reason)
    erased = kept[1] if kept else ""
    elsewhere = (
        [f"{event.number} {place}" for event, place, _text in texts_with(records.events(), erased)] if erased else []
    )
    kept_notes = notes_since(records.events(), asked.number)
    notes = [_say(lang, "redacted_note", name=each.table["name"], number=each.number) for each in kept_notes]
    if asked.json:
        print(
            json.dumps(
                {"redacted": asked.number, "also": elsewhere, "notes": [each.number for each in kept_notes]},
                ensure_ascii=False,
            )
        )
        return 0
    print(_say(lang, "redacted", place=asked.place, number=asked.number))
    if elsewhere:
        print(_say(lang, "redacted_also", places=", ".join(elsewhere)))
    if notes:
        print(_say(lang, "redacted_notes", notes=", ".join(notes)))
    return 0


def _record(event: "LoggedEvent") -> str:
    return f"{event.kind}/{event.key}"


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("data", lang, f"records.cli.{key}", **facts)
