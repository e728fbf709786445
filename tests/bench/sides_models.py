"""Models, appraisals and the note against the bare work beneath them."""

import re
from itertools import pairwise
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


PATH = {"age": 25, "path": [{"state": "aap", "years": 3}, {"state": "ufoeretrygd"}]}
STATES, MOVES = 4, 11
"""What the shipped mix goes through: AAP, disability benefit, social assistance, nothing; exits and those who stay."""


def appraisal(ground: Ground) -> Sides:
    """Ours: a whole appraisal of 10 000 draws × 40 years. Floor: the same draws × years × 7 payers bare in numpy."""
    from benefits.scenario.model import PAYERS
    from benefits.valuation.appraisal import appraise

    asked = _asked(origin=PATH)
    ranges = _ranges(asked)
    return Sides(lambda: appraise(asked, draws=DRAWS), lambda: bare_appraisal(ranges, len(PAYERS)), _appraisal_differs)


def appraisal_of_a_mix(ground: Ground) -> Sides:
    """Ours: the same of who would change state from year to year. Floor: the same, with the shares of four states."""
    from benefits.scenario.model import PAYERS
    from benefits.valuation.appraisal import appraise

    asked = _asked()
    ranges = _ranges(asked)
    return Sides(lambda: appraise(asked, draws=DRAWS), lambda: bare_mix(ranges, len(PAYERS)), _appraisal_differs)


def programme(ground: Ground) -> Sides:
    """Ours: a programme of ten measures, 10 000 draws × 40 years each. Floor: the appraisal of one of them."""
    from benefits.programme.portfolio import MeasurePortfolio
    from benefits.programme.portfolio_file import MeasureTable, PortfolioFile
    from benefits.programme.programme_value import appraise_programme
    from benefits.scenario.file_types import Label
    from benefits.valuation.appraisal import appraise

    asked, names = _asked(), [f"measure {number}" for number in range(10)]
    file = PortfolioFile(Label("Ti", "Ten"), tuple(map(MeasureTable, names)))
    ten = MeasurePortfolio(file, dict.fromkeys(names, asked))
    return Sides(lambda: appraise_programme(ten, DRAWS), lambda: appraise(asked, draws=DRAWS), _programme_differs)


def _asked(**changes: Any) -> Any:
    from benefits.scenario.model import shipped_scenario
    from benefits.scenario.reader import scenario

    return scenario({**shipped_scenario("ips_job_support").raw, "horizon_years": YEARS, **changes})


def _ranges(asked: Any) -> list[tuple[float, float, float]]:
    from benefits.valuation.simulation import prepared

    spreads = prepared(asked).spreads.values()
    return [(each.ends[0], each.value, each.ends[1]) for each in spreads if each.ends[0] < each.ends[1]]


def bare_appraisal(ranges: list[tuple[float, float, float]], payers: int) -> Any:
    """Return payers' NPV at P10, P50, P90 and the chance of a gain: draws, heads, kroner by year, discounting."""
    import numpy as np

    drawn, heads = _bare_heads(ranges)
    factors = 1.04 ** -np.arange(YEARS)
    worth = np.empty((payers, DRAWS))
    for payer in range(payers):
        flow = heads * drawn[payer % len(drawn)][:, None]
        flow[:, 0] -= drawn[-1]
        worth[payer] = flow @ factors
    return np.quantile(worth, [0.1, 0.5, 0.9], axis=1), (worth > 0).mean(axis=1)


def bare_mix(ranges: list[tuple[float, float, float]], payers: int) -> Any:
    """Return the same where each year's heads are spread over states that some leave for others."""
    import numpy as np

    drawn, heads = _bare_heads(ranges)
    factors = 1.04 ** -np.arange(YEARS)
    shares = np.zeros((YEARS, STATES, DRAWS))
    shares[0] = 1 / STATES
    for now, later in pairwise(shares):
        for move in range(MOVES):
            later[move % STATES] += now[(move + 1) % STATES] * drawn[move % len(drawn)]
    worth = np.zeros((payers, DRAWS))
    spread = [np.ascontiguousarray(heads.T) * shares[:, state] for state in range(STATES)]
    for payer in range(payers):
        for state, some in enumerate(spread):
            flow = some * drawn[(payer + state) % len(drawn)]
            worth[payer] += factors @ flow - drawn[-1]
    return np.quantile(worth, [0.1, 0.5, 0.9], axis=1), (worth > 0).mean(axis=1)


def _bare_heads(ranges: list[tuple[float, float, float]]) -> Any:
    import numpy as np

    rng = np.random.default_rng(1)
    drawn = [rng.triangular(*each, DRAWS) for each in ranges]
    effect = np.clip(0.1 + 0.04 * rng.standard_normal(DRAWS), -1, 1)
    left = np.empty((DRAWS, YEARS))
    left[:, 0], left[:, 1:] = 1.0, np.exp2(-1 / rng.triangular(1.5, 4, 8, DRAWS))[:, None]
    return drawn, np.multiply.accumulate(left, axis=1) * (100 * effect)[:, None]


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


def _programme_differs(ours: Any, floor: Any) -> str:
    """Ten measures alike are worth about ten times one: their draws are their own."""
    whole, one = ours.holders["society"]["expected"], floor.society.expected
    if (ours.draws, len(ours.measures)) != (DRAWS, 10) or floor.draws != DRAWS:
        return f"ours has {ours.draws} draws of {len(ours.measures)} measures, the floor {floor.draws}"
    return "" if abs(whole - 10 * one) < abs(one) else f"ten measures are worth {whole}, one {one}"


def _pdf_differs(ours: bytes, floor: bytes) -> str:
    own, bare = (len(re.findall(rb"/Type\s*/Page\b", document)) for document in (ours, floor))
    return "" if own == bare > 0 else f"ours has {own} pages of PDF, the floor's {bare}"
