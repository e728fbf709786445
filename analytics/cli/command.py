"""What a subcommand of `python -m analytics` is: a name, its arguments, and a function that answers."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from data import i18n
from data.i18n import reader_language

Answer = dict[str, object]


@dataclass(frozen=True)
class Command:
    """One subcommand; `run` takes the parsed arguments and the reader's language and returns one JSON object."""

    name: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, str], Answer]


def command_help(key: str) -> str:
    """Return a text of the command line in the language of whoever runs it."""
    return i18n.say("analytics", reader_language(), f"command.{key}")
