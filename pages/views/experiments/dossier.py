"""The dossier of a published trial: what it found, beside whom, for how long, at what cost, and what is not known."""

import polars as pl
import streamlit as st

from analytics.experiments.portfolio.registry import PublishedOutcome
from analytics.experiments.portfolio.results import Reported
from pages.components import table_card
from pages.components.citations import experiment_sources
from pages.components.data_table import columns_of
from pages.format import html, numbers
from pages.format.texts import language, text

_WORDED = ("comparison", "ages", "persistence", "cost", "unknown")
_DECIMALS = {"odds_ratio": 2, "risk_ratio": 2, "usd": 0}


def show(each: Reported) -> None:
    """Write the outcomes as a table, and what must be known before they are used."""
    if rows := outcome_rows(each):
        columns = columns_of("experiments.dossier", outcome="prose", months="count", effect="prose", known="prose")
        table_card.show(pl.DataFrame(rows), columns, text("experiments.dossier.outcomes"), experiment_sources(each),
                        f"dossier-{each.key}")  # fmt: skip
    if lines := terms(each):
        st.html(html.tag("dl", html.terms(lines), class_="innenfor-definition"))
    if address := _address(each):
        st.html(html.link(address, text("experiments.dossier.read")))


def outcome_rows(each: Reported) -> list[dict[str, str | int | None]]:
    """Return every outcome with its effect in words and how well it is known."""
    return [
        {"outcome": found.words[language()], "months": found.months, "effect": effect(found), "known": _known(found)}
        for found in each.experiment.finding.get("outcomes", ())
    ]


def effect(found: PublishedOutcome) -> str:
    """Return the size in its unit with its limits; where only the direction is known, that."""
    if found.effect is None:
        return text(f"experiments.dossier.sign.{found.sign or 'unknown'}")
    ratio = found.unit in ("odds_ratio", "risk_ratio")
    value, low, high = (_number(found, each, sign=not ratio) for each in (found.effect, found.low, found.high))
    told = text(f"experiments.dossier.unit.{found.unit}", value=value)
    limits = "interval" if found.certain else "no_interval"
    return f"{told} {text(f'experiments.dossier.{limits}', low=low, high=high)}"


def terms(each: Reported) -> list[tuple[str, str]]:
    """Return whom it was compared with, the ages, how long it lasted, the cost and what is not known, each if told."""
    found = each.experiment.finding
    lines = {name: found[name][language()] for name in _WORDED if name in found}
    lines |= {"transfer": transfer(each)}
    lines["cost"] = lines.get("cost") or text("experiments.dossier.no_cost")
    order = ("transfer", *_WORDED)
    named = [(text(f"experiments.dossier.{name}"), lines[name]) for name in order if lines.get(name)]
    return named if "comparison" in found else []


def transfer(each: Reported) -> str:
    """Return what must be thought of before the effect is taken to be that of young people in Norway; "" for none."""
    found = each.experiment.finding
    warned = [name for name, holds in (("adults", found.get("whom") == "adults"),
              ("abroad", found.get("country", "NO") != "NO")) if holds]  # fmt: skip
    country = text(f"experiments.dossier.country.{found.get('country', 'NO')}")
    return " ".join(text(f"experiments.dossier.from_{name}", country=country) for name in warned)


def _number(found: PublishedOutcome, value: float | None, *, sign: bool) -> str:
    decimals = _DECIMALS.get(found.unit, numbers.DECIMALS["rate"])
    return numbers.signed(value, decimals) if sign else numbers.number(value, decimals)


def _known(found: PublishedOutcome) -> str:
    told = text(f"experiments.dossier.known_{found.known}")
    return f"{told}: {found.source}" if found.source else told


def _address(each: Reported) -> str:
    found = each.experiment.finding
    return f"https://doi.org/{found['doi']}" if "doi" in found else str(found.get("url", ""))
