"""What a programme is made of: areas, partners, phases, tasks, knots, forms and voices, as frozen records.

Texts for readers are {nb, en}. `example` marks what is made up; it follows the record wherever it shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Words = Mapping[str, str]
CRITERIA = ("ease", "gain", "necessity")


@dataclass(frozen=True)
class Named:
    """Something with an id and a name: a track, a concept, a phase or a part of SLIK."""

    id: str
    name: Words
    slik: tuple[str, ...] = ()


@dataclass(frozen=True)
class Partner:
    """An organisation that runs the programme, and the level it belongs to."""

    id: str
    name: Words
    level: Words


@dataclass(frozen=True)
class Area:
    """An innovation area 1–7 in the perspective `supply`, `demand` or `across`."""

    number: int
    perspective: str
    name: Words


@dataclass(frozen=True)
class Target:
    """A target group, of the first kind (young people) or the second (those around them)."""

    id: str
    name: Words
    first: bool


@dataclass(frozen=True)
class Task:
    """A row of the responsibility matrix: partner ids by role, and who takes over after the start ("" is nobody)."""

    id: str
    name: Words
    owner: str
    doer: str
    payer: tuple[str, ...]
    informed: tuple[str, ...]
    hand_over_to: str
    hand_over_when: Words
    experiment: str
    example: bool


@dataclass(frozen=True)
class Stakeholder:
    """Somebody affected (a partner's or target group's id): interest and influence 1–5, what they gain and may lose."""

    who: str
    interest: int
    influence: int
    gains: Words
    loses: Words
    example: bool


@dataclass(frozen=True)
class Score:
    """One criterion of a knot: 1–5, the reason, and the role (never the person) that gave it."""

    score: int
    reason: Words
    by: Words


@dataclass(frozen=True)
class Knot:
    """A candidate to innovate on, with a score for each of `CRITERIA` and, where there is one, a scenario."""

    id: str
    name: Words
    scores: Mapping[str, Score]
    scenario: str
    example: bool


@dataclass(frozen=True)
class Knots:
    """The candidates, their weights, and the limits in NOK between the gain scores 1–5 of an appraisal."""

    weights: Mapping[str, float]
    limits_nok: tuple[float, ...]
    knots: tuple[Knot, ...]


@dataclass(frozen=True)
class Item:
    """A line of a form: its value (None where an indicator fills it, or where it is unknown), reason and role."""

    id: str
    name: Words
    value: float | None
    indicator: str
    region: str
    by: Words
    reason: Words


@dataclass(frozen=True)
class Form:
    """A filled-in form, `baseline` or `maturity`, of one date and one version of its questions."""

    form: str
    version: int
    date: str
    scale: Words
    items: tuple[Item, ...]
    example: bool


@dataclass(frozen=True)
class Voice:
    """What young people said, in sum: how many (`at_least` where more), when, by what method, and cleared quotes.

    `withheld` counts quotes that are not cleared; their words never leave the file.
    """

    id: str
    need: Words
    quotes: tuple[Words, ...]
    withheld: int
    participants: int
    at_least: bool
    date: str
    method: Words
    attached: tuple[str, ...]
    example: bool


@dataclass(frozen=True)
class Programme:
    """The whole programme as its files tell it; `municipality` is whose it is, "" where the file does not say."""

    id: str
    name: Words
    place: Words
    about: Words
    why: Words
    hypothesis: Words
    started: int
    years: int
    partners: tuple[Partner, ...]
    areas: tuple[Area, ...]
    targets: tuple[Target, ...]
    diamond: tuple[Named, ...]
    slik_phases: tuple[Named, ...]
    slik_parts: tuple[Named, ...]
    tracks: tuple[Named, ...]
    concepts: tuple[Named, ...]
    tasks: tuple[Task, ...]
    stakeholders: tuple[Stakeholder, ...]
    knots: Knots
    forms: tuple[Form, ...]
    voices: tuple[Voice, ...]
    municipality: str = ""
