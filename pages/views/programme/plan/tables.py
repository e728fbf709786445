"""The plan as tables: every field with its status, the map's lines, and the modelled beside the realised."""

from collections.abc import Mapping, Sequence

import polars as pl

from benefits.realisation.benefit_map import LEVELS, Edge
from benefits.realisation.plan import Compared, GainStatus
from pages.components.data_table import Kind, TableColumn, columns_of
from pages.format import numbers
from pages.format.texts import language, text
from pages.views.programme.plan import wording

WORDED = (
    "gain", "beneficiary", "owner", "prerequisites", "measure", "output", "user_effect", "social_effect", "goal",
    "method", "risk", "side_effects",
)  # fmt: skip

_MODELLED: tuple[tuple[tuple[str, ...], Kind], ...] = (
    (("id",), "text"),
    (("scenario",), "prose"),
    (("modelled_now", "planned_persons", "realised_persons"), "count"),
    (("society_p10", "society_npv", "society_p90"), "nok_million"),
    (("society_chance",), "share_whole"),
    (("municipality_npv",), "nok_million"),
    (("municipality_chance",), "share_whole"),
)


def status_table(gains: Sequence[GainStatus], told: Mapping[str, str]) -> pl.DataFrame:
    """Return what the steering group looks at: gain, owner, baseline, actual, target, status, reason, as words.

    told: what its owner told last of a gain, by its id; a column where anybody has told anything.
    """
    rows = [_standing(gain) | ({"told": told.get(gain.row.id, "")} if told else {}) for gain in gains]
    return pl.DataFrame(rows)


def status_columns(*, told: bool) -> tuple[TableColumn, ...]:
    """Return the columns of `status_table`."""
    short = ("id", "status")
    last = ("told",) if told else ()
    names = ("id", "gain", "status", *last, "reason", "baseline", "actual", "target", "owner", "beneficiary")
    return columns_of("plan.column", **{name: "text" if name in short else "prose" for name in names})


def full_table(gains: Sequence[GainStatus]) -> pl.DataFrame:
    """Return every field of the plan, numbers as numbers (percent 0–1), with the status: what the files hold."""
    return pl.DataFrame([_whole(gain) for gain in gains], infer_schema_length=None)


def edges_table(edges: Sequence[Edge]) -> pl.DataFrame:
    """Return the lines of the benefit map: from and to, with level, and the gains that follow them."""
    return pl.DataFrame(
        [
            {"from_level": level(edge.start.level), "from": edge.start.words, "to_level": level(edge.end.level),
             "to": edge.end.words, "gains": ", ".join(edge.gains)}
            for edge in edges
        ]
    )  # fmt: skip


def level(number: int) -> str:
    """Return the name of a level of the map."""
    return text(f"plan.level.{LEVELS[number]}")


def modelled_table(rows: Sequence[Compared]) -> pl.DataFrame:
    """Return, gain by gain, what the scenario models and what the indicator has done; persons and NOK."""
    return pl.DataFrame([_compared(each) for each in rows], infer_schema_length=None)


def modelled_columns() -> tuple[TableColumn, ...]:
    """Return the columns of `modelled_table`."""
    return columns_of("plan.column", **{name: kind for names, kind in _MODELLED for name in names})


def _standing(gain: GainStatus) -> dict[str, str]:
    row, lang, found = gain.row, language(), gain.measured
    actual = f"{wording.value(found.value, row.unit)} ({wording.when(found)})" if found else numbers.unknown()
    return {
        "id": row.id,
        "gain": row.gain[lang],
        "status": wording.status(gain),
        "reason": wording.reason(gain),
        "baseline": f"{wording.value(row.baseline, row.unit)} ({numbers.date(row.baseline_date)})",
        "actual": actual,
        "target": f"{wording.value(row.target, row.unit)} ({numbers.date(row.target_date)})",
        "owner": row.owner[lang],
        "beneficiary": row.beneficiary[lang],
    }


def _whole(gain: GainStatus) -> dict[str, object]:
    row, lang, found = gain.row, language(), gain.measured
    words = {name: getattr(row, name)[lang] for name in WORDED}
    return {
        "id": row.id, "type": text(f"plan.type.{row.type}"), **words, "indicator": row.indicator,
        "region": row.region, "age_group": row.age_group, "unit": row.unit, "frequency": row.frequency,
        "baseline": row.baseline, "baseline_date": row.baseline_date.isoformat(), "target": row.target,
        "target_date": row.target_date.isoformat(), "actual": found.value if found else None,
        "actual_low": found.low if found else None, "actual_high": found.high if found else None,
        "actual_date": found.day.isoformat() if found else None, "expected": gain.expected,
        "status": wording.status(gain), "reason": wording.reason(gain), "scenario": row.scenario,
    }  # fmt: skip


def _compared(each: Compared) -> dict[str, object]:
    return {
        "id": each.gain.row.id,
        "scenario": each.title[language()],
        "modelled_now": each.modelled_now,
        "planned_persons": each.planned_persons,
        "realised_persons": each.realised_persons,
        "society_p10": each.society[0],
        "society_npv": each.society[1],
        "society_p90": each.society[2],
        "society_chance": each.chances["society"],
        "municipality_npv": each.municipality[1],
        "municipality_chance": each.chances["municipality"],
    }
