"""The estimates of one experiment side by side, as a paper prints them: text, or a workbook of plain numbers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.experiments.errors import NotWrittenError
from analytics.experiments.reporting.estimate import Estimate
from data import i18n
from data.format.numbers import decimals_for, number, p_value, sized

STATISTICS = ("value", "se", "low", "high", "p", "p_adjusted", "df")
BESIDE = ("ancova", "lin", "doubly_robust", "cluster_robust", "complier")
WIDE = 26


@dataclass(frozen=True)
class EstimatesTable:
    """`columns`: the estimates' names; `rows`: a statistic's name and its number in every column, None where there is
    none; `foot`: method and remarks."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]
    foot: tuple[str, ...]
    kinds: tuple[str, ...]


def regression_table(found: Estimate, lang: str) -> EstimatesTable:
    """Return the headline first, then what stands beside it: adjusted estimates, takers, arms and subgroups."""
    columns: list[tuple[str, dict[str, Any]]] = [(_say(lang, "headline"), _headline(found))]
    columns += [(_say(lang, name), found.beside[name]) for name in BESIDE if found.beside.get(name, {}).get("se")]
    columns += [(str(line["arm"]), line) for line in found.beside.get("arms", {}).get("lines", ())]
    columns += [(str(line["subgroup"]), line) for line in found.beside.get("subgroups", {}).get("lines", ())]
    rows = [(_say(lang, name), tuple(content.get(name) for _, content in columns)) for name in STATISTICS]
    kinds = list(STATISTICS)
    for arm in found.n:
        rows.append((_say(lang, "level", arm=arm), tuple(_level(content, arm) for _, content in columns)))
        rows.append((_say(lang, "n", arm=arm), tuple(content.get("n", found.n).get(arm) for _, content in columns)))
        kinds += ["level", "n"]
    used = [place for place, (_, values) in enumerate(rows) if any(value is not None for value in values)]
    foot = [found.method_text(lang), *(str(item["says"]) for item in found.note_texts(lang))]
    p = found.beside.get("subgroups", {}).get("interaction", {}).get("p")
    foot += [] if p is None else [_say(lang, "interaction", p=p_value(p, lang))]
    return EstimatesTable(tuple(name for name, _ in columns), tuple(rows[place] for place in used), tuple(foot),
                          tuple(kinds[place] for place in used))  # fmt: skip


def as_text(table: EstimatesTable, lang: str) -> str:
    """Return the table as lines of one width a column, the remarks below."""
    effects = [
        value for (_, row), kind in zip(table.rows, table.kinds, strict=True) if kind == "value" for value in row
    ]
    digits = decimals_for(*effects) + 2
    body = [["", *table.columns]]
    for (name, values), kind in zip(table.rows, table.kinds, strict=True):
        body.append([name, *("" if value is None else _cell(value, kind, digits, lang) for value in values)])
    widths = [max(map(len, column)) for column in zip(*body, strict=True)]
    lines = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in body]
    rule = "-" * len(lines[0])
    return "\n".join([rule, lines[0], rule, *lines[1:], rule, *table.foot])


def written(table: EstimatesTable, lang: str, path: Path) -> None:
    """Write a workbook (.xlsx) of numbers, or the text. Raises NotWrittenError."""
    try:
        if path.suffix.lower() == ".xlsx":
            _workbook(table, path)
        else:
            path.write_text(as_text(table, lang) + "\n", encoding="utf-8")
    except OSError as error:
        raise NotWrittenError(where=str(path), found=error.strerror or str(error)) from error


def _workbook(table: EstimatesTable, path: Path) -> None:
    import xlsxwriter

    with path.open("wb") as target, xlsxwriter.Workbook(target, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, len(table.columns), WIDE)
        sheet.write_row(0, 1, table.columns, book.add_format({"bold": True, "bottom": 1}))
        for line, (name, values) in enumerate(table.rows, start=1):
            sheet.write_string(line, 0, name)
            for column, value in enumerate(values, start=1):
                if value is not None:
                    sheet.write_number(line, column, value)
        for line, words in enumerate(table.foot, start=len(table.rows) + 2):
            sheet.write_string(line, 0, words)


def _headline(found: Estimate) -> dict[str, Any]:
    names = ("value", "se", "low", "high", "p", "df", "levels")
    return {name: getattr(found, name) for name in names}


def _level(content: dict[str, Any], arm: str) -> float | None:
    """Return an arm's level, after the start where there is a before."""
    lines = [line for line in content.get("levels", ()) if line["arm"] == arm and line["at"] != "before"]
    return lines[0]["value"] if lines else None


def _cell(value: float, kind: str, digits: int, lang: str) -> str:
    if kind in ("p", "p_adjusted"):
        return p_value(value, lang)
    return sized(value, lang) if kind in ("df", "n") else number(value, digits, lang)


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("analytics", lang, f"experiments.table.{key}", **facts)
