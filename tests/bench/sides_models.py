"""Models, appraisals and the note against the bare work beneath them."""

import re
from typing import Any

from tests.bench.ground import Ground
from tests.bench.registry import Sides

DRAWS, YEARS = 10_000, 40


def cohort_model(ground: Ground) -> Sides:
    """Ours: the age–period–cohort model of the home region's rows. Floor: statsmodels' fit of the ready matrix."""
    import numpy as np
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    from analytics import regions
    from analytics.cohorts.age_period_cohort import age_period_cohort
    from analytics.cohorts.apc_design import design
    from analytics.cohorts.tables import cohort_rows

    rows = cohort_rows(regions.home())
    made = design(rows, "splines")
    offset = np.log(made.persons)
    return Sides(
        lambda: age_period_cohort(rows),
        lambda: GLM(made.events, made.matrix, family=families.Poisson(), offset=offset).fit(),
        _deviance_differs,
    )


def appraisal(ground: Ground) -> Sides:
    """Ours: a whole appraisal of 10 000 draws × 40 years. Floor: the same draws × years × 7 payers bare in numpy."""
    from benefits.scenario.model import PAYERS, shipped_scenario
    from benefits.scenario.reader import scenario
    from benefits.valuation.appraisal import appraise
    from benefits.valuation.simulation import prepared

    fields = dict(shipped_scenario("ips_job_support").raw)
    asked = scenario(fields | {"horizon_years": YEARS})
    ranges = [(s.ends[0], s.value, s.ends[1]) for s in prepared(asked).spreads.values() if s.ends[0] < s.ends[1]]
    return Sides(lambda: appraise(asked, draws=DRAWS), lambda: bare_appraisal(ranges, len(PAYERS)), _appraisal_differs)


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

    from pages.report import document

    finished = document.source("nb")
    return Sides(lambda: document.pdf("nb"), lambda: typst.compile(finished), _pdf_differs)


def _deviance_differs(ours: Any, floor: Any) -> str:
    same = abs(ours.deviance - floor.deviance) <= 1e-6 * floor.deviance
    return "" if same else f"the deviances differ: {ours.deviance} and {floor.deviance}"


def _appraisal_differs(ours: Any, floor: tuple[Any, Any]) -> str:
    """The floor's kroner are made up, so what must agree is the work: draws, payers and years."""
    quantiles, chances = floor
    payers = len(ours.public)
    if (ours.draws, payers, len(chances), quantiles.shape) != (DRAWS, payers, payers, (3, payers)):
        return f"ours has {ours.draws} draws and {payers} payers, the floor {DRAWS} and {len(chances)}"
    spread = [summary.npv for summary in ours.public.values()]
    return "" if any(spread) else "every payer's net present value is zero"


def _pdf_differs(ours: bytes, floor: bytes) -> str:
    own, bare = (len(re.findall(rb"/Type\s*/Page\b", document)) for document in (ours, floor))
    return "" if own == bare > 0 else f"ours has {own} pages of PDF, the floor's {bare}"
