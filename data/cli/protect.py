"""`python -m data protect` and `audit`: a table of counts from anywhere is protected, or attacked."""
# ruff: noqa: T201 - a command prints

import argparse
import json
import math
import sys
from pathlib import Path

import polars as pl

from data import i18n
from data.cli.commands import require_file
from data.disclosure.rounding import Draws, rounded, unrounded
from data.disclosure.table import (
    SUPPRESSED,
    Table,
    audit,
    contradicted,
    linked,
    missed,
    protect,
    without_row,
)
from data.format.numbers import number
from data.ingest.contract import Problem
from data.tables.declared import declared
from data.tables.hierarchy import unexplained, unproven
from data.tables.read_table import read_cells
from data.tables.slices import Ways

FEW = 5


def protect_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `protect`; `--json` and `--lang` come from the command line all commands share."""
    _table_arguments(parser)
    lang = i18n.reader_language()
    parser.add_argument("--method", choices=("round", "suppress"), required=True, help=_say(lang, "help_method"))


def audit_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `audit`."""
    _table_arguments(parser)
    lang = i18n.reader_language()
    parser.add_argument("--hidden-at-least", type=int, choices=(0, 1), default=0, help=_say(lang, "help_at_least"))


def _table_arguments(parser: argparse.ArgumentParser) -> None:
    lang = i18n.reader_language()
    parser.add_argument("file", type=Path, metavar="FILE", help=_say(lang, "help_file"))
    parser.add_argument("--threshold", type=int, required=True, metavar="N", help=_say(lang, "help_threshold"))
    parser.add_argument("--sum", action="append", default=[], metavar="DIM:A=B+C", help=_say(lang, "help_sum"))
    levels = _say(lang, "help_hierarchy")
    parser.add_argument("--hierarchy", action="append", default=[], metavar="DIM=FILE", help=levels)


def run_protect(asked: argparse.Namespace, lang: str) -> int:
    """Print the table with its small counts hidden or rounded; what was done is told on the error stream."""
    table = _table(asked, lang)
    if asked.method == "round":
        unknown = table.cells["count"].null_count()
        if unknown:
            raise Problem(code="round_unknown", file=asked.file.name, found=str(unknown))
        if lacking := unrounded(table):
            told = "; ".join(", ".join(key) for key in lacking[:FEW])
            raise Problem(code="round_lacking", file=asked.file.name, expected=told, found=str(len(lacking)))
        cells = rounded(table, Draws.of(table.cells, asked.threshold))
        changed = (cells["count"] != table.cells["count"]).sum()
        _tell_time(table, lang)
        print(_say(lang, "rounded", cells=cells.height, changed=changed), file=sys.stderr)
    else:
        cells = protect(table, asked.threshold)
        _tell_hidden(asked, table.cells, cells, lang)
    print(json.dumps({"cells": cells.to_dicts()}, ensure_ascii=False) if asked.json else cells.write_csv().rstrip("\n"))
    return 0


def _tell_time(table: Table, lang: str) -> None:
    """Tell how counts that stand still from period to period are rounded."""
    for dim, ways in zip(table.dims, table.ways, strict=True):
        if dim in table.time:
            print(_say(lang, "periods_added" if ways else "periods_alike", dim=dim), file=sys.stderr)


def _tell_hidden(asked: argparse.Namespace, before: pl.DataFrame, after: pl.DataFrame, lang: str) -> None:
    hidden = after["status"] == SUPPRESSED
    small = (before["count"].is_between(1, asked.threshold - 1) | (before["status"] == SUPPRESSED)).fill_null(
        value=True
    )
    more = before.filter(hidden & ~small)
    facts = {"small": small.sum(), "more": more.height, "persons": more["count"].sum(), "threshold": asked.threshold}
    share = number(100 * hidden.sum() / len(hidden), 1, lang)
    print(_say(lang, "hidden", share=share, **facts), file=sys.stderr)


def run_audit(asked: argparse.Namespace, lang: str) -> int:
    """Print what can be had of each hidden cell, as JSON; 1 where one is broken."""
    table = _table(asked, lang)
    found = audit(table, asked.threshold, asked.hidden_at_least)
    codes = dict(zip(table.keys, table.cells.select(table.columns).to_dicts(), strict=True))
    cells = [{**codes[each.key], "low": _whole(each.low), "high": _whole(each.high)} for each in found]
    broken = [cell for cell, each in zip(cells, found, strict=True) if each.broken]
    told = {"cells": cells, "broken": broken}
    print(json.dumps(told, ensure_ascii=False))
    print(_say(lang, "audited", cells=len(found), broken=len(broken)), file=sys.stderr)
    return 1 if broken else 0


def _whole(end: float) -> float | None:
    if math.isinf(end):
        return None
    return int(end) if end.is_integer() else end


def _table(asked: argparse.Namespace, lang: str) -> Table:
    """Return the table that is asked about, and tell what of it does not add up or was never told."""
    require_file(asked.file)
    if asked.threshold < 2:
        raise Problem(code="threshold_too_low", file=asked.file.name, found=str(asked.threshold))
    cells, dims = read_cells(asked.file)
    table = linked(cells, dims, declared(asked.sum, asked.hierarchy, cells, asked.file.name))
    apart = missed(table)
    for key, by in apart[:FEW]:
        print(_say(lang, "apart", cell=", ".join(key), by=f"{by:g}"), file=sys.stderr)
    if len(apart) > FEW:
        print(_say(lang, "apart_more", number=len(apart) - FEW), file=sys.stderr)
    if few := [key for key, by in apart if 0 < by < asked.threshold]:
        print(_say(lang, "apart_few", cell=", ".join(few[0]), number=len(few)), file=sys.stderr)
    if differ := contradicted(table):
        print(_say(lang, "editions_differ", cell=", ".join(differ[0]), number=len(differ)), file=sys.stderr)
    words = (*asked.sum, *asked.hierarchy)
    told = {dim for dim in table.dims if any(word.startswith((f"{dim}:", f"{dim}=")) for word in words)}
    for dim, ways in zip(table.dims, table.ways, strict=True):
        if total := unexplained(table.cells, table.dims, dim, ways):
            expected = f"--sum {dim}:{total}=A+B"
            raise Problem(code="total_unexplained", file=asked.file.name, column=dim, found=total, expected=expected)
        _tell_sums(dim, ways, lang)
        if dim not in told and unproven(table.cells, table.dims, dim, ways):
            print(_say(lang, "unproven", dim=dim), file=sys.stderr)
    _tell_without_row(table, lang)
    return table


def _tell_without_row(table: Table, lang: str) -> None:
    for kind, keys in zip(("totals_without_row", "parts_without_row"), without_row(table), strict=True):
        if keys:
            print(_say(lang, kind, cell=", ".join(keys[0]), number=len(keys)), file=sys.stderr)


def _tell_sums(dim: str, ways: Ways, lang: str) -> None:
    if not ways:
        print(_say(lang, "no_total", dim=dim), file=sys.stderr)
    for whole, parts in ways[-FEW:]:
        told = " + ".join(parts if len(parts) <= FEW else (*parts[:2], "…", parts[-1]))
        print(_say(lang, "adds_up", dim=dim, whole=whole, parts=told), file=sys.stderr)


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("data", lang, f"protect.{key}", **facts)
