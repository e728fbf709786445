"""Make the example delivery of transitions from a stated Markov model: `python -m tests.data.make_example_flows`.

The model: each month a person in state i moves to state j with the probability below, whatever came before; who leaves
(`left`) is no longer followed. The known answers follow: shares after m months are row i of P to the power m, and the
share who never left state i by month m, among those still followed, is (P_ii / (P_ii + sum of moves))^m. Nothing here
is about real persons: the delivery is marked as an example in its sidecar and watermarked wherever it shows.
"""

import csv
import hashlib
import io
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[2] / "demo" / "raw" / "uia" / "example-flows"
NAME = "example_flows"
SEED = 20_240_101
THRESHOLD = 5
REGION, AGE_GROUP, SEX = "4204", "18-29", "both"
EXIT_COHORT = "2019"
COHORTS = {"2019": (12, 60), "2023": (12,)}
EXIT_MONTHS = (6, 12, 18, 24, 36, 48, 60)

STATES = (
    "work", "part_time_work", "education", "apprenticeship", "registered_unemployed", "on_measures", "aap",
    "disability_benefit", "social_assistance", "outside_without_benefit", "left",
)  # fmt: skip
STARTED = {
    "registered_unemployed": 620, "on_measures": 410, "aap": 980, "social_assistance": 540,
    "outside_without_benefit": 860,
}  # fmt: skip
MOVES = {  # probability a month of moving from the state to the others; staying is the rest
    "work": {"part_time_work": 0.004, "education": 0.003, "registered_unemployed": 0.006, "aap": 0.001, "left": 0.002},
    "part_time_work": {"work": 0.03, "education": 0.01, "registered_unemployed": 0.01, "aap": 0.002, "left": 0.002},
    "education": {"work": 0.012, "part_time_work": 0.01, "outside_without_benefit": 0.006, "left": 0.004},
    "apprenticeship": {"work": 0.03, "registered_unemployed": 0.004, "outside_without_benefit": 0.004, "left": 0.001},
    "registered_unemployed": {
        "work": 0.06, "part_time_work": 0.04, "education": 0.015, "apprenticeship": 0.004, "on_measures": 0.03,
        "aap": 0.008, "social_assistance": 0.006, "outside_without_benefit": 0.012, "left": 0.003,
    },
    "on_measures": {
        "work": 0.03, "part_time_work": 0.025, "education": 0.012, "apprenticeship": 0.006,
        "registered_unemployed": 0.03, "aap": 0.012, "outside_without_benefit": 0.008, "left": 0.002,
    },
    "aap": {
        "work": 0.008, "part_time_work": 0.006, "education": 0.004, "on_measures": 0.012, "disability_benefit": 0.009,
        "social_assistance": 0.002, "outside_without_benefit": 0.003, "left": 0.001,
    },
    "disability_benefit": {"part_time_work": 0.0008, "left": 0.001},
    "social_assistance": {
        "work": 0.015, "part_time_work": 0.012, "education": 0.008, "registered_unemployed": 0.015,
        "on_measures": 0.012, "aap": 0.008, "outside_without_benefit": 0.02, "left": 0.004,
    },
    "outside_without_benefit": {
        "work": 0.03, "part_time_work": 0.02, "education": 0.02, "apprenticeship": 0.003,
        "registered_unemployed": 0.012, "aap": 0.004, "social_assistance": 0.005, "left": 0.005,
    },
    "left": {},
}  # fmt: skip


def matrix() -> np.ndarray:
    """Return P: the monthly transition probabilities, rows and columns in the order of `STATES`."""
    table = np.array([[MOVES[origin].get(destination, 0.0) for destination in STATES] for origin in STATES])
    return table + np.diag(1 - table.sum(axis=1))


def shares_after(origin: str, months: int) -> dict[str, float]:
    """Return the known answer: the share of an origin in each state after some months."""
    row = np.linalg.matrix_power(matrix(), months)[STATES.index(origin)]
    return dict(zip(STATES, row.tolist(), strict=True))


