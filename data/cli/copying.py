"""What the commands `backup` and `restore` do."""
# ruff: noqa: T201 - a command prints

import argparse
import json
from pathlib import Path
from typing import Any

from data import home_copy, i18n, paths
from data.deliveries import door
from data.home_copy import Copied


def add_commands(commands: Any, lang: str) -> tuple[argparse.ArgumentParser, ...]:  # noqa: ANN401 - argparse hides it
    """Add the two commands and return them."""
    backing = commands.add_parser("backup", help=_say(lang, "help_backup"))
    backing.add_argument("file", type=Path, metavar="FILE", help=_say(lang, "help_to"))
    backing.set_defaults(command=run_backup)
    restoring = commands.add_parser("restore", help=_say(lang, "help_restore"))
    restoring.add_argument("file", type=Path, metavar="FILE", help=_say(lang, "help_from"))
    restoring.set_defaults(command=run_restore)
    return backing, restoring


def run_backup(asked: argparse.Namespace, lang: str) -> int:
    """Copy all the municipality owns to one file; nobody changes its deliveries meanwhile."""
    with door.alone():
        return _told("backed_up", home_copy.backup(asked.file), asked, lang)


def run_restore(asked: argparse.Namespace, lang: str) -> int:
    """Put a copy back into an empty home."""
    with door.alone():
        return _told("restored", home_copy.restore(asked.file), asked, lang)


def _told(what: str, done: Copied, asked: argparse.Namespace, lang: str) -> int:
    facts = {"file": asked.file.name, "files": done.files, "bytes": done.size, "home": paths.told(paths.home())}
    from data.records import database

    elsewhere = "" if database.in_the_home() else database.shown(database.address())
    if asked.json:
        print(json.dumps({what: facts, "records": elsewhere or "home"}, ensure_ascii=False))
        return 0
    print(_say(lang, what, **facts))
    if elsewhere:
        print(_say(lang, "records_elsewhere", where=elsewhere))
    return 0


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("data", lang, f"copy.{key}", **facts)
