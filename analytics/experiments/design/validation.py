"""What each key of a design may hold: a misread design is worse than none."""

import datetime
import math
from collections.abc import Callable, Mapping
from typing import Any

Check = tuple[Callable[[Any], bool], str]


def wrong_values(content: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return key, value and what was meant, for every key that holds what it cannot; absent keys (None) are right."""
    return [
        (name, _shown(value), CHECKS[name][1])
        for name, value in content.items()
        if value is not None and name in CHECKS and not CHECKS[name][0](value)
    ]


def _shown(value: Any) -> str:  # noqa: ANN401 — whatever a TOML file can hold
    return value if isinstance(value, str) and value.strip() else repr(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_day(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        datetime.date.fromisoformat(value[:10])
    except ValueError:
        return False
    return True


def _are_words(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(word, str) for word in value.values())


NAMES = (
    "key", "arm", "outcome", "unit", "cluster", "block", "period", "n", "events", "mean", "sd", "interval", "at_risk",
    "censored", "estimator",
)  # fmt: skip
CHECKS: dict[str, Check] = {
    **dict.fromkeys(NAMES, (_is_text, '"…"')),
    "covariates": (lambda value: all(_is_text(name) for name in value), '["…", "…"]'),
    "control": (_is_text, '"control", 0'),
    "treatment": (_is_text, '"treatment", 1'),
    "start": (lambda value: _is_text(value) or _is_number(value), '"start", 2025'),
    "label": (_are_words, '{ nb = "i jobb", en = "in work" }'),
    "registered": (_is_day, "2026-01-31"),
    "started": (_is_day, "2026-02-28"),
    "level": (lambda value: _is_number(value) and 0 < value < 1, "0.95"),
    "per": (lambda value: _is_number(value) and value > 0, "100"),
    "mde": (lambda value: _is_number(value) and value >= 0, "5.0 (≥ 0)"),
    "allocation": (lambda value: _is_number(value) and 0 < value < 1, "0.5 (0–1)"),
    "at": (_is_number, "1, 2025"),
    "horizon": (lambda value: _is_number(value) and value > 0, "12"),
    "draws": (lambda value: _is_whole(value) and value >= 1, "9999"),
    "seed": (lambda value: _is_whole(value) and value >= 0, "1"),
    "hidden_below": (lambda value: _is_whole(value) and value >= 1, "5"),
}
