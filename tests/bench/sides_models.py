"""Models, appraisals and the note against the bare work beneath them."""

from typing import Any

from tests.bench.ground import Ground
from tests.bench.registry import Sides
from tests.bench.report import Unavailable

DRAWS, YEARS = 10_000, 40


def cohort_model(ground: Ground) -> Sides:
    """Ours: the age–period–cohort model of the home region's rows. Floor: statsmodels' fit of the ready matrix."""
    import numpy as np
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    from analytics import places
    from analytics.age_period_cohort import age_period_cohort
    from analytics.apc_design import design
    from analytics.cohort_tables import cohort_rows

    rows = cohort_rows(places.home())
    made = design(rows, "splines")
    offset = np.log(made.persons)
    return Sides(
        lambda: age_period_cohort(rows),
        lambda: GLM(made.events, made.matrix, family=families.Poisson(), offset=offset).fit(),
    )


def appraisal(ground: Ground) -> Sides:
    """Ours: a whole appraisal of 10 000 draws × 40 years. Floor: the same draws × years × 7 payers bare in numpy."""
    from benefits.appraisal import appraise
    from benefits.scenario import PAYERS, shipped_scenario
    from benefits.scenario_reading import scenario
    from benefits.simulation import prepared

    fields = dict(shipped_scenario("ips_job_support").raw)
    asked = scenario(fields | {"horizon_years": YEARS})
    ranges = [(s.ends[0], s.value, s.ends[1]) for s in prepared(asked).spreads.values() if s.ends[0] < s.ends[1]]
    return Sides(lambda: appraise(asked, draws=DRAWS), lambda: bare_appraisal(ranges, len(PAYERS)))


def bare_appraisal(ranges: list[tuple[float, float, float]], payers: int) -> Any:
    """Return payers' NPV at P10, P50, P90 and the chance of a gain: draws, heads, kroner by year, discounting."""
    import numpy as np

    rng = np.random.default_rng(1)
    drawn = [rng.triangular(*each, DRAWS) for each in ranges]
    effect = np.clip(0.1 + 0.04 * rng.standard_normal(DRAWS), -1, 1)
    left = np.empty((DRAWS, YEARS))
    left[:, 0], left[:, 1:] = 1.0, np.exp2(-1 / rng.triangular(1.5, 4, 8, DRAWS))[:, None]
    heads = np.multiply.accumulate(left, axis=1) * (100 * effect)[:, None]
    factors = 1.04 ** -np.arange(YEARS)
    worth = np.empty((payers, DRAWS))
    for payer in range(payers):
        flow = heads * drawn[payer % len(drawn)][:, None]
        flow[:, 0] -= drawn[-1]
        worth[payer] = flow @ factors
    return np.quantile(worth, [0.1, 0.5, 0.9], axis=1), (worth > 0).mean(axis=1)


def note(ground: Ground) -> Sides:
    """Ours: the monthly note from the data to PDF. Floor: typst's bare compilation of the finished source."""
    import typst

    from pages.note import document  # type: ignore[import-not-found,unused-ignore]

    for name in ("pdf", "source"):
        if not hasattr(document, name):
            raise Unavailable(f"pages.note.document has no {name}(lang)")
    finished = document.source("nb")
    return Sides(lambda: document.pdf("nb"), lambda: typst.compile(finished))
