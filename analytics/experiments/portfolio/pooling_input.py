"""Tables of trials as a person sends them, read by their columns' usual names."""

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import (
    ColumnMissingError,
    NotYesNoError,
    TableNotUnderstoodError,
)
from analytics.experiments.estimators.base import critical, critical_of
from analytics.experiments.input.columns import labels, numbers, raise_all, whole
from analytics.experiments.portfolio.meta_analysis import log_odds_ratio, log_risk_ratio, pool, risk_difference
from analytics.experiments.portfolio.pooling_errors import ErrorNotToldError, RatioErrorUnknownError, TrialBlankError
from analytics.experiments.portfolio.pooling_notes import Trials, pooling_notes
from analytics.experiments.portfolio.published_effect import error_of_interval, error_of_p, on_log_scale
from analytics.experiments.portfolio.sensitivity import leave_one_out, small_study
from analytics.experiments.reporting.estimate import plain
from analytics.experiments.reporting.sentences import note_text

Floats = NDArray[np.float64]
EFFECT = ("estimate", "effect", "yi", "value", "est", "y", "coef", "beta", "log_rr", "log_or", "d", "smd")
ERROR = ("se", "sei", "std_error", "standard_error", "stderr", "std.error", "s.e.")
LOG_ERROR = ("se_log", "log_se", "selog", "se_log_rr", "se_log_or", "se_log_hr")
VARIANCE = ("vi", "variance", "var", "v")
RATIO = {"or": "or", "odds_ratio": "or", "rr": "rr", "risk_ratio": "rr", "hr": "hr", "hazard_ratio": "hr", "irr": "rr"}
LOW = ("low", "lower", "ci_low", "ci_lower", "ci.lb", "lcl", "conf.low", "ll")
HIGH = ("high", "upper", "ci_high", "ci_upper", "ci.ub", "ucl", "conf.high", "ul")
P = ("p", "p_value", "p-value", "pvalue", "p.value", "pval")
NAME = ("label", "study", "trial", "name", "author", "school", "experiment", "site", "slab")
COUNTS = (
    ("events1", "n1", "events0", "n0"), ("events_treated", "n_treated", "events_control", "n_control"),
    ("event.e", "n.e", "event.c", "n.c"), ("ai", "n1i", "ci", "n2i"),
)  # fmt: skip
CELLS = (("tpos", "tneg", "cpos", "cneg"), ("ai", "bi", "ci", "di"), ("a", "b", "c", "d"))
MEASURES = {"rr": log_risk_ratio, "or": log_odds_ratio, "rd": risk_difference}


def pooled_table(
    table: pl.DataFrame, measure: str, level: float, where: str = "pool", lang: str = "en"
) -> dict[str, Any]:
    """Return the pooled effect of a table of effects and errors, or of 2×2 counts, as JSON-safe values.

    Beside a standard error, an effect or a ratio may have a 95 % interval or a p-value, row by row what there is.
    Counts are pooled as log risk ratios (`rr`), log odds ratios (`or`) or risk differences (`rd`); of logarithms the
    answer also holds `ratio` with pooled, low, high and prediction. `notes` say which trials had half an event added,
    stand twice, or are at odds with themselves. Raises E01, E09, TableNotUnderstoodError, TrialBlankError,
    ErrorNotToldError and IntervalUnlikeError.
    """
    folded = {name: name.strip().lower() for name in table.columns}
    twice = [name for name in folded if list(folded.values()).count(folded[name]) > 1]
    if twice:
        raise ColumnMissingError(where=where, found=", ".join(table.columns), column=folded[twice[0]], meant=twice[0])
    table = table.rename(folded)
    trials = _trials(table, measure, where)
    effects, errors, kind = trials.effects.tolist(), trials.errors.tolist(), trials.kind
    name = next((name for name in NAME if name in table.columns), None)
    names = [str(item) for item in labels(table[name])] if name else None
    found = pool(effects, errors, labels=names, level=level)
    answer = {**vars(found), "measure": kind, "effect": found.pooled, "method": "REML, Hartung–Knapp ≥ 1"}
    if kind in MEASURES | RATIO and kind != "rd":
        ratio = {key: float(np.exp(getattr(found, key))) for key in ("pooled", "low", "high")}
        spans = {key: getattr(found, key) for key in ("prediction", "prediction_z")}
        answer["ratio"] = ratio | {key: np.exp(span).tolist() if span else None for key, span in spans.items()}
    answer["leave_one_out"] = leave_one_out(effects, errors, [each["label"] for each in found.shrunken], level)
    answer["small_study"] = small_study(effects, errors)
    notes = pooling_notes(trials, found)
    answer["notes"] = [{"code": each.code, "says": note_text(each, lang), "facts": dict(each.facts)} for each in notes]
    answered: dict[str, Any] = plain(answer)
    return answered


