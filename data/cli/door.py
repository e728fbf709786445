"""`python -m data add` and `remove`: a file comes in through the door, or goes out again."""
# ruff: noqa: T201 - a command prints

import argparse
import json
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data import i18n, paths
from data.cli import new_indicator
from data.cli.commands import require_file, show_progress
from data.cli.console import YES
from data.cli.preview_words import build_json, note_lines, preview_json, preview_lines
from data.cli.problem_lines import problem_lines, problems_json
from data.deliveries import door, kept, proposal
from data.deliveries.new_indicator import CAN_BE, offer
from data.deliveries.preview import Preview, preview
from data.deliveries.read import Sidecar, problems_in
from data.errors import InnenforError
from data.ingest.contract import Problem, Problems
from data.ingest.identity import unnamed
from data.sources import source_of
from data.warehouse.build import Report, build

ASKED = ("title", "published", "licence", "url")
MONTH = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `add`; `--json` and `--lang` come from the command line all commands share."""
    lang = i18n.reader_language()
    parser.add_argument("file", type=Path, metavar="FILE", help=_say(lang, "help_file"))
    parser.add_argument("--source", metavar="S", help=_say(lang, "help_source"))
    for name in ("edition", *ASKED):
        parser.add_argument(f"--{name}", help=_say(lang, f"help_{name}"))
    parser.add_argument("--yes", action="store_true", help=_say(lang, "help_yes"))
    parser.add_argument("--dry-run", action="store_true", help=_say(lang, "help_dry_run"))
    parser.add_argument("--kept", type=Path, help=argparse.SUPPRESS)  # from a check to the load of the same file
    parser.add_argument("--stranger", action="store_true", help=argparse.SUPPRESS)  # who asks may not load


def remove_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `remove`."""
    lang = i18n.reader_language()
    parser.add_argument("edition", metavar="EDITION", help=_say(lang, "help_remove"))
    parser.add_argument("--yes", action="store_true", help=_say(lang, "help_yes_remove"))
    parser.add_argument("--forget", action="store_true", help=argparse.SUPPRESS)  # after an addition that was killed


def run_add(asked: argparse.Namespace, lang: str) -> int:
    """Check a file, tell what it holds and would change, ask, give it its place, build. 0 where it is loaded.

    With `--dry-run` nothing is asked or written: what would be said of the delivery is told.
    """
    require_file(asked.file)
    if there := proposal.already_in(asked.file, shipped_alone=asked.stranger):
        return _there(asked, there, lang)
    print(_say(lang, "reading", file=asked.file.name), file=sys.stderr)
    try:
        found, source = _previewed(asked)
    except Problems as refused:
        if not all(problem.code in CAN_BE for problem in problems_in(refused)):
            raise
        if asked.dry_run and asked.json:
            return _would_offer(asked, refused, lang)
        _catalogued(asked, refused, lang)
        found, source = _previewed(asked)
    if not asked.json:
        holds = _say(lang, "holds", file=asked.file.name, layout=found.contents.layout, rows=found.contents.rows.height)
        print("\n".join([holds, *preview_lines(found, lang)]))
    drafted = _drafted(asked, source, found, lang)
    if asked.dry_run:
        if asked.kept is not None:
            kept.keep(asked.kept, asked.file, source, found.contents)
        return _would_add(asked, drafted, source, found, lang)
    if not asked.yes and not _agreed(lang, "load", edition=drafted.edition):
        return 1
    report = door.add(drafted, source, show_progress(lang), found)
    placed = replace(drafted, file=paths.home() / "raw" / source / drafted.edition / door.placed_name(drafted.file))
    undo = f"python -m data remove {drafted.edition}"
    facts = {**_place(placed), **preview_json(found, lang), "undo": undo, **build_json(report)}
    _tell(asked, {"ok": True, "state": "added", **facts}, _with_notes(report, lang, "added", facts))
    return 0


def _previewed(asked: argparse.Namespace) -> tuple[Preview, str]:
    """Return what the file holds, and its source: the one that was named, else the one its layout is of."""
    if asked.source is not None:
        source = proposal.require_source(asked.source)
        read = kept.kept(asked.kept, asked.file, source)
        return preview(asked.file, proposal.adapter_of(asked.file, source), source, read), source
    found = preview(asked.file, None)
    if source := source_of(found.contents.layout):
        return found, source
    raise Problem(code="source_unknown", file=asked.file.name, expected=", ".join(proposal.sources()), column="source")


def _would_offer(asked: argparse.Namespace, refused: Problems, lang: str) -> int:
    """Tell why a file is refused, and what an indicator could be made of."""
    told = problems_json(problems_in(refused), lang)
    with suppress(InnenforError, Problems):
        told["offer"] = new_indicator.offer_json(offer(asked.file, asked.source))
    _tell(asked, told, "")
    return 1


def _catalogued(asked: argparse.Namespace, refused: Problems, lang: str) -> None:
    """Make an indicator of a file with whoever is there and wants to; else raise why the file is refused."""
    if asked.yes or asked.dry_run or asked.json or not sys.stdin.isatty():
        raise refused
    print("\n".join(problem_lines(problems_in(refused), lang)))
    if _read(i18n.say("data", lang, "catalogue.ask_catalogue")).lower() not in YES:
        raise refused
    new_indicator.ask(asked.file, asked.source, lang)


