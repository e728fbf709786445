"""An estimate as it is told: frozen, safe to write as JSON, with its verdict, grade, notes and draws."""

import json
import math
from dataclasses import dataclass, field, fields
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.estimators.base import Remark
from analytics.experiments.reporting import sentences
from analytics.results import NotEstimable

Json: TypeAlias = Any
"""Numbers, texts, None, and lists and dicts of them."""


@dataclass(frozen=True)
class Estimate:
    """The answer of one experiment.

    value, se, se_ols, low, high: in the outcome's unit, per `per` for yes/no outcomes. `value` is None where small
    numbers are protected: then low–high is the band. `df` None is the normal distribution. `n`: by arm label.
    `method` is a code (`method_text` words it). `grade`: design, execution, reasons.
    `levels`: arm, at (measured, before, after), value, low, high of the arms themselves.
    `beside` holds second opinions, each a dict or {"not_estimable": reason}.
    """

    key: str
    value: float | None
    se: float | None
    se_ols: float | None
    df: float | None
    low: float | None
    high: float | None
    level: float
    p: float | None
    p_randomisation: float | None
    n: dict[str, float]
    method: str
    verdict: str
    grade: dict[str, Any]
    aggregation: str | None = None
    by_time: tuple[dict[str, Any], ...] = ()
    aggregations: dict[str, Any] = field(default_factory=dict)
    notes: tuple[Remark, ...] = ()
    beside: dict[str, Any] = field(default_factory=dict)
    flow: dict[str, dict[str, float]] = field(default_factory=dict)
    balance: tuple[dict[str, Any], ...] = ()
    levels: tuple[dict[str, Any], ...] = ()
    method_facts: dict[str, Any] = field(default_factory=dict)
    permutation_leads: bool = False
    kind: str = "number"
    per: float = 1.0
    good: str = "up"
    mde: float | None = None
    outcome: str = ""
    label: dict[str, str] = field(default_factory=dict)
    design_hash: str = ""

    def sentence(self, lang: str = "en") -> str:
        """Return the estimate in natural units with its interval and verdict, for a reader."""
        return sentences.sentence(self, lang)

    def method_text(self, lang: str = "en") -> str:
        """Return the estimator's name with its degrees of freedom and conventions."""
        return sentences.method_text(self, lang)

    def note_texts(self, lang: str = "en") -> list[dict[str, Any]]:
        """Return each note as code, sentence and facts."""
        return [{"code": n.code, "says": sentences.note_text(n, lang), "facts": dict(n.facts)} for n in self.notes]

    def draws(self, size: int, rng: np.random.Generator) -> NDArray[np.float64] | NotEstimable:
        """Return draws of the effect around `value`: t(df), or normal, times the standard error."""
        if self.value is None or self.se is None:
            return NotEstimable("no_standard_error")
        noise = rng.standard_normal(size) if self.df is None else rng.standard_t(self.df, size)
        return np.asarray(self.value + self.se * noise)

    def as_json(self, lang: str = "en") -> dict[str, Any]:
        """Return everything as plain numbers, texts and lists."""
        content = {item.name: getattr(self, item.name) for item in fields(self)}
        content |= {"method": self.method_text(lang), "method_code": self.method, "sentence": self.sentence(lang)}
        content["beside"] = _worded(plain(self.beside), lang)
        content |= {"notes": self.note_texts(lang), "grade": {**self.grade, "words": sentences.reasons(self, lang)}}
        answer: dict[str, Any] = json.loads(json.dumps(content, default=_plain, allow_nan=False))
        return answer


def plain(content: object) -> Json:
    """Return nested results as JSON-safe values: numpy numbers as floats, NaN as None, NotEstimable as its reason."""
    if isinstance(content, float):
        return float(content) if math.isfinite(content) else None
    if isinstance(content, dict):
        return {str(key): plain(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [plain(value) for value in content]
    if isinstance(content, NotEstimable):
        return {"not_estimable": content.reason}
    return plain(content.item()) if isinstance(content, np.generic) else content


def _worded(content: Json, lang: str) -> Json:
    """Return nested results in which whatever is not estimable says why, for a reader."""
    if isinstance(content, list):
        return [_worded(each, lang) for each in content]
    if not isinstance(content, dict):
        return content
    told = {name: _worded(each, lang) for name, each in content.items()}
    why = told.get("not_estimable")
    return told | {"says": NotEstimable(why).sentence(lang)} if isinstance(why, str) else told


def _plain(value: object) -> object:
    return plain(value)
