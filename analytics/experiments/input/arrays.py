"""The rows of a delivered table as arrays: labels as codes, numbers with NaN for the unknown; a Polars frame on demand.

Checks run on the arrays, since a table of some thousand rows is checked in less time than one query is planned.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.input.columns import labels

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
LABELS = ("unit", "cluster", "block", "arm")
NUMBERS = ("period", "start", "n", "mean", "ss", "low", "high", "events")


@dataclass(frozen=True)
class Labels:
    """A column of labels: `codes` count through the sorted `names`, −1 where blank."""

    codes: Codes
    names: NDArray[np.object_]

    def named(self, codes: Codes) -> list[str]:
        """Return the names of codes, each once, in order; blanks have none."""
        return list(self.names[np.flatnonzero(np.bincount(codes[codes >= 0]))])

    @property
    def present(self) -> list[str]:
        """Return the names that occur, in order."""
        return self.named(self.codes)

    def are(self, name: str) -> NDArray[np.bool_]:
        """Return where the label is a name that occurs."""
        return np.asarray(self.codes == int(np.searchsorted(self.names, name)))

    @property
    def blank(self) -> NDArray[np.bool_]:
        """Return where there is no label."""
        return np.asarray(self.codes < 0)

    def where(self, chosen: NDArray[Any]) -> "Labels":
        """Return the labels of some rows, chosen by place or by yes and no."""
        return Labels(self.codes[chosen], self.names)

    @property
    def series(self) -> pl.Series:
        """Return the labels as texts, null where blank."""
        return pl.Series([*self.names, None], dtype=pl.String)[self.codes]


def labelled(column: pl.Series) -> Labels:
    """Return a column as labels, read as `columns.labels` reads them."""
    if column.dtype.is_integer() and not column.null_count():
        values, codes = np.unique(column.to_numpy(), return_inverse=True)
        texts = list(map(str, values.tolist()))
        order = np.array(sorted(range(len(texts)), key=texts.__getitem__), dtype=np.int64)
        return Labels(np.argsort(order)[codes], np.array(texts, dtype=object)[order])
    text = labels(column)
    codes = text.rank("dense").cast(pl.Int64).fill_null(0).to_numpy() - 1
    return Labels(codes, text.drop_nulls().unique().sort().to_numpy().astype(object))


def blank(length: int) -> Labels:
    """Return labels none of which is known."""
    return Labels(np.full(length, -1), np.array([], dtype=object))


@dataclass(frozen=True)
class ExperimentArrays:
    """Rows by column: `labels` (unit, cluster, block, arm, perhaps k_outcome), `numbers` (see `Sample.rows`), `given`
    covariates as delivered (x_<name>), once the arms are known `treated`, the `columns` the table has, and what each
    period is `called` there."""

    labels: Mapping[str, Labels]
    numbers: Mapping[str, Floats]
    given: Mapping[str, pl.Series] = field(default_factory=dict)
    treated: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    columns: tuple[str, ...] = ()
    called: Mapping[float, str] = field(default_factory=dict)

    @classmethod
    def of(cls, frame: pl.DataFrame, called: Mapping[float, str]) -> "ExperimentArrays":
        """Return the table of a frame such as `frame` gives; a missing column of numbers is unknown."""
        unknown = np.full(len(frame), np.nan)
        read = {name: frame[name].to_numpy() if name in frame.columns else unknown for name in NUMBERS}
        given = {name: frame[name] for name in frame.columns if name.startswith("x_")}
        labels = {name: labelled(frame[name]) for name in LABELS}
        return cls(labels, read, given, frame["treated"].to_numpy(), called=called)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.numbers["n"])

    def __getitem__(self, name: str) -> Floats:
        """Return a column of numbers."""
        return self.numbers[name]

    def where(self, chosen: NDArray[np.bool_]) -> "ExperimentArrays":
        """Return some of the rows."""
        if chosen.all():
            return self
        return replace(
            self,
            labels={name: column.where(chosen) for name, column in self.labels.items()},
            numbers={name: column[chosen] for name, column in self.numbers.items()},
            given={name: column.filter(pl.Series(chosen)) for name, column in self.given.items()},
            treated=self.treated[chosen] if len(self.treated) else self.treated,
        )

    def in_arms(self, treated: NDArray[np.bool_], arm: Labels, start: Floats) -> "ExperimentArrays":
        """Return the rows with their arms and starts settled."""
        numbers = {**self.numbers, "start": start}
        return replace(self, labels={**self.labels, "arm": arm}, numbers=numbers, treated=treated)

    @cached_property
    def periods(self) -> tuple[Floats, Codes]:
        """Return the periods in order, the unknown last, and each row's place among them."""
        found = np.unique(self["period"])
        return found, np.searchsorted(found, self["period"])

    def period(self, time: float) -> str:
        """Return what a period is called in the table."""
        return self.called.get(time) or str(int(time) if time % 1 == 0 else time)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Return the rows as a frame, in an order that does not depend on the order of delivery."""
        texts = {name: column.series for name, column in self.labels.items()}
        read = {name: pl.Series(column, nan_to_null=True) for name, column in self.numbers.items()}
        frame = pl.DataFrame({**texts, **read, **self.given})
        known = frame.with_columns(treated=pl.Series(self.treated)) if len(self.treated) == len(self) else frame
        return known.sort(list(dict.fromkeys([*LABELS, *NUMBERS, *frame.columns])), nulls_last=True)
