"""Tables of trials and lists of p-values as a person sends them, read by their columns' usual names."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import (
    ColumnMissingError,
    ErrorNotToldError,
    NotYesNoError,
    RatioErrorUnknownError,
    TableNotUnderstoodError,
)
from analytics.experiments.estimators.base import Remark, note
from analytics.experiments.input.columns import labels, numbers, raise_all, whole
from analytics.experiments.portfolio.meta_analysis import Pooled, log_odds_ratio, log_risk_ratio, pool, risk_difference
from analytics.experiments.portfolio.published_effect import error_of_interval, error_of_p, on_log_scale
from analytics.experiments.portfolio.sensitivity import leave_one_out, small_study
from analytics.experiments.reporting.estimate import plain
from analytics.experiments.reporting.sentences import note_text
from analytics.statistics.multiple_testing import METHODS, adjust, rejected
from data.ingest.long_text import text_rows
from data.sources.uia.tables import BINARY, FORMATS, read_table

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
    answer also holds `ratio` with pooled, low, high and prediction. `notes` say which trials had half an event added.
    Raises E01 and TableNotUnderstoodError.
    """
    folded = {name: name.strip().lower() for name in table.columns}
    twice = [name for name in folded if list(folded.values()).count(folded[name]) > 1]
    if twice:
        raise ColumnMissingError(where=where, found=", ".join(table.columns), column=folded[twice[0]], meant=twice[0])
    table = table.rename(folded)
    values, spreads, kind = _effects(table, measure, where)
    effects, errors = values.tolist(), spreads.tolist()
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
    notes = _zeros(table, kind, found, level, where) if kind in MEASURES else []
    answer["notes"] = [{"code": each.code, "says": note_text(each, lang), "facts": dict(each.facts)} for each in notes]
    answered: dict[str, Any] = plain(answer)
    return answered


def _zeros(table: pl.DataFrame, measure: str, found: Pooled, level: float, where: str) -> list[Remark]:
    """Return which trials had half an event added, and of ratios those with no event, or nothing else, in both arms:
    they tell nothing of its size, and are often left out (Cochrane Handbook 10.4.4.3)."""
    counts = _counts(table, where)
    if counts is None:
        return []
    (e1, n1, e0, n0), names = counts, np.array([each["label"] for each in found.shrunken])
    silent = ((e1 == 0) & (e0 == 0)) | ((e1 == n1) & (e0 == n0))
    full = ((e1 == n1) | (e0 == n0)) & (measure != "rr")
    added = (e1 == 0) | (e0 == 0) | full | silent
    notes = [note("pool_half", names=", ".join(names[added]))] if added.any() else []
    if measure == "rd" or not silent.any() or silent.all():
        return notes
    effects, errors = (np.array([each[key] for each in found.shrunken])[~silent] for key in ("effect", "se"))
    rest = pool(effects.tolist(), errors.tolist(), level=level)
    ratio = [float(np.exp(end)) for end in (rest.pooled, rest.low, rest.high)]
    told = dict(zip(("ratio", "low", "high"), ratio, strict=True))
    return [*notes, note("pool_silent", names=", ".join(names[silent]), **told)]


def _effects(table: pl.DataFrame, measure: str, where: str) -> tuple[Floats, Floats, str]:
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
        return _numbers(table, effect, where), np.sqrt(spread) if error in VARIANCE else spread, "effect"
    counts = _counts(table, where)
    if counts is None:
        found = ", ".join(table.columns)
        raise ColumnMissingError(
            where=where, found=found, column="estimate, se", meant="estimate, se | events1, n1, events0, n0"
        )
    return *MEASURES[measure](*counts), measure


def _as_published(table: pl.DataFrame, effect: str | None, ratio: str | None, where: str) -> tuple[Floats, Floats, str]:
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
    return values, np.array(errors), RATIO[name] if effect is None else "effect"


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
    raise TableNotUnderstoodError(where=where, found="–", column=", ".join(given.values()))


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
        raise TableNotUnderstoodError(where=where, found=str(given[0]) if len(given) else "–", column=name)
    return column.to_numpy()


def adjusted(given: Sequence[str], alpha: float) -> dict[str, Any]:
    """Return every adjustment of p-values given one by one, by commas, or as one file (a column p, or one a line)."""
    p = _p_values(given)
    parts = {
        method: {"adjusted": list(adjust(p, method)), "rejected": list(rejected(p, method, alpha)),
                 "count": sum(rejected(p, method, alpha))}
        for method in METHODS
    }  # fmt: skip
    return {"p": p, "alpha": alpha, **parts}


def _p_values(given: Sequence[str]) -> list[float]:
    texts = [text for item in given for text in item.replace(",", " ").replace(";", " ").split()]
    if len(given) == 1 and (Path(given[0]).exists() or (Path(given[0]).suffix and not all(map(_is_number, texts)))):
        texts = _from_file(Path(given[0]))
    wrong = next((text for text in texts if not _is_number(text)), None)
    if wrong is not None:
        raise TableNotUnderstoodError(where="adjust", found=wrong, column="p")
    return [float(text) for text in texts]


def _from_file(path: Path) -> list[str]:
    """Return the p-values of a file: numbers alone, else a table's column of them."""
    if path.suffix.lower() not in BINARY:
        cells = " ".join(cell for _, row in text_rows(path, FORMATS) for cell in row)
        loose = cells.replace(",", " ").replace(";", " ").split()
        if all(map(_is_number, loose)):
            return loose
    table = read_table(path)
    names = [name for name in table.columns if name.strip().lower() in P]
    names = names or [name for name in table.columns if table[name].dtype.is_numeric()][:1]
    if not names:
        found = ", ".join(table.columns)
        raise ColumnMissingError(where=path.name, found=found, column="p", meant="")
    return [str(value) for value in table[names[0]]]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
