"""The command line's streams, and the one JSON object that `analytics` and `benefits` answer with."""
# ruff: noqa: T201 - a command prints

import argparse
import json
import signal
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper

from data.errors import InnenforError, foreseen, refusal, worded
from data.i18n import reader_language

YES = ("y", "yes", "j", "ja")


def ready() -> None:
    """Make standard output and error UTF-8, and end without a word where the other end of a pipe is closed.

    Told to end, a command first takes back what it has half done. For a process of its own only: the signals would end
    whatever else runs in it.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def answered(parser: Callable[[], argparse.ArgumentParser], arguments: Sequence[str] | None) -> int:
    """Run the command that is asked for; return 0 where it answered, 1 where the input was refused, both in JSON.

    A command's `run` takes the parsed arguments and the reader's language, and returns one object.
    """
    lang = reader_language()
    answer: dict[str, object]
    try:
        given = parser().parse_args(arguments)  # the defaults are the home's, whose settings may be at fault
        lang = given.lang or lang
        answer = given.run(given, lang)
    except (InnenforError, ExceptionGroup, OSError) as fault:
        if not (found := foreseen(worded(fault))):
            raise
        answer = refusal(found, lang)
    print(json.dumps(answer, ensure_ascii=False, allow_nan=False))
    return 1 if "error" in answer else 0
