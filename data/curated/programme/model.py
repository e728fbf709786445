"""What a programme is made of: areas, partners, phases, tasks, knots, forms and voices, as frozen records.

Texts for readers are {nb, en}. `example` marks what is made up; it follows the record wherever it shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from data.curated.programme.forms import FIRST, LAST, Form, Reason, Said
from data.curated.programme.hand_over import HandOver
from data.period import is_period
from data.toml import Fits, Name, OneOf, Text, Unique, at_least, choice, key, rising, within

CRITERIA = ("ease", "gain", "necessity")
PERSPECTIVES = ("supply", "demand", "across")
SLIK_PHASES = ("understanding", "idea", "test", "scaling", "sustained")
FEWEST = 5
_LIMITS = (("number", LAST - FIRST),)

Level = Annotated[int, within(FIRST, LAST)]
Weights = Annotated[
    dict[Annotated[str, choice(*CRITERIA)], Annotated[float, at_least(0)]],
    Fits("all_of", lambda weights: len(weights) == len(CRITERIA), (("names", ", ".join(CRITERIA)),)),
    Fits("one_above_zero", lambda weights: any(weights.values())),
]
PartnerId = Annotated[str, OneOf("partner")]


def _splits(limits: tuple[float, ...]) -> bool:
    return len(limits) == LAST - FIRST and rising(limits)


@dataclass(frozen=True)
class NamedItem:
    """Something with an id and a name: a track, a concept, a phase or a part of SLIK."""

    id: Text
    name: Name
    slik: tuple[Annotated[str, choice(*SLIK_PHASES)], ...] = ()


@dataclass(frozen=True)
class Partner:
    """An organisation that runs the programme, and the level it belongs to."""

    id: Text
    name: Name
    level: Name


@dataclass(frozen=True)
class Area:
    """An innovation area 1–7 in the perspective `supply`, `demand` or `across`."""

    number: Annotated[int, within(1, 7)]
    perspective: Annotated[str, choice(*PERSPECTIVES)]
    name: Name


@dataclass(frozen=True)
class Target:
    """A target group, of the first kind (young people) or the second (those around them)."""

    id: Text
    name: Name
    first: bool


@dataclass(frozen=True)
class Task:
    """A row of the responsibility matrix: partner ids by role, and who takes over after the start ("" is nobody)."""

    id: Text
    name: Name
    owner: PartnerId
    doer: PartnerId
    payer: tuple[PartnerId, ...]
    informed: tuple[PartnerId, ...]
    hand_over_when: Name
    example: bool
    hand_over_to: Annotated[str, OneOf("partner", empty=True)] = ""
    experiment: Annotated[str, OneOf("experiment", empty=True)] = ""


@dataclass(frozen=True)
class Stakeholder:
    """Somebody affected (a partner's or target group's id): interest and influence 1–5, what they gain and may lose."""

    who: Annotated[str, OneOf("who")]
    interest: Level
    influence: Level
    gains: Name
    loses: Name
    example: bool


@dataclass(frozen=True)
class Score:
    """One criterion of a knot: 1–5, the reason, and the role (never the person) that gave it."""

    score: Level
    reason: Reason
    by: Said


@dataclass(frozen=True)
class Knot:
    """A candidate to innovate on, with a score for each of `CRITERIA` and, where there is one, a scenario."""

    id: Text
    name: Name
    ease: Score
    gain: Score
    necessity: Score
    example: bool
    scenario: str = ""

    @property
    def scores(self) -> dict[str, Score]:
        """The scores by criterion."""
        return {name: getattr(self, name) for name in CRITERIA}


@dataclass(frozen=True)
class GainScale:
    """The limits in NOK between the gain scores 1–5 of an appraisal."""

    limits_nok: Annotated[tuple[float, ...], Fits("rising_numbers", _splits, _LIMITS)]


@dataclass(frozen=True)
class Knots:
    """The candidates, their weights, and the limits in NOK between the gain scores."""

    weights: Weights
    gain_scale: GainScale
    knots: Annotated[tuple[Knot, ...], Unique()] = key("knot", ())


@dataclass(frozen=True)
class Utterance:
    """Somebody's words, and whether they are cleared to be shown."""

    text: Said
    cleared: bool


@dataclass(frozen=True)
class Told:
    """What young people said, in sum: how many (`at_least` where more), when, by what method."""

    id: Text
    need: Said
    method: Said
    participants: Annotated[int, within(FEWEST, 1_000_000)]
    at_least: bool
    example: bool
    attached: tuple[Annotated[str, OneOf("attached")], ...]
    date: Annotated[str, Fits("when", lambda code: not code or is_period(code))] = ""


@dataclass(frozen=True)
class ToldInFile(Told):
    """What young people said as the file has it, with quotes that may not be cleared."""

    quote: tuple[Utterance, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Voice(Told):
    """What young people said, with cleared quotes.

    `withheld` counts quotes that are not cleared; their words never leave the file.
    """

    quotes: tuple[Mapping[str, str], ...]
    withheld: int


@dataclass(frozen=True)
class Facts:
    """What `programme.toml` holds. municipality: whose programme it is."""

    id: Text
    name: Name
    place: Name
    about: Name
    why: Name
    hypothesis: Name
    started: Annotated[int, within(1900, 2200)]
    years: Annotated[int, within(1, 50)]
    diamond: Annotated[tuple[NamedItem, ...], Unique()]
    partners: Annotated[tuple[Partner, ...], Unique()] = key("partner")
    areas: Annotated[tuple[Area, ...], Unique("number")] = key("area")
    targets: Annotated[tuple[Target, ...], Unique()] = key("target")
    slik_phases: Annotated[tuple[NamedItem, ...], Unique()] = key("slik_phase")
    slik_parts: Annotated[tuple[NamedItem, ...], Unique()] = key("slik_part")
    tracks: Annotated[tuple[NamedItem, ...], Unique()] = key("track")
    concepts: Annotated[tuple[NamedItem, ...], Unique()] = key("concept")
    municipality: Annotated[str, OneOf("municipality", empty=True)] = ""


@dataclass(frozen=True, kw_only=True)
class Programme(Facts):
    """The whole programme as its files tell it."""

    tasks: tuple[Task, ...]
    stakeholders: tuple[Stakeholder, ...]
    knots: Knots
    forms: tuple[Form, ...]
    voices: tuple[Voice, ...]
    hand_overs: tuple[HandOver, ...]
