"""What a publication says of its trial: the arms, the outcomes with how well each is known, and what is not known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from data.curated.experiment.design import Number
from data.toml import OneOf, OptionalWords, Words, at_least, one_of, within

VERDICTS = ("better", "worse", "no_important_difference", "too_small_to_say")
UNITS = (
    "per_100", "percent", "odds_ratio", "risk_ratio", "work_days", "work_years", "weeks", "usd",
)  # fmt: skip
SIGNS = ("positive", "negative", "none")
KNOWN = ("read", "derived", "second_hand", "recalled")
COUNTRIES = ("NO", "SE", "DK", "FR", "US")
WHOM = ("young", "adults")
Share = Annotated[Number, within(0, 1)] | None
Count = Annotated[int, at_least(0)] | None


@dataclass(frozen=True)
class PublishedOutcome:
    """One result as published: its size in a unit with 95 % limits or a two-sided p, or only its direction (`sign`).

    known: how the number came here. source: where another publication than the trial's own says it.
    """

    words: Words
    months: Count = None
    effect: Number | None = None
    low: Number | None = None
    high: Number | None = None
    p: Annotated[Number, within(0, 1)] | None = None
    unit: Annotated[str, OneOf(lambda: UNITS, empty=True)] = ""
    sign: Annotated[str, OneOf(lambda: SIGNS, empty=True)] = ""
    known: Annotated[str, one_of(*KNOWN)] = "read"
    source: str = ""

    @property
    def certain(self) -> bool:
        """Whether the size is known with its limits."""
        return self.effect is not None and self.low is not None and self.high is not None


@dataclass(frozen=True)
class PublishedFinding:
    """What a publication says of its trial: persons, shares 0–1 of both arms, and its verdict in words.

    whom: whether those in it were young, or adults of all ages. Without numbers with limits a verdict does not show.
    """

    says: Words
    verdict: Annotated[str, OneOf(lambda: VERDICTS, empty=True)] = ""
    n: Count = None
    n_treated: Count = None
    n_control: Count = None
    follow_up_months: Count = None
    treated_share: Share = None
    control_share: Share = None
    later_months: Count = None
    later_treated_share: Share = None
    later_control_share: Share = None
    odds_ratio: Number | None = None
    odds_ratio_low: Number | None = None
    odds_ratio_high: Number | None = None
    country: Annotated[str, OneOf(lambda: COUNTRIES, empty=True)] = ""
    whom: Annotated[str, OneOf(lambda: WHOM, empty=True)] = ""
    ages: OptionalWords = field(default_factory=dict)
    comparison: OptionalWords = field(default_factory=dict)
    cost: OptionalWords = field(default_factory=dict)
    persistence: OptionalWords = field(default_factory=dict)
    unknown: OptionalWords = field(default_factory=dict)
    doi: str = ""
    url: str = ""
    outcomes: tuple[PublishedOutcome, ...] = ()


def published_verdict(finding: Mapping[str, Any]) -> str:
    """Return a publication's verdict; `numbers_unknown` where none of its numbers is known with limits or by arm."""
    arms = all(name in finding for name in ("n", "treated_share", "control_share"))
    known = arms or any(outcome.certain or outcome.p for outcome in finding.get("outcomes", ()))
    return str(finding.get("verdict") or "not_reported") if known else "numbers_unknown"
