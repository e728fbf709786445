"""Experiments as JSON for a researcher: every estimate with its source and registration, examples marked."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from analytics.experiments.portfolio.results import Reported
from data.i18n import speaking
from pages.components.citations import experiment_sources
from pages.format import marking
from pages.format.texts import language
from pages.views.experiments import secondary_outcomes, wording


def one(each: Reported) -> str:
    """Return one experiment as JSON."""
    return _written(_content(each))


def every(chosen: tuple[Reported, ...], lang: str) -> str:
    """Return experiments as a JSON list: also those without an estimate, with the reason or the published finding.

    The language is asked for: a file is written when it is fetched, and no page runs then.
    """
    with speaking(lang):
        return _written([_content(each) for each in chosen])


def _content(each: Reported) -> dict[str, Any]:
    record = each.experiment
    told: dict[str, Any] = {"finding": _finding(record.finding)} if record.published else {}
    if each.estimate is not None:
        told["estimate"] = each.estimate.as_json(language())
        told["other_outcomes"] = secondary_outcomes.content(each)
    return {
        "key": each.key,
        "title": wording.title(each),
        "example": record.example,
        "published": record.published,
        "says": marking.sentence(example=record.example),
        "verdict": each.verdict,
        "effect": wording.effect(each),
        "registration": {"standing": each.standing, "date": each.registered},
        "source": [vars(source) for source in experiment_sources(each)],
        **told,
    }


def _finding(finding: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a publication says with its outcomes as JSON can hold them."""
    return {**finding, "outcomes": [asdict(outcome) for outcome in finding.get("outcomes", ())]}


def _written(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)