def _trials(table: pl.DataFrame, measure: str, where: str) -> Trials:
    effect = next((name for name in EFFECT if name in table.columns), None)
    ratio = next((name for name in RATIO if name in table.columns), None)
    error = next((name for name in (*ERROR, *VARIANCE) if name in table.columns), None)
    if (effect or ratio) and {*LOW, *P, *LOG_ERROR} & set(table.columns):
        return _as_published(table, effect, ratio, where)
    if ratio and not effect:
        raise RatioErrorUnknownError(where, ", ".join(table.columns), column=ratio)
    if effect and error:
        spread = _numbers(table, error, where)
        if (low := spread[~(spread > 0)]).size:
            raise TableNotUnderstoodError(where=where, found=f"{low[0]:g}", column=error)
        return Trials(_numbers(table, effect, where), np.sqrt(spread) if error in VARIANCE else spread, "effect")
    counts = _counts(table, where)
    if counts is None:
        found = ", ".join(table.columns)
        raise ColumnMissingError(
            where=where, found=found, column="estimate, se", meant="estimate, se | events1, n1, events0, n0"
        )
    return Trials(*MEASURES[measure](*counts), measure, counts)


def _as_published(table: pl.DataFrame, effect: str | None, ratio: str | None, where: str) -> Trials:
    """Return effects, ratios as logarithms, with the standard errors given or read back from interval or p-value."""
    name = effect or ratio or ""
    columns = {
        kind: next((each for each in names if each in table.columns), None)
        for kind, names in (("se", ERROR if effect else LOG_ERROR), ("low", LOW), ("high", HIGH), ("p", P))
    }
    given = {kind: column for kind, column in columns.items() if column}
    values, errors = _numbers(table, name, where), []
    if effect is None:
        values = np.array([on_log_scale(value, where, name) for value in values])
    for place, value in enumerate(values.tolist()):
        errors.append(_error(value, table, place, given, where, logs=effect is None))
    low, high, p = (_loose(table, given.get(kind)) for kind in ("low", "high", "p"))
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = (low, high) if effect else (np.log(low), np.log(high))
    by_p = np.array(
        [abs(value) / critical_of(each) if 0 < each < 1 else np.nan for value, each in zip(values, p, strict=True)]
    )
    kind = RATIO[name] if effect is None else "effect"
    return Trials(values, np.array(errors), kind, None, (high - low) / 2 / critical(0.95, None), by_p)


def _loose(table: pl.DataFrame, name: str | None) -> Floats:
    """Return what can be read of a column that is only compared with: NaN where it tells no number."""
    if name is None:
        return np.full(len(table), np.nan)
    text = labels(table[name]).str.replace(",", ".", literal=True)
    return text.cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()


def _error(value: float, table: pl.DataFrame, place: int, given: dict[str, str], where: str, *, logs: bool) -> float:
    """Return a row's standard error: the one given, else its interval's, else its p-value's. What is not needed is not
    read: beside an interval p may be “<0.001”."""

    def read(kind: str) -> float | None:
        return _number(table[given[kind]], place, where) if kind in given else None

    if (se := read("se")) is not None:
        if not se > 0:
            raise TableNotUnderstoodError(where=where, found=f"{se:g}", column=given["se"])
        return se
    low, high = read("low"), read("high")
    if low is not None and high is not None:
        if logs:
            low, high = (on_log_scale(end, where, given[name]) for end, name in ((low, "low"), (high, "high")))
        return error_of_interval(value, low, high, where=where)
    if (p := read("p")) is not None:
        return error_of_p(value, p, where)
    raise TrialBlankError(where, str(place + 1), column=", ".join(given.values()), count=1)


def _number(column: pl.Series, place: int, where: str) -> float | None:
    """Return a cell as a number, None where it is empty."""
    value = numbers(Design(key=where), column)[place]
    if value is None and column[place] is not None:  # a mark, as in “< 0.05”
        raise ErrorNotToldError(
            where, str(column[place]), column=column.name, cure="p_bound" if column.name in P else "do"
        )
    return None if value is None else float(value)


def _counts(table: pl.DataFrame, where: str) -> tuple[Floats, Floats, Floats, Floats] | None:
    for names in COUNTS:
        if set(names) <= set(table.columns):
            e1, n1, e0, n0 = (_numbers(table, name, where) for name in names)
            for count, column in ((n1, names[1]), (n0, names[3])):
                if (none := count[~(count > 0)]).size:
                    raise TableNotUnderstoodError(where=where, found=f"{none[0]:g}", column=column)
                raise_all(whole(Design(key=where), count, column))
            _possible(e1, n1, names[0], where)
            _possible(e0, n0, names[2], where)
            return e1, n1, e0, n0
    for names in CELLS:
        if set(names) <= set(table.columns):
            a, b, c, d = (_numbers(table, name, where) for name in names)
            for name, cell in zip(names, (a, b, c, d), strict=True):
                _possible(cell, np.full(len(cell), np.inf), name, where)
            return a, a + b, c, c + d
    return None


def _possible(events: Floats, n: Floats, name: str, where: str) -> None:
    """Raise E09 where events are no count within n."""
    wrong = events[(events < 0) | (events > n) | (events % 1 != 0)]
    if wrong.size:
        raise NotYesNoError(where, f"{wrong[0]:g}", column=name, count=int(wrong.size))


def _numbers(table: pl.DataFrame, name: str, where: str) -> Floats:
    column = numbers(Design(key=where), table[name])
    if column.null_count():
        given = table[name].filter(column.is_null()).drop_nulls()
        if len(given):
            raise TableNotUnderstoodError(where=where, found=str(given[0]), column=name)
        rows = ", ".join(str(place + 1) for place in column.is_null().arg_true()[:5])
        raise TrialBlankError(where, rows, column=name, count=column.null_count())
    return column.to_numpy()
