"""What the command `records` does: verify, export, import, note, people.

The database library is loaded by these alone.
"""
# ruff: noqa: T201 - a command prints

import argparse
import json
from pathlib import Path
from typing import Any

from data import i18n, paths
from data.cli import erasure
from data.cli.commands import require_file
from data.errors import refusal
from data.problems import Problem
from data.records import Who

WHO = Who("command-line", "approver")
LOG, BOOK = ".jsonl", ".xlsx"


def add_commands(commands: Any, lang: str) -> tuple[argparse.ArgumentParser, ...]:  # noqa: ANN401 - argparse hides it
    """Add the command `records` with its own commands, and return those."""
    commands = commands.add_parser("records", help=say(lang, "help")).add_subparsers(required=True)
    verifying = commands.add_parser("verify", help=say(lang, "help_verify"))
    verifying.add_argument("--known", metavar="HASH", default="", help=say(lang, "known"))
    verifying.set_defaults(command=run_verify)
    exporting = commands.add_parser("export", help=say(lang, "help_export"))
    exporting.add_argument("place", type=Path, metavar="PLACE", help=say(lang, "export_place"))
    exporting.set_defaults(command=run_export)
    importing = commands.add_parser("import", help=say(lang, "help_import"))
    importing.add_argument("file", type=Path, nargs="?", help=say(lang, "import_file"))
    importing.add_argument("--dry-run", action="store_true", help=say(lang, "dry_run"))
    importing.set_defaults(command=run_import)
    noting = commands.add_parser("note", help=say(lang, "help_note"))
    noting.add_argument("--month", required=True, metavar="YYYY-MM", help=say(lang, "month"))
    noting.add_argument("--out", type=Path, metavar="DIR", default=Path(), help=say(lang, "out"))
    noting.set_defaults(command=run_note)
    listing = commands.add_parser("people", help=say(lang, "help_people"))
    listing.add_argument("--forget", metavar="ID", default="", help=say(lang, "forget"))
    listing.set_defaults(command=run_people)
    return verifying, exporting, importing, noting, listing, *erasure.add_commands(commands, lang)


def run_verify(asked: argparse.Namespace, lang: str) -> int:
    """Tell whether the log follows from its own events, and what does not; 1 where anything does not."""
    from data.records import Records
    from data.records.verify import verify

    found = verify(Records.open(), asked.known)
    if asked.json:
        told = {"events": found.events, "hash": found.hash, "ok": not found.faults}
        print(json.dumps(told | (refusal(list(found.faults), lang) if found.faults else {}), ensure_ascii=False))
    elif found.faults:
        print("\n".join(fault.line(lang) for fault in found.faults))
    else:
        print(say(lang, "holds", events=found.events, hash=found.hash))
    return 1 if found.faults else 0


def run_export(asked: argparse.Namespace, lang: str) -> int:
    """Write the whole log (.jsonl), the spreadsheet (.xlsx), or the files of a home (a folder)."""
    from data.records import Records
    from data.records.exchange import lines
    from data.records.files import rows_of_files, write_files
    from data.records.spreadsheet import as_workbook

    records, place = Records.open(), asked.place
    if place.suffix == LOG:
        place.write_text("".join(f"{line}\n" for line in lines(records)), encoding="utf-8")
    elif place.suffix == BOOK:
        state = records.state()
        place.write_bytes(as_workbook(state, lang, () if state.past else rows_of_files()))
    else:
        write_files(records.state(), place)
    _tell(asked, {"place": str(place)}, say(lang, "exported", place=place))
    return 0


def run_import(asked: argparse.Namespace, lang: str) -> int:
    """Put in the files in use, a spreadsheet, or a whole log where there is none."""
    from data.records import Records
    from data.records.exchange import bring, bring_log
    from data.records.files import rows_of_files
    from data.records.spreadsheet import rows_of_workbook

    records, file = Records.open(), asked.file
    if file is not None:
        require_file(file)
    if file is not None and file.suffix == LOG:
        number = bring_log(records, file.read_text(encoding="utf-8"))
        _tell(asked, {"events": number}, say(lang, "log_in", events=number))
        return 0
    rows = rows_of_workbook(file, records.state()) if file is not None else rows_of_files()
    reason = say(lang, "import_reason", file=paths.told(file) if file is not None else "")
    found = bring(records, rows, who=WHO, reason=reason.strip(), dry=asked.dry_run)
    facts = {"new": len(found.new), "changed": len(found.changed), "same": found.same}
    _tell(asked, vars(found), say(lang, "would_bring" if asked.dry_run else "brought", **facts))
    return 0


def run_note(asked: argparse.Namespace, _lang: str) -> int:
    """Write the notes released for a month as they were, byte for byte."""
    from data.records import Records

    records = Records.open()
    notes = [each for each in records.state().of("note").values() if each.value.month == asked.month]
    if not notes:
        raise Problem(code="no_note", found=asked.month)
    written = []
    for note in notes:
        content = records.kept(note.value.sha256)
        if content is not None:
            asked.out.mkdir(parents=True, exist_ok=True)
            written.append(asked.out / Path(note.value.name).name)
            written[-1].write_bytes(content)
    _tell(asked, {"files": [str(each) for each in written]}, "\n".join(map(str, written)))
    return 0


def run_people(asked: argparse.Namespace, lang: str) -> int:
    """Print the names behind the ids, or erase one of them."""
    from data.records import Records
    from data.records.people import forget, names

    url = Records.open().url
    if not asked.forget:
        found = names(url)
        _tell(asked, dict(found), "\n".join(f"{known}  {name}" for known, name in found.items()))
        return 0
    if asked.forget not in names(url):
        raise Problem(code="no_person", found=asked.forget)
    forget(url, asked.forget)
    _tell(asked, {"forgotten": asked.forget}, say(lang, "forgotten", known=asked.forget))
    return 0


def say(lang: str, key: str, **facts: object) -> str:
    """Return a text of the command."""
    return i18n.say("data", lang, f"records.cli.{key}", **facts)


def _tell(asked: argparse.Namespace, facts: dict[str, Any], words: str) -> None:
    print(json.dumps(facts, ensure_ascii=False) if asked.json else words)
