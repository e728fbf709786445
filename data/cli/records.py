"""What the command `records` does: verify, export, import, note."""
# ruff: noqa: T201 - a command prints

import argparse
import json
from typing import Any

from data import i18n
from data.errors import refusal
from data.records import Records
from data.records.verify import verify


def add_commands(commands: Any, lang: str) -> tuple[argparse.ArgumentParser, ...]:  # noqa: ANN401 - argparse hides it
    """Add the command `records` with its own commands, and return those."""
    commands = commands.add_parser("records", help=say(lang, "help")).add_subparsers(required=True)
    verifying = commands.add_parser("verify", help=say(lang, "help_verify"))
    verifying.add_argument("--known", metavar="HASH", default="", help=say(lang, "known"))
    verifying.set_defaults(command=run_verify)
    return (verifying,)


def run_verify(asked: argparse.Namespace, lang: str) -> int:
    """Tell whether the log follows from its own events, and what does not; 1 where anything does not."""
    found = verify(Records.open(), asked.known)
    if asked.json:
        told = {"events": found.events, "hash": found.hash, "ok": not found.faults}
        print(json.dumps(told | (refusal(list(found.faults), lang) if found.faults else {}), ensure_ascii=False))
    elif found.faults:
        print("\n".join(fault.line(lang) for fault in found.faults))
    else:
        print(say(lang, "holds", events=found.events, hash=found.hash))
    return 1 if found.faults else 0


def say(lang: str, key: str, **facts: object) -> str:
    """Return a text of the command."""
    return i18n.say("data", lang, f"records.cli.{key}", **facts)