def still_in_state(origin: str, months: int) -> float:
    """Return the known answer: the share who have not had a first exit, censoring (`left`) taken out."""
    leaves = sum(chance for destination, chance in MOVES[origin].items() if destination != "left")
    stays = 1 - sum(MOVES[origin].values())
    return float((stays / (stays + leaves)) ** months)


def after_rows(rng: np.random.Generator) -> list[list[object]]:
    rows: list[list[object]] = []
    for cohort, intervals in COHORTS.items():
        for origin, started in STARTED.items():
            for months in intervals:
                counts = rng.multinomial(started, list(shares_after(origin, months).values()))
                group = ["state_after", REGION, cohort, AGE_GROUP, SEX, origin]
                rows.append([*group, "total", months, started, "final"])
                shown = hidden(counts.tolist())
                rows += [
                    [*group, state, months, *(("", "suppressed") if state_hidden else (int(count), "final"))]
                    for state, count, state_hidden in zip(STATES, counts, shown, strict=True)
                ]
    return rows


def exit_rows(rng: np.random.Generator) -> list[list[object]]:
    rows: list[list[object]] = []
    for origin, started in STARTED.items():
        group = ["first_exit", REGION, EXIT_COHORT, AGE_GROUP, SEX, origin]
        rows.append([*group, "total", 0, started, "final"])
        chances = [MOVES[origin].get(state, 0.0) for state in STATES]
        remaining, month = started, 0
        for last in EXIT_MONTHS:
            moved = np.zeros(len(STATES), dtype=int)
            while month < last:
                month += 1
                step = rng.multinomial(remaining, [*chances, 1 - sum(chances)])
                moved, remaining = moved + step[:-1], int(step[-1])
            ends = {"inside": moved[:4].sum(), "elsewhere": moved[4:-1].sum(), "left": moved[-1]}
            for destination, count in ends.items():
                small = 0 < count < THRESHOLD
                rows.append([*group, destination, last, *(("", "suppressed") if small else (int(count), "final"))])
    return rows


def hidden(counts: list[int]) -> list[bool]:
    """Return which counts to hide: 1 to 4, and the smallest others until no hidden count can be worked out."""
    marks = [0 < count < THRESHOLD for count in counts]
    while any(marks) and not safe([count for count, mark in zip(counts, marks, strict=True) if mark]):
        others = [(count, place) for place, count in enumerate(counts) if not marks[place] and count]
        marks[min(others)[1]] = True
    return marks


def safe(counts: list[int]) -> bool:
    """Whether each hidden count can still be anything from 1 to the threshold less one."""
    return len(counts) > 1 and sum(counts) - len(counts) >= THRESHOLD - 2


def delivery() -> bytes:
    """Return the delivery's file as it is shipped."""
    rng = np.random.default_rng(SEED)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["measure", "region_code", "cohort", "age_group", "sex", "origin", "destination", "months", "count", "status"]
    )
    writer.writerows([*after_rows(rng), *exit_rows(rng)])
    return text.getvalue().encode()


def sidecar(content: bytes) -> str:
    """Return the sidecar that marks the delivery as an example."""
    facts = {
        "adapter": "flows", "publisher": "UiA", "table": "eksempel",
        "title": "Eksempel: overganger mellom tilstander etter 12 og 60 måneder",
        "title_en": "Example: transitions between states after 12 and 60 months",
        "source": "Oppdiktede tall fra en oppgitt Markov-modell (tests/data/make_example_flows.py)",
        "published": "2024-01", "accessed": "2026-11", "licence": "CC0", "edition": "example-flows-1",
        "note_nb": "Eksempel. Tallene er laget med en modell og handler ikke om virkelige personer.",
        "note_en": "Example. The numbers are made by a model and are not about real persons.",
        "sha256": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip
    return "".join(f'{key} = "{value}"\n' for key, value in facts.items()) + "example = true\n"


def main() -> None:
    """Write the delivery and its sidecar."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    content = delivery()
    (FOLDER / f"{NAME}.csv").write_bytes(content)
    (FOLDER / f"{NAME}.toml").write_text(sidecar(content), encoding="utf-8")


if __name__ == "__main__":
    main()