def _would_add(asked: argparse.Namespace, drafted: Sidecar, source: str, found: Preview, lang: str) -> int:
    """Tell what would be said of a delivery, and that nothing is written."""
    said = {name: getattr(drafted, name) for name in ("edition", *ASKED)}
    facts = {"layout": found.contents.layout, "source": source, "proposal": said, "problems": []}
    told = {"ok": True, "state": "dry_run", "file": unnamed(asked.file.name), **facts, **preview_json(found, lang)}
    _tell(asked, told, _say(lang, "dry_run", **said))
    return 0


def _there(asked: argparse.Namespace, there: Sidecar, lang: str) -> int:
    """Tell where a file is already, and build where an addition that was cut off left that undone."""
    report = None if asked.dry_run else build(progress=show_progress(lang))
    state = _say(lang, "loaded_now", **_built(report)) if report and report.fresh else _say(lang, "unchanged")
    _tell(asked, {"ok": True, "state": "there", **_place(there)}, f"{_say(lang, 'there', **_place(there))} {state}")
    return 0


def run_remove(asked: argparse.Namespace, lang: str) -> int:
    """Take an edition out of the home and build without it. 0 where the database is built.

    One that was taken out when the command was cut off is built without now.
    """
    if asked.forget:
        door.take_back(asked.edition)
        build(progress=show_progress(lang))
        return 0
    mine = door.taken_out(asked.edition) if asked.edition not in proposal.editions() else None
    before, mine = mine, mine or door.own_delivery(asked.edition)
    if not asked.yes:
        _require_somebody(as_json=asked.json)
        if not _agreed(lang, "take_out", **_place(mine)):
            return 1
    place = paths.told(before.file if before else door.take_out(mine.edition))
    undo = f'python -m data add "{place}" --source {mine.folder_source}'
    facts = {"edition": mine.edition, "place": place, "undo": undo}
    print(_say(lang, "removed", **facts), file=sys.stderr if asked.json else sys.stdout)
    report = build(progress=show_progress(lang))
    told = {"ok": True, "state": "removed", **facts, **build_json(report)}
    _tell(asked, told, _with_notes(report, lang, "without", facts))
    return 0


def _drafted(asked: argparse.Namespace, source: str, found: Preview, lang: str) -> Sidecar:
    """Return what is said of the delivery: what is proposed or given, with the answers of whoever can be asked."""
    answers = {name: value.strip() for name in ASKED if (value := getattr(asked, name)) is not None}
    given = {name: answer for name, answer in answers.items() if answer or name == "url"}  # the proposal, as when asked
    drafted = replace(proposal.proposed(asked.file, source, found, datetime.now(UTC).astimezone().date()), **given)
    if not MONTH.fullmatch(drafted.published):
        raise Problem(code="no_month", expected="2026-01", found=drafted.published, column="published")
    if not (asked.yes or asked.dry_run):
        _require_somebody(as_json=asked.json)
        drafted = _answered(drafted, lang)
    edition = asked.edition or drafted.edition or proposal.free_edition(source, found, drafted.published)
    door.require_edition(edition, source)
    return replace(drafted, edition=edition)


def _answered(drafted: Sidecar, lang: str) -> Sidecar:
    """Return the proposal with what is answered to each question."""
    title, published = _answer(lang, "title", drafted.title), _answer(lang, "published", drafted.published)
    licence, url = _answer(lang, "licence", drafted.licence), _answer(lang, "url", drafted.url)
    return replace(drafted, title=title, published=published, licence=licence, url=url)


def _require_somebody(*, as_json: bool) -> None:
    if as_json or not sys.stdin.isatty():
        raise Problem(code="nobody_to_ask", expected="--yes")


def _answer(lang: str, key: str, proposed: str) -> str:
    """Return an answer, the proposal where nothing is written; a month is asked for until it is one."""
    while True:
        said = _read(_say(lang, f"ask_{key}", proposed=proposed or "–")) or proposed
        if key != "published" or MONTH.fullmatch(said):
            return said
        print(_say(lang, "no_month", said=said))


def _agreed(lang: str, key: str, **facts: str) -> bool:
    """Return whether whoever is there agrees; say that nothing is changed where not."""
    agreed = _read(_say(lang, f"ask_{key}", **facts)).lower() in YES
    if not agreed:
        print(_say(lang, "unchanged"))
    return agreed


def _read(question: str) -> str:
    try:
        return input(f"{question} ").strip()
    except EOFError:
        raise Problem(code="nobody_to_ask", expected="--yes") from None


def _place(sidecar: Sidecar) -> dict[str, str]:
    return {"edition": sidecar.edition, "place": paths.told(sidecar.file)}


def _built(report: Report) -> dict[str, object]:
    return {"editions": len(report.editions), "seconds": round(report.seconds, 1)}


def _with_notes(report: Report, lang: str, key: str, facts: Mapping[str, object]) -> str:
    """Return what was done, and what must be known of the build."""
    return "\n".join([_say(lang, key, **facts, **_built(report)), *note_lines(report.notes, lang)])


def _tell(asked: argparse.Namespace, facts: dict[str, Any], words: str) -> None:
    print(json.dumps(facts, ensure_ascii=False) if asked.json else words)


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("data", lang, f"door.{key}", **facts)
