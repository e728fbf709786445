"""`python -m data sql`: a question to the published views, answered by a capped process, and its answer written.

The process is started here, with the question's file of answer (`--into`): the page starts the same one by itself.
"""
# ruff: noqa: T201 - a command prints

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from data import i18n, paths
from data.format.numbers import number
from data.warehouse.allowed import QuestionRefused
from data.warehouse.dictionary import dictionary
from data.warehouse.question import SECONDS, ask

MEGABYTES = 3_000
_GRACE = 10.0  # seconds to start, to copy the views, and to write the answer
_PRINTED = 40


class QuestionStopped(QuestionRefused, code="question_stopped"):
    """Its process was ended, for its time or its memory, before it could say so; `found` is how many seconds it had."""


class QuestionFile(QuestionRefused, code="question_file"):
    """The answer is to go to a file of a kind it cannot be written to; `found` is its name."""


def added_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add `sql` to the commands and return it; `--json` and `--lang` come from the command line all commands share."""
    lang = i18n.reader_language()
    parser = commands.add_parser("sql", help=_say(lang, "help"))
    parser.set_defaults(command=run_sql)
    parser.add_argument("question", nargs="?", metavar="SQL", help=_say(lang, "help_question"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=_say(lang, "help_out"))
    parser.add_argument("--csv", action="store_true", help=_say(lang, "help_csv"))
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--asked", help=argparse.SUPPRESS)  # the same, where it must not be taken for another option
    return parser


def run_sql(asked: argparse.Namespace, lang: str) -> int:
    """Answer a question, or tell which views there are."""
    question = asked.question if asked.asked is None else asked.asked
    if question is None:
        known = [asdict(each) | {"columns": dict(each.columns)} for each in dictionary(lang)]
        print(json.dumps(known, ensure_ascii=False) if asked.json else "\n".join(_dictionary_lines(lang)))
        return 0
    if asked.into is not None:
        rows = ask(question)
        rows.write_parquet(asked.into)
        print(json.dumps({"ok": True, "rows": rows.height, "columns": rows.columns}))
        return 0
    if asked.out is not None and asked.out.suffix.lower() not in _WRITERS:
        raise QuestionFile(where="--out", found=asked.out.name)
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "answer.parquet"
        told = _apart(question, into)
        if "error" in told:
            words = told.get("in", {}).get(lang, told)["error"]
            print(json.dumps(told, ensure_ascii=False) if asked.json else f"{words['says']} {words['do']}")
            return 1
        _give(pl.read_parquet(into), asked, lang)
    return 0


def _dictionary_lines(lang: str) -> list[str]:
    lines = [_say(lang, "lead")]
    for each in dictionary(lang):
        lines += ["", f"{each.name} ({_say(lang, 'rows', rows=number(each.rows, 0, lang))}): {each.says}"]
        lines += [f"    {column}  {says}" for column, says in each.columns]
    return lines


def _apart(question: str, into: Path) -> dict[str, Any]:
    """Return what a process of its own says of a question, its answer in a file. Raises QuestionStopped."""
    words = ["data.cli.capped", str(MEGABYTES), "data", "sql", f"--asked={question}", f"--into={into}", "--json"]
    places = {"INNENFOR_HOME": str(paths.home()), "INNENFOR_VAR": str(paths.var()), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own command; the question is an argument, never a shell's word
            [sys.executable, "-m", *words], cwd=paths.ROOT, env=os.environ | places, stdin=subprocess.DEVNULL,
            capture_output=True, encoding="utf-8", errors="replace", timeout=SECONDS + _GRACE, check=False,
        )  # fmt: skip
        told: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise QuestionStopped(where="SQL", found=f"{SECONDS:g}") from error
    return told


def _give(rows: pl.DataFrame, asked: argparse.Namespace, lang: str) -> None:
    """Write an answer to the file asked for, or print it."""
    if asked.out is not None:
        _WRITERS[asked.out.suffix.lower()](rows, asked.out)
        print(_say(lang, "written", rows=number(rows.height, 0, lang), file=asked.out.name))
    elif asked.json:
        print(json.dumps({"rows": json.loads(rows.write_json())}, ensure_ascii=False))
    elif asked.csv:
        print(rows.write_csv(), end="")
    else:
        with pl.Config(tbl_rows=_PRINTED, tbl_cols=-1, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
            print(rows, _say(lang, "rows", rows=number(rows.height, 0, lang)), sep="\n")


def _sheet(rows: pl.DataFrame, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        rows.write_excel(book, autofit=True)


_WRITERS: Mapping[str, Callable[[pl.DataFrame, Path], object]] = {
    ".csv": lambda rows, path: rows.write_csv(path),
    ".parquet": lambda rows, path: rows.write_parquet(path),
    ".xlsx": _sheet,
}


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("data", lang, f"ask.{key}", **facts)
