"""The design of an experiment as its file holds it: every key with what may stand under it, and its hash."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any

from pydantic import BeforeValidator

from data.toml import AsWritten, BothLanguages, Day, Fits, Text, TextOrNumber, at_least, one_of

_DATED = ("registered", "delivered")
METHODS = ("rct", "cluster_rct", "staggered", "before_after")


def _unless_empty(value: object) -> object:
    """Return nothing for a key left empty: it was not given."""
    return None if value == "" else value


def _label(value: object) -> object:
    """Return a value as a label: 1, 1.0 and "1" are one arm; true is 1."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _unless_empty(str(value).strip() if isinstance(value, str | int | float) else value)


def _listed(value: object) -> object:
    return tuple(value) if isinstance(value, list | tuple | set) else (value,)


def _date(value: object) -> object:
    """Return a date that was written between quotes as a date; anything else as it is."""
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) and value else _unless_empty(value)
    except ValueError:
        return value


_EMPTY = BeforeValidator(_unless_empty)
_ABOVE_ZERO = Fits("above", lambda value: value > 0, (("low", 0),))
_SHARE = Fits("between", lambda value: 0 < value < 1, (("low", 0), ("high", 1)))
Column = Annotated[Text | None, _EMPTY]
Arm = Annotated[Text | None, BeforeValidator(_label)]
GivenDay = Annotated[Day | None, BeforeValidator(_date)]
Positive = Annotated[float, AsWritten, _ABOVE_ZERO]
Share = Annotated[float, AsWritten, _SHARE]
Number = Annotated[float, AsWritten]
Label = Annotated[Mapping[str, str], BothLanguages(once=True, empty=True, partial=True)]


@dataclass(frozen=True)
class RegisteredDesign:
    """An experiment's design, as registered before it starts.

    The first block says what is asked; the second names columns of the table; the third settles the analysis.
    `start` names the column with each unit's first treated period (0 or empty = never), or is that period itself.
    `per` scales yes/no outcomes; `mde` is the smallest useful effect in the estimate's unit; `level` is 0–1.
    `treatments`: each is compared with the control, the first leads; `subgroup`: a column whose groups are compared;
    `received`: a column of persons with whether they took part.
    `follow_up_months`: from the start to the outcome; `delivered`: the day the results are dated, known afterwards.
    `hidden_below`: a count marked `*` is 1 to this less one; a source that hides more decides what is shown.
    `allocation` is the planned share of treated (0–1); without it the sample ratio is not tested.
    """

    key: Text = "experiment"
    question: str = ""
    method: Annotated[str, one_of(*METHODS)] = "rct"
    control: Arm = None
    treatment: Arm = None
    treatments: Annotated[tuple[Annotated[Text, BeforeValidator(_label)], ...], BeforeValidator(_listed)] = ()
    kind: Annotated[Annotated[str, one_of("binary", "number", "duration")] | None, _EMPTY] = None
    mde: Annotated[Annotated[Number, at_least(0)] | None, _EMPTY] = None
    per: Positive = 100.0
    good: Annotated[str, one_of("up", "down")] = "up"
    registered: GivenDay = None
    started: GivenDay = None
    follow_up_months: Annotated[Annotated[int, at_least(0)] | None, _EMPTY] = None
    delivered: GivenDay = None
    label: Label = field(default_factory=dict)

    arm: Column = None
    outcome: Column = None
    unit: Column = None
    cluster: Column = None
    block: Column = None
    period: Column = None
    start: Annotated[Annotated[str | float, TextOrNumber] | None, _EMPTY] = None
    covariates: Annotated[tuple[Text, ...], BeforeValidator(_listed)] = ()
    subgroup: Column = None
    received: Column = None
    n: Text = "n"
    events: Text = "events"
    mean: Text = "mean"
    sd: Text = "sd"
    interval: Text = "interval"
    at_risk: Text = "at_risk"
    censored: Text = "censored"

    at: Annotated[Number | None, _EMPTY] = None
    horizon: Annotated[Positive | None, _EMPTY] = None
    aggregation: Annotated[str, one_of("simple", "dynamic", "group", "calendar")] = "simple"
    comparison: Annotated[str, one_of("never", "not_yet")] = "never"
    estimator: Column = None
    allocation: Annotated[Share | None, _EMPTY] = None
    level: Share = 0.95
    draws: Annotated[int, at_least(1)] = 9999
    seed: Annotated[int, at_least(0)] = 1
    hidden_below: Annotated[int, at_least(2)] = 5

    @property
    def hash(self) -> str:
        """Return the SHA-256 of everything but the dates of registration and delivery: any other edit changes it.

        Keys at their default are left out, so that a key added to the format later does not change old hashes.
        """
        content = {name: value for name, value in given(self).items() if name not in _DATED}
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def given(design: RegisteredDesign) -> dict[str, Any]:
    """Return the keys of a design that are not at their default."""
    return {name: value for name, value in vars(design).items() if value != _default()[name]}


@cache
def _default() -> Mapping[str, Any]:
    return vars(RegisteredDesign())
