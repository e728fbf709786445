"""What the commands `build`, `check` and `show` do."""
# ruff: noqa: T201 - a command prints

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import polars as pl

from data import i18n
from data.catalogue import indicators, region_names
from data.configuration import configuration_problems
from data.curated.plan.read import read_plan
from data.deliveries.contents import contents
from data.deliveries.read import sidecars
from data.ingest.contract import Problem, raise_all
from data.source_names import PLAN
from data.warehouse.build import Report, build
from data.warehouse.connection import WarehouseMissing, query


def run_build(asked: argparse.Namespace, lang: str) -> int:
    """Build the warehouse and print its editions; 0 where it is built or nothing has changed."""
    report = build(asked.raw, asked.var, progress=lambda step, number, total: _progress(step, number, total, lang))
    if asked.json:
        print(json.dumps(_report_json(report), ensure_ascii=False))
    elif not report.fresh:
        print(say(lang, "unchanged", hash=report.build.hash, built_at=report.build.built_at))
    else:
        for edition, file, rows in report.editions:
            print(say(lang, "edition", edition=edition, rows=rows, file=file))
        print(say(lang, "built", **_report_json(report)["totals"]))
    if not asked.json and report.notes:
        print("\n".join(f"· {note.says(lang)}" for note in report.notes))
    return 0


def run_check(asked: argparse.Namespace, lang: str) -> int:
    """Check one file against what its source must look like, or without a file all that a build rests on."""
    if asked.file is None:
        return _check_all(asked, lang)
    if not asked.file.is_file():
        raise Problem(code="is_directory" if asked.file.is_dir() else "no_file", file=asked.file.name)
    facts, notes = _plan_facts(asked.file, lang) if asked.source == PLAN else _facts(asked.file, asked.source, lang)
    if asked.json:
        print(json.dumps({"ok": True, "problems": [], **facts, "notes": notes}, ensure_ascii=False))
    else:
        print("\n".join([say(lang, "fine", **facts), *(f"· {note}" for note in notes)]))
    return 0


def _facts(file: Path, source: str | None, lang: str) -> tuple[dict[str, Any], list[str]]:
    """Return what is told of a delivery that is fine, and its notes."""
    found = contents(file, source)
    facts = {"file": file.name, "layout": found.layout, "rows": found.rows.height, "title": found.title}
    return facts, [note.says(lang) for note in found.notes]


def _plan_facts(file: Path, lang: str) -> tuple[dict[str, Any], list[str]]:
    plan = read_plan(file)
    title = i18n.say("data", lang, "plan.title", version=plan.version)
    return {"file": plan.file, "layout": f"plan_{plan.version}", "rows": len(plan.rows), "title": title}, []


def _check_all(asked: argparse.Namespace, lang: str) -> int:
    """Check settings, indicators, states, mappings and every sidecar; no delivery is read."""
    found, problems = sidecars()
    raise_all("", [*configuration_problems(), *problems])
    facts = {"indicators": len(indicators()), "deliveries": len(found)}
    print(json.dumps({"ok": True, "problems": [], **facts}) if asked.json else say(lang, "all_fine", **facts))
    return 0


def run_show(asked: argparse.Namespace, lang: str) -> int:
    """Print the rows of one indicator as they are loaded, or, where none is named, which there are."""
    if asked.indicator is None:
        return _indicators(asked, lang)
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


def _indicators(asked: argparse.Namespace, lang: str) -> int:
    """Print every indicator with its name, and what is delivered of each experiment."""
    labels = {name: each.label for name, each in indicators().items()}
    experiments = _delivered_experiments()
    if asked.json:
        named = [{"id": name, "label": label} for name, label in labels.items()]
        print(json.dumps({"indicators": named, "experiments": experiments.to_dicts()}, ensure_ascii=False))
    elif asked.csv:
        print(pl.DataFrame({"id": list(labels), "label": [each[lang] for each in labels.values()]}).write_csv(), end="")
    else:
        print("\n".join(f"{name}  {label[lang]}" for name, label in labels.items()))
        for row in experiments.iter_rows(named=True):
            print(_experiment_line(row, lang))
    return 0


def _experiment_line(row: dict[str, Any], lang: str) -> str:
    """Return a registered experiment on one line: what is delivered of it, or that nothing is."""
    if row["delivered"] is None:
        nothing = "in_publication" if row["literature"] else "nothing_delivered"
        return say(lang, nothing, **row)
    return say(lang, "experiment", **{**row, "delivered": say(lang, f"delivered.{row['delivered']}")})


def _delivered_experiments() -> pl.DataFrame:
    """Return what is delivered of each experiment; nothing where no build is there to hold it."""
    try:
        return query("experiment_deliveries")
    except WarehouseMissing:
        return pl.DataFrame()


def _report_json(report: Report) -> dict[str, Any]:
    totals = {
        "editions": len(report.editions), "rows": sum(rows for *_, rows in report.editions),
        "withheld": report.withheld, "seconds": round(report.seconds, 1), "file": report.build.file,
    }  # fmt: skip
    editions = [{"edition": edition, "file": file, "rows": rows} for edition, file, rows in report.editions]
    notes = [note.says(i18n.reader_language()) for note in report.notes]
    return {"hash": report.build.hash, "fresh": report.fresh, "editions": editions, "problems": [], "notes": notes,
            "totals": totals}  # fmt: skip


def _progress(step: str, number: int, total: int, lang: str) -> None:
    words = i18n.words("data", lang).get(f"progress.{step}", step)
    print(f"[{number}/{total}] {words}", file=sys.stderr)


def say(lang: str, key: str, **facts: object) -> str:
    """Return a text of the command line."""
    return i18n.say("data", lang, f"cli.{key}", **facts)
