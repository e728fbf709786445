"""The design of an experiment: what was asked, how units were assigned, which columns say what."""

import datetime
import difflib
import hashlib
import json
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from analytics.experiments.design.validation import wrong_values
from analytics.experiments.errors import DesignNotUnderstoodError

CHOICES: dict[str, tuple[str, ...]] = {
    "method": ("rct", "cluster_rct", "staggered", "before_after"),
    "kind": ("binary", "number", "duration"),
    "good": ("up", "down"),
    "aggregation": ("simple", "dynamic", "group", "calendar"),
    "comparison": ("never", "not_yet"),
}


@dataclass(frozen=True)
class Design:
    """An experiment's design, as registered before it starts.

    The first block says what is asked; the second names columns of the table; the third settles the analysis.
    `start` names the column with each unit's first treated period (0 or empty = never), or is that period itself.
    `per` scales yes/no outcomes; `mde` is the smallest useful effect in the estimate's unit; `level` is 0–1.
    `allocation` is the planned share of treated (0–1); without it the sample ratio is not tested.
    """

    key: str = "experiment"
    question: str = ""
    method: str = "rct"
    control: str | None = None
    treatment: str | None = None
    kind: str | None = None
    mde: float | None = None
    per: float = 100.0
    good: str = "up"
    registered: str | None = None
    started: str | None = None
    label: Mapping[str, str] = field(default_factory=dict)

    arm: str | None = None
    outcome: str | None = None
    unit: str | None = None
    cluster: str | None = None
    block: str | None = None
    period: str | None = None
    start: str | float | None = None
    covariates: tuple[str, ...] = ()
    n: str = "n"
    events: str = "events"
    mean: str = "mean"
    sd: str = "sd"
    interval: str = "interval"
    at_risk: str = "at_risk"
    censored: str = "censored"

    at: float | None = None
    horizon: float | None = None
    aggregation: str = "simple"
    comparison: str = "never"
    estimator: str | None = None
    allocation: float | None = None
    level: float = 0.95
    draws: int = 9999
    seed: int = 1
    hidden_below: int = 5

    def __post_init__(self) -> None:
        """Refuse values outside their list: a misread design is worse than none."""
        object.__setattr__(self, "covariates", _names(self.covariates))
        object.__setattr__(self, "label", _in_both_languages(self.label))
        for name, default in _OPTIONAL.items():
            if getattr(self, name) == "":
                object.__setattr__(self, name, default)
        for name in ("control", "treatment"):
            value = getattr(self, name)
            object.__setattr__(self, name, None if value is None else _label(value))
        for name in ("registered", "started"):
            value = getattr(self, name)
            object.__setattr__(self, name, value.isoformat() if isinstance(value, datetime.date) else value)
        for name, allowed in CHOICES.items():
            value = getattr(self, name)
            if value is not None and value not in allowed:
                raise DesignNotUnderstoodError(where=self.key, found=str(value), column=name, meant=", ".join(allowed))
        for name, found, meant in wrong_values(vars(self)):
            raise DesignNotUnderstoodError(where=self.key, found=found, column=name, meant=meant)

    def coded(self, columns: Collection[str]) -> tuple[str, ...]:
        """Return the columns whose codes are numbers even where a statistical file labels them (0 no, 1 yes)."""
        values = (self.n, self.events, self.mean, self.sd, self.interval, self.at_risk, self.censored)
        times = (self.period or "period", str(self.start or "start"))
        aggregated = self.n in columns or self.at_risk in columns
        return (*values, *times, *(() if aggregated else (self.outcome or "outcome",)))

    @property
    def hash(self) -> str:
        """Return the SHA-256 of everything but the registration date: any other edit changes it.

        Keys at their default are left out, so that a key added to the format later does not change old hashes.
        """
        plain = _default()
        content = {name: value for name, value in vars(self).items() if value != plain[name] and name != "registered"}
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


_OPTIONAL = {item.name: item.default for item in fields(Design) if item.default is None or item.name == "question"}
"""Keys that may be left empty."""


@cache
def _default() -> Mapping[str, Any]:
    return vars(Design())


def design_from_toml(path: Path) -> Design:
    """Read the `[design]` table of a TOML file.

    Raises DesignNotUnderstoodError where the file is no TOML, has no `[design]`, or holds an unknown key.
    """
    content = read_toml(path, "[design]")
    if "design" not in content and set(content) & {"method", "arm", "outcome", "unit"}:
        content = {"design": content}
    if not isinstance(content.get("design"), dict):
        raise DesignNotUnderstoodError(
            where=path.name, found=", ".join(content) or "–", column="[design]", meant="[design]"
        )
    return design_from_mapping(content["design"], where=path.name)


def read_toml(path: Path, meant: str) -> dict[str, Any]:
    """Return a TOML file's content; raises DesignNotUnderstoodError where it is none."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DesignNotUnderstoodError(where=path.name, found=str(error), column="TOML", meant=meant) from error


def design_from_mapping(content: Mapping[str, Any], where: str = "design") -> Design:
    """Return the design of a mapping of its keys; an unknown key is refused, never ignored."""
    known = {item.name for item in fields(Design)}
    for name in content:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            meant = close[0] if close else ", ".join(sorted(known))
            raise DesignNotUnderstoodError(where=where, found=name, column=name, meant=meant)
    try:
        return Design(**{"key": Path(where).stem, **content})
    except TypeError as error:
        raise DesignNotUnderstoodError(where=where, found=str(error), column="[design]", meant="README.md") from error


def _in_both_languages(value: object) -> object:
    """Return one text as the text of both languages."""
    return {"nb": value, "en": value} if isinstance(value, str) else value


def _names(value: object) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple | set) else (value,)


def _label(value: object) -> str:
    """Return a value as a label: 1, 1.0 and "1" are one arm; True is 1."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
