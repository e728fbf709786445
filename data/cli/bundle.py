"""What the command `bundle` does."""
# ruff: noqa: T201 - a command prints

import argparse
import json
from pathlib import Path

from data.bundle.write import write_bundle
from data.format.numbers import number
from data.i18n import reader_language, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help=say("data", reader_language(), "bundle.help_out")
    )


def run_bundle(asked: argparse.Namespace, lang: str) -> int:
    """Write the bundle and say where it lies."""
    files = write_bundle(asked.out)
    if asked.json:
        print(json.dumps({"folder": str(asked.out), "files": files}, ensure_ascii=False))
    else:
        size = number(sum(files.values()) / 1_000_000, 1, lang)
        print(say("data", lang, "bundle.written", where=asked.out, files=len(files), megabytes=size))
    return 0
