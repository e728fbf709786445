"""Example deliveries of the programme's kind, drawn from a stated truth: run it to write them anew.

python -m tests.data.make_example_experiments

Truth: en-kontaktperson +12 per 100 on 38 · utvidet-karriereveiledning 0 on 71 · jobbsmak +8 on 40, far too few ·
klar-til-livet-klar-til-jobb +8 on 70 with school effects · trade-certificate-at-work +2, +4, +6 … to +8 per 100 by
half-year since start on 30 · municipality-as-employer +1.5 per 100 posts · raskere-i-jobb monthly chance 9 → 13 % ·
felles-inngang 0 on 50, stopped after six offices. Other outcomes of en-kontaktperson: off_social_assistance +11 on 30,
in_education +1 on 18, driving_licence (in no record) +8 on 52.
The seed was chosen for illustration, among several tried, so that the examples show different verdicts: how often an
example finds its truth says nothing. No number here is a result of the programme.
"""

import hashlib

import numpy as np
import polars as pl

from data import paths

FOLDER = paths.ROOT / "demo" / "raw" / "uia" / "example-2026"
SEED = 26
COLUMNS = ("experiment", "unit", "arm", "period", "start", "outcome", "n", "events", "mean", "sd")
FLOW = ("experiment", "arm", "assessed", "assigned", "started", "measured")
LIFE = ("experiment", "arm", "outcome", "interval", "at_risk", "events", "censored")


def row(**facts):
    return {name: facts.get(name) for name in COLUMNS}


def randomised(rng, key, outcome, shares, measured):
    """Yes/no outcome of a trial of persons, with a baseline outcome in period 0."""
    lines = []
    for arm, share, n in zip(("control", "treatment"), shares, measured, strict=True):
        earlier = {"outcome": "worked_year_before", "period": 0, "events": int(rng.binomial(n, 0.42))}
        lines.append(row(experiment=key, unit="all", arm=arm, n=n, **earlier))
        events = int(rng.binomial(n, share))
        lines.append(row(experiment=key, unit="all", arm=arm, period=1, outcome=outcome, n=n, events=events))
    return lines


def clustered(rng, key, outcome, base, effect, clusters, spread, size):
    lines = []
    arms = rng.permutation([index % 2 for index in range(clusters)])
    for place, treated in enumerate(arms):
        n = int(rng.integers(size - 12, size + 13))
        share = float(np.clip(base + effect * treated + rng.normal(0, spread), 0.05, 0.95))
        arm = "treatment" if treated else "control"
        events = int(rng.binomial(n, share))
        lines.append(
            row(experiment=key, unit=f"unit {place + 1:02d}", arm=arm, period=1, outcome=outcome, n=n, events=events)
        )
    return lines


def staggered(rng):
    lines = []
    starts = [4] * 6 + [6] * 6 + [8] * 6 + [0] * 6
    for place, start in enumerate(starts):
        own, n = rng.normal(0.30, 0.04), int(rng.integers(90, 140))
        for period in range(1, 9):
            since = period - start if start and period >= start else -1
            share = own + 0.004 * period + (min(0.02 * (since + 1), 0.08) if since >= 0 else 0)
            events = int(rng.binomial(n, share))
            arm = "treatment" if start else "control"
            lines.append(row(experiment="trade-certificate-at-work", unit=f"office {place + 1:02d}", arm=arm,
                             period=period, start=start, outcome="steady_job", n=n, events=events))  # fmt: skip
    return lines


def before_after(rng):
    lines = []
    for place in range(24):
        treated, own, n = place < 10, rng.normal(4.0, 0.8), int(rng.integers(80, 200))
        for period in range(2021, 2026):
            mean = own + 0.1 * (period - 2021) + (1.5 if treated and period >= 2024 else 0) + rng.normal(0, 0.4)
            lines.append(row(experiment="municipality-as-employer", unit=f"department {place + 1:02d}",
                             arm="treatment" if treated else "control", period=period, start=2024 if treated else 0,
                             outcome="young_hires", n=n, mean=round(mean, 2), sd=2.0))  # fmt: skip
    return lines


