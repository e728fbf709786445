"""A scenario that can be read is written as a file that reads back equal; any other is refused in words."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.parameters import GRADES, parameters
from benefits.rules import ZONES
from benefits.scenario.file_types import DIRECTIONS, WEIGHTS
from benefits.scenario.model import DESTINATION_STATES, LEDGERS, ORIGIN_STATES, PAYERS, Scenario
from benefits.scenario.plausibility import AGE
from benefits.scenario.unit_costs import unit_costs
from data.i18n import LANGUAGES
from data.ingest.contract import Problem, Problems
from tests.benefits.scenarios import FIELDS

Fields = dict[str, Any]
SHARE = st.floats(0, 1)
AMOUNT = st.floats(0, 1e12) | st.integers(0, 10**12)
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
NAME = WORDS | st.fixed_dictionaries({"nb": WORDS}, optional={"en": WORDS})
GRADE = {"evidence": st.sampled_from(GRADES)}


def ranged(numbers: st.SearchStrategy[float], key: str, prefix: str = "") -> st.SearchStrategy[Fields]:
    """A number alone, or with a range around it."""
    three = st.tuples(numbers, numbers, numbers).map(sorted)
    names = (f"{prefix}low", key, f"{prefix}high")
    return numbers.map(lambda value: {key: value}) | three.map(lambda ends: dict(zip(names, ends, strict=True)))


def table(*parts: st.SearchStrategy[Fields], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[Fields]:
    """A table of some parts that go together, and keys of which each may be left out."""
    return st.tuples(*parts, st.fixed_dictionaries({}, optional=optional)).map(
        lambda found: {key: value for part in found for key, value in part.items()}
    )


def maybe(part: st.SearchStrategy[Fields]) -> st.SearchStrategy[Fields]:
    return st.just({}) | part


def effects(years: int) -> st.SearchStrategy[Fields]:
    path = st.lists(st.tuples(*[st.floats(-1, 1)] * 3).map(sorted), min_size=years, max_size=years)
    names = ("low", "value", "high")
    ends = path.map(lambda rows: {name: [row[at] for row in rows] for at, name in enumerate(names)})
    error = st.builds(lambda value, se: {"value": value, "se": se}, st.floats(-1, 1), SHARE)
    work = st.builds(
        lambda part: {"outcome": "any_job", **part}, ranged(SHARE, "work_years_per_success", "work_years_")
    )
    jobs = maybe(work.filter(lambda part: "work_years_low" in part))
    return table(ends | error, ranged(SHARE, "deadweight", "deadweight_"), jobs, control_group=st.booleans(), **GRADE)


LASTING = (
    ranged(st.floats(0.01, 100), "half_life_years")
    | ranged(st.floats(0, 100), "constant_years")
    | st.fixed_dictionaries({"schedule": st.lists(SHARE, min_size=1, max_size=4)})
)
STEP = st.fixed_dictionaries({"state": st.sampled_from(ORIGIN_STATES), "years": st.floats(0, 100)})
MIXED = ({"state": "aap", "share": 0.75, "low": 0.5, "high": 0.9}, {"state": "no_income", "share": 0.25})
STATES = st.fixed_dictionaries({"path": st.lists(STEP, min_size=1, max_size=3)}) | st.just({"mix": list(MIXED)})
ORIGIN = table(
    STATES, age=st.floats(10, 66), income_base_nok=AMOUNT, partner=st.booleans(), young_disabled=st.booleans()
)
FADING = st.just({"fades": False}) | ranged(st.floats(0.01, 1000), "half_life_years", "fade_")
DESTINATION = table(
    maybe(ranged(AMOUNT, "wage_nok")),
    maybe(ranged(SHARE, "full_time_share", "share_")),
    maybe(ranged(SHARE, "benefit_kept", "kept_")),
    maybe(st.just({"employer": "municipality", "fills_vacancy": True})),
    state=st.sampled_from(DESTINATION_STATES),
    zone=st.sampled_from((*ZONES, 1, 5)),
)
KIND = st.just({"kind": "resource"}) | st.sampled_from(LEDGERS).map(lambda to: {"kind": "transfer", "to": to})
COST = table(
    st.fixed_dictionaries({"payer": st.sampled_from(LEDGERS)}),
    ranged(st.floats(-1e9, 1e9), "nok"),
    maybe(KIND),
    year=st.sampled_from((0, 1, 2026)),
    price_year=st.sampled_from((2018, 2026)),
    label=NAME,
    **GRADE,
).filter(lambda cost: cost.get("to") != cost["payer"])
PLAIN = {"payer": st.sampled_from(PAYERS), "nok_per_person_year": AMOUNT}
BY_UNIT = {"unit_cost": st.sampled_from(unit_costs()), "units": st.floats(0, 100)}
SERVICE = table(
    st.fixed_dictionaries(PLAIN) | st.fixed_dictionaries(BY_UNIT),
    label=NAME,
    **GRADE,
)
NOT_PRICED = table(
    label=NAME,
    beneficiary=st.sampled_from(LEDGERS),
    direction=st.sampled_from(DIRECTIONS),
    weight=st.sampled_from(WEIGHTS),
)
NAMES = sorted(parameters())
RANGED = [name for name in NAMES if parameters()[name].unit != AGE]
REPLACED = st.dictionaries(st.sampled_from(NAMES), SHARE, max_size=2) | st.dictionaries(
    st.sampled_from(RANGED), ranged(SHARE, "value"), max_size=2
)
MEANT = ["destination.wage_nok", "grunnbeloep_nok", "participants", *(f"parameters.{name}" for name in NAMES)]
SCENARIOS = table(
    st.fixed_dictionaries(
        {"base_year": st.just(2025), "effect": st.integers(1, 3).flatmap(effects), "meant": st.just(MEANT)}
    ),
    ranged(AMOUNT, "participants", "participants_"),
    title=NAME,
    source=WORDS,
    start_year=st.sampled_from((2025, 2026)),
    horizon_years=st.integers(2, 100),
    uptake=SHARE,
    grunnbeloep_nok=st.floats(1, 1e6),
    example=st.booleans(),
    income_equalisation=st.booleans(),
    expenditure_equalisation=st.booleans(),
    real_growth=st.booleans(),
    discount_rate=st.floats(0, 0.2),
    persistence=LASTING,
    displacement=table(ranged(SHARE, "value"), maybe(FADING)),
    origin=ORIGIN,
    destination=DESTINATION,
    cost=st.lists(COST, max_size=2),
    service=st.lists(SERVICE, max_size=2),
    not_priced=st.lists(NOT_PRICED, max_size=2),
    parameters=REPLACED,
)
ANYTHING: st.SearchStrategy[object] = st.recursive(
    st.booleans() | st.integers() | st.floats() | WORDS | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.sampled_from(list(FIELDS)), inner, max_size=3)
    ),
    max_leaves=5,
)


@pytest.mark.long
@settings(deadline=None, max_examples=150)
@given(SCENARIOS)
def test_a_scenario_that_is_written_reads_back_equal(fields: Fields) -> None:
    first = Scenario.from_dict(fields)
    assert Scenario.from_toml(first.as_toml()) == first


@pytest.mark.long
@settings(deadline=None, max_examples=200)
@given(SCENARIOS, st.sampled_from([*FIELDS, "parameters", "not_priced"]), ANYTHING)
def test_any_value_of_a_key_is_read_or_refused_in_words(fields: Fields, key: str, value: object) -> None:
    try:
        Scenario.from_dict({**fields, key: value})
    except Problems as group:
        problems = [each for each in group.exceptions if isinstance(each, Problem)]
        assert problems
        assert all(each.line(lang) and each.cell for each in problems for lang in LANGUAGES)
