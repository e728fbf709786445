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
from data.cli.preview_words import KEYS, note_lines, preview_json, preview_lines
from data.configuration import configuration_problems
from data.curated.plan.read import read_plan
from data.deliveries.load import Progress
from data.deliveries.preview import preview
from data.deliveries.read import sidecars
from data.ingest.contract import Problem, raise_all
from data.source_names import PLAN
from data.warehouse.build import Report, build
from data.warehouse.connection import query
from data.warehouse.pointer import WarehouseMissing


def run_build(asked: argparse.Namespace, lang: str) -> int:
    """Build the warehouse and print its editions; 0 where it is built or nothing has changed."""
    report = build(asked.raw, asked.var, progress=show_progress(lang))
    if asked.json:
        print(json.dumps(_report_json(report), ensure_ascii=False))
    elif not report.fresh:
        print(say(lang, "unchanged", hash=report.build.hash, built_at=report.build.built_at))
    else:
        for edition, file, rows in report.editions:
            print(say(lang, "edition", edition=edition, rows=rows, file=file))
        print(say(lang, "built", **_report_json(report)["totals"]))
    if not asked.json and report.notes:
        print("\n".join(note_lines(report.notes, lang)))
    return 0


def run_check(asked: argparse.Namespace, lang: str) -> int:
    """Check one file against what its source must look like, or without a file all that a build rests on."""
    if asked.file is None:
        return _check_all(asked, lang)
    require_file(asked.file)
    facts, lines = _plan_facts(asked.file, lang) if asked.source == PLAN else _facts(asked.file, asked.source, lang)
    if asked.json:
        print(json.dumps({"ok": True, "problems": [], **facts}, ensure_ascii=False))
    else:
        print("\n".join([say(lang, "fine", **facts), *lines]))
    return 0


def require_file(file: Path) -> None:
    """Raise a problem where a file that was named is none."""
    if not file.is_file():
        raise Problem(code="is_directory" if file.is_dir() else "no_file", file=file.name)


def _facts(file: Path, source: str | None, lang: str) -> tuple[dict[str, Any], list[str]]:
    """Return what is told of a delivery that is fine, as facts and in words."""
    found = preview(file, source)
    held = found.contents
    facts = {"file": file.name, "layout": held.layout, "title": held.title}
    return facts | preview_json(found, lang), preview_lines(found, lang)


def _plan_facts(file: Path, lang: str) -> tuple[dict[str, Any], list[str]]:
    plan = read_plan(file)
    title = i18n.say("data", lang, "plan.title", version=plan.version)
    facts = {"file": plan.file, "layout": f"plan_{plan.version}", "title": title, "notes": []}
    return dict.fromkeys(KEYS) | facts | {"rows": len(plan.rows)}, []


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
        told = {"indicator": definition, "rows": rows.to_dicts()}
        if (rows["status"] == "suppressed").any():
            told["hidden"] = {each: i18n.say("data", each, "protect.hidden_because") for each in i18n.LANGUAGES}
        print(json.dumps(told, ensure_ascii=False))
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


def show_progress(lang: str) -> Progress:
    """Return what tells on the error stream how far a build has come."""
    words = i18n.words("data", lang)

    def show(step: str, number: int, total: int) -> None:
        print(f"[{number}/{total}] {words.get(f'progress.{step}', step)}", file=sys.stderr)

    return show


def say(lang: str, key: str, **facts: object) -> str:
    """Return a text of the command line."""
    return i18n.say("data", lang, f"cli.{key}", **facts)
