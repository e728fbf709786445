"""What people put into the room, kind by kind, beside what the programme's files already have a type for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from data.curated.programme.forms import Reason, Said
from data.curated.programme.model import GainScale, Weights
from data.ingest.personal_text import REACHES, Impersonal
from data.toml import BothLanguages, Day, Fits, PeriodText, Text, at_least, choice, within

LIGHTS = ("green", "yellow", "red")
VERDICTS = ("not_judged", "goes_on", "changes", "handed_over", "stops")
Remark = Annotated[Mapping[str, str], BothLanguages(once=True, empty=True), Impersonal(REACHES)]
Amount = Annotated[float, at_least(0)]
About = Annotated[tuple[Text, ...], Fits("about", lambda listed: all(each.find("/") > 0 for each in listed))]


def _unsaid() -> dict[str, str]:
    return {"nb": "", "en": ""}


@dataclass(frozen=True)
class PlanHead:
    """What a plan says of itself before its gains: its file, the version of its template, whether it is made up."""

    file: Text
    template: Annotated[int, at_least(1)] = 1
    example: bool = False


@dataclass(frozen=True)
class KnotScale:
    """The weights of the criteria knots are scored by, and the limits in NOK between the gain scores."""

    weights: Weights
    gain_scale: GainScale


@dataclass(frozen=True)
class ExperimentCourse:
    """How an experiment goes: who leads it (a role or an organisation), when it is due, what is decided next and why
    it was stopped. Its key is the experiment's. verdict: what the steering group has made of it, one of VERDICTS; what
    its figures say is no part of it. price_nok: of the whole experiment."""

    owner: Reason
    phase: Annotated[str, choice("understanding", "idea", "test", "scaling", "sustained", "stopped")] = "idea"
    started: Day | None = None
    due: Day | None = None
    next_decision: Remark = field(default_factory=_unsaid)
    next_decision_date: Day | None = None
    stopped: Day | None = None
    stop_reason: Remark = field(default_factory=_unsaid)
    price_nok: Amount | None = None
    link: str = ""
    verdict: Annotated[str, choice(*VERDICTS)] = "not_judged"


@dataclass(frozen=True)
class ExperimentLesson:
    """What was learnt; `about` names the records it is of, each as `kind/key`."""

    text: Reason
    about: About = ()
    date: Day | None = None


@dataclass(frozen=True)
class DesignSeal:
    """A design as it was registered: the experiment, the hash of its record, the day. Set once, it is never moved.

    why: of a later registration, what is other than it was and why.
    """

    experiment: Text
    hash: Text
    registered: Day
    why: Remark = field(default_factory=_unsaid)


@dataclass(frozen=True)
class BodyMeeting:
    """A meeting of a body: the steering group, the programme board."""

    date: Day
    body: Reason
    status: Annotated[str, choice("planned", "held", "cancelled")] = "planned"


@dataclass(frozen=True)
class AgendaPoint:
    """A point on a meeting's agenda, `number` in its order."""

    meeting: Text
    number: Annotated[int, within(1, 99)]
    title: Reason
    purpose: Annotated[str, choice("information", "discussion", "decision")] = "information"
    about: About = ()


@dataclass(frozen=True)
class BodyDecision:
    """What was decided, by which body, in which meeting, about what, who follows it up and when it is due."""

    title: Reason
    body: Reason
    date: Day
    text: Remark = field(default_factory=_unsaid)
    because: Remark = field(default_factory=_unsaid)
    meeting: str = ""
    about: About = ()
    follows_up: Remark = field(default_factory=_unsaid)
    due: Day | None = None
    status: Annotated[str, choice("open", "done", "dropped")] = "open"


@dataclass(frozen=True)
class DecisionRight:
    """Who decides what: the body that decides a matter, who prepares it, who is heard."""

    matter: Reason
    decides: Reason
    prepares: Remark = field(default_factory=_unsaid)
    heard: Remark = field(default_factory=_unsaid)


@dataclass(frozen=True)
class AgreedProblem:
    """The appendix at the end of diagnosis: from the original problem to the agreed one, and the chosen space."""

    original: Reason
    agreed: Reason
    causes: Remark = field(default_factory=_unsaid)
    insight: Remark = field(default_factory=_unsaid)
    changes: Remark = field(default_factory=_unsaid)
    chosen_space: Remark = field(default_factory=_unsaid)
    schedule: Remark = field(default_factory=_unsaid)
    signed: Day | None = None
    signed_by: Remark = field(default_factory=_unsaid)


@dataclass(frozen=True)
class ProgrammeDeliverable:
    """Something the programme has promised to deliver."""

    title: Reason
    phase: str = ""
    due: Day | None = None
    delivered: Day | None = None
    link: str = ""


@dataclass(frozen=True)
class SpokenQuote:
    """Somebody's words without a name; it is public only where it is released."""

    text: Said
    group: Reason
    source: str = ""


@dataclass(frozen=True)
class MoneyLine:
    """Kroner and hours of a period and a phase: granted and spent. None is not known, never zero."""

    period: PeriodText
    label: Reason
    phase: str = ""
    granted_nok: Amount | None = None
    spent_nok: Amount | None = None
    hours_planned: Amount | None = None
    hours: Amount | None = None


@dataclass(frozen=True)
class MonthStatus:
    """How something goes, told for a month: a light and a sentence."""

    month: PeriodText
    about: About
    light: Annotated[str, choice(*LIGHTS)]
    text: Remark = field(default_factory=_unsaid)
    risk: Remark = field(default_factory=_unsaid)


@dataclass(frozen=True)
class OfferedMeasure:
    """A measure in the landscape: whose it is, for whom, how many places, what it costs, what is known of it."""

    name: Reason
    owner: Reason
    targets: tuple[Text, ...] = ()
    places: Annotated[int, at_least(0)] | None = None
    cost_nok: Amount | None = None
    evidence: Remark = field(default_factory=_unsaid)
    source: str = ""
    example: bool = False


@dataclass(frozen=True)
class ClosingNote:
    """The five points of the closing note; setting it closes the programme only by `Records.close`.

    quotes: the keys of the quotes that stand in it, of those that are released when it is read.
    """

    problem: Reason
    done: Reason
    solution: Reason
    in_use: Reason
    next_steps: Reason
    quotes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class ReleasedNote:
    """A note as it was released: its bytes (under their SHA-256), and what it was made from.

    version: of Innenfor; editions: those the figures came from; parameters: the hash of the model's numbers; log: the
    hash of the log's last event when it was made.
    """

    month: PeriodText
    purpose: Annotated[str, choice("month", "closing")]
    lang: Annotated[str, choice("nb", "en")]
    name: Text
    sha256: Text
    version: Text
    editions: tuple[Text, ...]
    parameters: Text
    log: Text
