"""Can this model be trusted? Published examples run live, assumptions by how much they move the answer, and limits."""

import re
from dataclasses import replace
from functools import partial
from itertools import groupby

import polars as pl
import streamlit as st

from benefits.parameters import Parameter, Source, parameters, sources
from benefits.valuation import validation
from data.i18n import speaking
from pages.components import data_table, downloads
from pages.components.data_table import TableColumn, columns_of
from pages.format import marking
from pages.format.numbers import DECIMALS, number, trimmed
from pages.format.texts import language, text
from pages.frame import expander
from pages.frame.source_footer import Citation
from pages.views.gains import queries
from pages.views.gains.selection import Case

_LIMITS = 8
_PROSE = ("example", "label", "source", "locator")
_PARAMETER = (
    "label", "valid_from", "value", "unit", "price_year", "low", "high", "evidence", "source", "locator", "used",
    "name",
)  # fmt: skip


def show(case: Case) -> None:
    """Write the worked examples, the assumptions and the limits."""
    rows, agreeing = examples()
    st.subheader(text("gains.trust.examples", agreeing=agreeing, all=rows.height), anchor=False)
    st.markdown(text("gains.trust.examples_lead"))
    columns = _columns("example", "measured", "published", "ours", "difference", "agrees")
    data_table.show(rows, columns, text("gains.trust.caption"))
    st.subheader(text("gains.trust.assumptions"), anchor=False)
    st.markdown(text("gains.trust.assumptions_lead"))
    swing = columns_of("gains.column", swing_nok="nok_million_detail")
    data_table.show(
        assumptions(case), (*_columns("label", "evidence", "low", "high"), *swing), text("gains.trust.assumptions")
    )
    st.subheader(text("gains.trust.limits"), anchor=False)
    st.markdown("\n".join(f"- {text(f'gains.limit.n{place}')}" for place in range(1, _LIMITS + 1)))


def examples() -> tuple[pl.DataFrame, int]:
    """Return the published numbers beside ours, and how many agree to the printed digits."""
    found = queries.worked_examples()
    rows = [
        {
            "example": each.label[language()],
            "measured": _quantity(each.quantity),
            "published": _written(each.published),
            "ours": _written(each.ours),
            "difference": number(each.difference, DECIMALS["input"]),
            "agrees": text(f"gains.trust.{'agrees' if each.agrees else 'differs'}"),
        }
        for each in found
    ]
    return pl.DataFrame(rows), sum(each.agrees for each in found)


def assumptions(case: Case) -> pl.DataFrame:
    """Return the assumptions a result rests on, the one that moves its expected value most first."""
    moved = queries.tornado(case.scenario.as_toml(), case.choice.experiment)
    rows = [
        {
            "label": each.label[language()],
            "evidence": text(f"gains.grade.{each.evidence}"),
            "low": _written(each.low),
            "high": _written(each.high),
            "swing_nok": each.swing,
        }
        for each in validation.assumptions(replace(case.appraisal, tornado=moved))
    ]
    return pl.DataFrame(rows)


def parameter_tables(case: Case) -> None:
    """Write every parameter as it stands in its file, a table a file, with the whole as CSV."""
    st.subheader(text("gains.parameters.title"), anchor=False)
    st.markdown(text("gains.parameters.lead", used=len(case.appraisal.parameters), all=len(parameters())))
    ordered = sorted(parameters().values(), key=lambda each: each.name)
    used = set(case.appraisal.parameters)
    for file, group in groupby(ordered, key=lambda each: each.name.rsplit(".", 1)[0]):
        rows = pl.DataFrame([line for each in group for line in lines(each, used)], infer_schema_length=None)
        caption = text(f"gains.parameters.{file.replace('.', '_')}", rows=rows.height)
        expander.reading(caption, file, partial(_parameter_table, rows, caption))
    data = partial(_file, language())
    downloads.button(text("chart.download_csv"), data, marking.file_name("parameters.csv"), "csv-gains-parameters")


def _parameter_table(rows: pl.DataFrame, caption: str) -> None:
    st.html(data_table.html(rows, _columns(*_PARAMETER), caption))


def lines(each: Parameter, used: set[str]) -> list[dict[str, object]]:
    """Return a row for each dated value of a parameter; a value that is not there says why."""
    return [
        {
            "label": each.label[language()],
            "name": each.name,
            "valid_from": entry.valid_from.isoformat(),
            "value": _value(entry.value, unknown=entry.unknown),
            "unit": text(f"gains.units.{_key(each.unit)}"),
            "price_year": "" if each.price_year is None else str(each.price_year),
            "low": None if entry.low is None else _written(entry.low),
            "high": None if entry.high is None else _written(entry.high),
            "evidence": text(f"gains.grade.{entry.evidence}"),
            "source": _named(sources()[each.source]),
            "locator": each.locator,
            "used": text("gains.parameters.used" if each.name in used else "gains.parameters.idle"),
        }
        for entry in each.values
    ]


def _file(lang: str) -> bytes:
    with speaking(lang):
        rows = [
            {
                "name": each.name,
                "label": each.label[lang],
                "unit": each.unit,
                "valid_from": entry.valid_from.isoformat(),
                "value": entry.value,
                "low": entry.low,
                "high": entry.high,
                "evidence": entry.evidence,
                "source_id": each.source,
                "locator": each.locator,
            }
            for each in parameters().values()
            for entry in each.values
        ]
        cited = Citation(text("shell.name"), text("gains.parameters.title"), "", text("gains.cite.facts"))
        return downloads.csv(pl.DataFrame(rows, infer_schema_length=None), (cited,))


def _columns(*names: str) -> tuple[TableColumn, ...]:
    return columns_of("gains.column", **{name: "prose" if name in _PROSE else "text" for name in names})


def _value(value: float | None, *, unknown: bool) -> str:
    if value is None:
        return text("gains.parameters.unknown" if unknown else "gains.parameters.abolished")
    return _written(value)


def _named(source: Source) -> str:
    return f"{source.publisher}: {source.title[language()]}"


def _written(value: float) -> str:
    """Return a number with the decimals it has, six at most."""
    return trimmed(value, DECIMALS["input"])


def _quantity(name: str) -> str:
    """Return what a worked example computes; a number is the year of a factor."""
    return text("gains.worked.year", year=name) if name.isdigit() else text(f"gains.worked.{name}")


def _key(unit: str) -> str:
    return re.sub("[/ -]", "_", unit).lower()