def others(rng):
    """Other outcomes of en-kontaktperson; driving_licence is in no record."""
    truth = {"off_social_assistance": (0.30, 0.41), "in_education": (0.18, 0.19), "driving_licence": (0.52, 0.60)}
    return [
        row(experiment="en-kontaktperson", unit="all", arm=arm, period=1, outcome=outcome, n=n,
            events=int(rng.binomial(n, share)))
        for outcome, shares in truth.items()
        for arm, share, n in zip(("control", "treatment"), shares, (282, 289), strict=True)
    ]  # fmt: skip


def durations(rng):
    lines = []
    for arm, chance in (("control", 0.09), ("treatment", 0.13)):
        at_risk = 180
        for month in range(1, 13):
            events = int(rng.binomial(at_risk, chance))
            censored = int(rng.binomial(at_risk - events, 0.01))
            facts = {"at_risk": at_risk, "events": events, "censored": censored}
            key = "raskere-i-jobb"
            lines.append({"experiment": key, "arm": arm, "outcome": "first_job", "interval": month, **facts})
            at_risk -= events + censored
    return lines


def flow(key, assessed, assigned, started, measured):
    sides = zip(("control", "treatment"), assessed, assigned, started, measured, strict=True)
    return [dict(zip(FLOW, (key, *side), strict=True)) for side in sides]


def tables(seed=SEED):
    rng = np.random.default_rng(seed)
    results = randomised(rng, "en-kontaktperson", "in_work", (0.38, 0.50), (282, 289))
    results += randomised(rng, "utvidet-karriereveiledning", "completed", (0.71, 0.71), (1764, 1772))
    results += randomised(rng, "jobbsmak", "in_work", (0.40, 0.48), (27, 29))
    results += clustered(rng, "klar-til-livet-klar-til-jobb", "in_school_or_work", 0.70, 0.08, 16, 0.03, 70)
    results += clustered(rng, "felles-inngang", "has_plan", 0.50, 0.0, 6, 0.05, 40)
    results += staggered(rng) + before_after(rng) + others(np.random.default_rng(seed + 1))
    passed = flow("en-kontaktperson", (341, 338), (300, 300), (300, 271), (282, 289))
    passed += flow("utvidet-karriereveiledning", (1800, 1800), (1800, 1800), (1800, 1655), (1764, 1772))
    passed += flow("jobbsmak", (44, 43), (30, 30), (30, 27), (27, 29))
    passed += flow("raskere-i-jobb", (204, 201), (180, 180), (180, 151), (180, 180))
    clusters = pl.DataFrame(results, infer_schema_length=None).filter(pl.col("experiment") == "felles-inngang")
    sizes = [clusters.filter(pl.col("arm") == arm)["n"].sum() for arm in ("control", "treatment")]
    passed += flow("felles-inngang", (400, 400), (400, 400), (sizes[0], sizes[1]), (sizes[0], sizes[1]))
    return {"results": (COLUMNS, results), "durations": (LIFE, durations(rng)), "flow": (FLOW, passed)}


def sidecar(name, content):
    return f'''adapter = "uia"
publisher = "Innenfor"
table = "{name}"
title = "Eksempel: oppdiktede leveranser av eksperimenter ({name})"
source = "Eksempel: oppdiktede tall, ikke resultater"
published = "2026-01"
accessed = "2026-01"
licence = "CC0"
edition = "uia-example-2026-{name}"
example = true
note_nb = "Oppdiktet. Trukket fra en oppgitt sannhet; trekningen er valgt for illustrasjon."
note_en = "Made up. Drawn from a stated truth; the draw was chosen for illustration."
sha256 = "{hashlib.sha256(content).hexdigest()}"
'''


def write(folder=FOLDER):
    folder.mkdir(parents=True, exist_ok=True)
    for name, (columns, lines) in tables().items():
        frame = pl.DataFrame(lines, infer_schema_length=None).select(columns)
        content = frame.write_csv(line_terminator="\n").encode()
        (folder / f"{name}.csv").write_bytes(content)
        (folder / f"{name}.toml").write_text(sidecar(name, content), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
