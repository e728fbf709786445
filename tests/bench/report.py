"""What a run of the measurements found: a ratio a line, its bound, and the machine it was found on."""

import importlib.metadata
import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results")
PACKAGES = ("streamlit", "plotly", "duckdb", "polars", "pandas", "numpy", "scipy", "statsmodels", "diff-diff", "typst")


LEAST_REPETITIONS, WIDE = 5, 0.5  # fewer repetitions, or quartiles further apart than this share, bear no verdict
WITHIN, MISSED, NOISY = "yes", "NO", "too noisy"


class Unavailable(Exception):
    """A measurement that this machine has not the means for; the sentence says what is missing."""


class Unproven(Exception):
    """What was to be timed did not happen; the sentence says how that was seen."""


@dataclass(frozen=True)
class Result:
    """One measured number against its bound; `bound` None: for information.

    unit: "ratio" (ours over the floor), or "MB"; ours, floor: seconds (None where there is no floor); spread, median:
    of the ratios of single repetitions (None: read off once); about: what was divided by what.
    """

    name: str
    value: float
    bound: float | None
    unit: str = "ratio"
    ours: float | None = None
    floor: float | None = None
    spread: tuple[float, float] | None = None
    median: float | None = None
    repetitions: int = 1
    about: str = ""

    @property
    def verdict(self) -> str:
        """WITHIN, MISSED, NOISY, or "" where there is no bound and the figure is steady."""
        if self._too_noisy():
            return NOISY
        return "" if self.bound is None else WITHIN if self.value <= self.bound else MISSED

    @property
    def within(self) -> bool | None:
        """Whether the bound holds; None where there is none, or where the run is too noisy to tell."""
        return {WITHIN: True, MISSED: False}.get(self.verdict)

    def _too_noisy(self) -> bool:
        """Whether another run could say otherwise: few repetitions, or the bound among what single ones gave."""
        if self.spread is None or self.median is None:
            return False
        if self.repetitions < LEAST_REPETITIONS:
            return True
        low, high = self.spread
        if self.bound is None:
            return high - low > WIDE * self.median
        return len({each <= self.bound for each in (self.value, low, self.median, high)}) > 1


@dataclass(frozen=True)
class Skipped:
    """A measurement that was not made, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Failed(Skipped):
    """A measurement whose action could not be shown to have happened: no figure is given, and the run fails."""


@dataclass(frozen=True)
class Report:
    """One run: results in the order of measuring, what failed or was skipped, when and where."""

    results: tuple[Result, ...]
    skipped: tuple[Skipped, ...]
    measured_at: str
    machine: dict[str, Any]
    failed: tuple[Failed, ...] = ()

    @property
    def missed(self) -> list[str]:
        """The names of the results outside their bounds."""
        return [result.name for result in self.results if result.within is False]

    @property
    def undecided(self) -> list[str]:
        """The names of the results that have a bound and are too noisy to be held against it."""
        return [result.name for result in self.results if result.bound is not None and result.verdict == NOISY]

    @property
    def exit_code(self) -> int:
        """0: every bound holds; 1: one is missed, or a line failed; 3: none is missed, but not all could be told."""
        return 1 if self.missed or self.failed else 3 if self.undecided else 0

    def as_dict(self) -> dict[str, Any]:
        """Return the run as plain JSON values."""
        results = [asdict(each) | {"within": each.within, "verdict": each.verdict} for each in self.results]
        missing = {"failed": [*map(asdict, self.failed)], "skipped": [*map(asdict, self.skipped)]}
        return {"measured_at": self.measured_at, "machine": self.machine, "results": results, **missing}

    def as_json(self) -> str:
        """Return the run as one JSON object."""
        return json.dumps(_rounded(self.as_dict()), ensure_ascii=False, indent=1, allow_nan=False)

    def as_table(self) -> str:
        """Return the run as lines for a reader."""
        rows = [("name", "value", "bound", "within", "median (quartiles)", "n", "ours", "floor")]
        rows += [_row(result) for result in self.results]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        lines += [f"FAILED: {each.name}: {each.reason}" for each in self.failed]
        lines += [f"skipped: {each.name}: {each.reason}" for each in self.skipped]
        return "\n".join([_machine_line(self.machine), *lines])

    def save(self, name: str = "") -> Path:
        """Write the run into the project's results, one file a day unless it is given a name, and return the file."""
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{name or self.measured_at[:10]}.json"
        path.write_text(self.as_json() + "\n", encoding="utf-8")
        return path


def machine() -> dict[str, Any]:
    """Return the size and the load of this machine and the versions of what is measured; no names of anyone."""
    installed = {name: _version(name) for name in PACKAGES}
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    return {
        "cores": os.cpu_count(),
        "memory_gb": _memory_gb(),
        "load_before": load,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: version for name, version in installed.items() if version},
    }


def now() -> str:
    """Return the time in UTC to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _memory_gb() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3, 1)
    except (AttributeError, OSError, ValueError):
        return None


def _machine_line(found: dict[str, Any]) -> str:
    size = "{cores} cores, {memory_gb} GB, load {load_before} before, {system}, Python {python}"
    return size.format(**found)


def _row(result: Result) -> tuple[str, ...]:
    spread = f"{result.median:.2f} ({result.spread[0]:.2f}–{result.spread[1]:.2f})" if result.spread else ""
    unit = "" if result.unit == "ratio" else f" {result.unit}"
    bound = "" if result.bound is None else f"≤ {result.bound:g}"
    repeated = str(result.repetitions) if result.spread else ""
    times = (_time(result.ours), _time(result.floor))
    return (result.name, f"{result.value:.3g}{unit}", bound, result.verdict, spread, repeated, *times)


def _time(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds * 1000:.3g} ms"


def _rounded(value: Any) -> Any:
    """Return a JSON value with its numbers to four digits: more would be noise."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list | tuple) else value
