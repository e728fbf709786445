"""`python -m data`: build the warehouse, check a file, show an indicator."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import polars as pl

from data import wording
from data.building import Report, build
from data.catalogue import indicators, region_names
from data.contract import Delivery, Problem, raise_all
from data.deliveries import problems_in, tied_to_indicators
from data.errors import InnenforError
from data.observations import observation_problems
from data.sources import SOURCES, parse, table
from data.warehouse import query

TABLE = "table"
KNOWN = sorted([*SOURCES, TABLE])


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Exit codes: 0 fine, 1 problems, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    asked = _parser().parse_args(arguments)
    lang = asked.lang or wording.reader_language()
    try:
        return int(asked.command(asked, lang))
    except InnenforError as error:
        print(
            json.dumps(error.as_json(lang), ensure_ascii=False)
            if asked.json
            else f"{error.says(lang)} {error.do(lang)}"
        )
        return 1
    except ExceptionGroup as group:
        return _print_problems(problems_in(group), lang, as_json=asked.json)


def _parser() -> argparse.ArgumentParser:
    lang = wording.reader_language()
    parser = argparse.ArgumentParser(prog="python -m data", description=_say(lang, "description"))
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("build", help=_say(lang, "build"))
    one.set_defaults(command=_build)
    two = commands.add_parser("check", help=_say(lang, "check"))
    two.add_argument("file", type=Path)
    two.add_argument("--source", choices=KNOWN, help=_say(lang, "source", sources=", ".join(KNOWN)))
    two.set_defaults(command=_check)
    three = commands.add_parser("show", help=_say(lang, "show"))
    three.add_argument("indicator")
    three.add_argument("--region", help=_say(lang, "region"))
    three.add_argument("--csv", action="store_true", help=_say(lang, "csv"))
    three.set_defaults(command=_show)
    for command in (one, two, three):
        command.add_argument("--json", action="store_true", help=_say(lang, "json"))
        command.add_argument("--lang", choices=wording.LANGUAGES, help=_say(lang, "lang"))
    return parser


def _build(asked: argparse.Namespace, lang: str) -> int:
    report = build(progress=lambda step, number, total: _progress(step, number, total, lang))
    if asked.json:
        print(json.dumps(_report_json(report), ensure_ascii=False))
    elif not report.fresh:
        print(_say(lang, "unchanged", hash=report.build.hash, built_at=report.build.built_at))
    else:
        for edition, file, rows in report.editions:
            print(_say(lang, "edition", edition=edition, rows=rows, file=file))
        print(_say(lang, "built", **_report_json(report)["totals"]))
    return 0


def _check(asked: argparse.Namespace, lang: str) -> int:
    if not asked.file.is_file():
        raise Problem(code="is_directory" if asked.file.is_dir() else "no_file", file=asked.file.name)
    delivery = _checked(asked.file, asked.source)
    facts = {"file": asked.file.name, "layout": delivery.layout, "rows": delivery.rows.height, "title": delivery.title}
    notes = [note.says(lang) for note in delivery.notes]
    if asked.json:
        print(json.dumps({"ok": True, "problems": [], **facts, "notes": notes}, ensure_ascii=False))
    else:
        print("\n".join([_say(lang, "fine", **facts), *(f"· {note}" for note in notes)]))
    return 0


def _checked(file: Path, source: str | None) -> Delivery:
    """Read a file as its source's layout, or as Innenfor's own, which is held to the catalogues as well."""
    if source != TABLE and not (source is None and table.recognises(file)):
        return parse(file, source)
    delivery = table.parse(file)
    raise_all(file.name, observation_problems(tied_to_indicators(delivery), file.name))
    return delivery


def _show(asked: argparse.Namespace, lang: str) -> int:
    if asked.indicator not in indicators():
        expected = ", ".join(indicators())
        raise Problem(code="unknown_indicator", found=asked.indicator, expected=expected, column="indicator")
    if asked.region is not None and asked.region not in region_names():
        raise Problem(code="unknown_region", found=asked.region, expected="data/regions.csv", column="region")
    rows = query("observations_shown", indicator=asked.indicator, region=asked.region)
    if asked.json:
        definition = {"id": asked.indicator, "label": indicators()[asked.indicator].label}
        print(json.dumps({"indicator": definition, "rows": rows.to_dicts()}, ensure_ascii=False))
    elif asked.csv:
        print(rows.write_csv(line_terminator="\n"), end="")
    else:
        with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
            print(indicators()[asked.indicator].label[lang], rows, sep="\n")
    return 0


def _print_problems(found: list[Problem], lang: str, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"ok": False, "problems": [p.as_json(lang)["error"] for p in found]}, ensure_ascii=False))
    else:
        print("\n".join(problem.line(lang) for problem in found))
        print(_say(lang, "problems", number=len(found)), file=sys.stderr)
    return 1


def _report_json(report: Report) -> dict[str, Any]:
    totals = {
        "editions": len(report.editions), "rows": sum(rows for *_, rows in report.editions),
        "withheld": report.withheld, "seconds": round(report.seconds, 1), "file": report.build.file,
    }  # fmt: skip
    editions = [{"edition": edition, "file": file, "rows": rows} for edition, file, rows in report.editions]
    return {"hash": report.build.hash, "fresh": report.fresh, "editions": editions, "problems": [], "totals": totals}


def _progress(step: str, number: int, total: int, lang: str) -> None:
    words = wording.words("data", lang).get(f"progress.{step}", step)
    print(f"[{number}/{total}] {words}", file=sys.stderr)


def _say(lang: str, key: str, **facts: object) -> str:
    return wording.say("data", lang, f"cli.{key}", **facts)


if __name__ == "__main__":
    sys.exit(main())
