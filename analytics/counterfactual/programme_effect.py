"""What the figures would have been without the programme, how sure that is, and what could have been seen at all."""

from dataclasses import asdict, dataclass

import numpy as np
import polars as pl

from analytics import regions
from analytics.counterfactual.comparable_places import FEWEST_BEFORE, DonorPanel, panel
from analytics.counterfactual.placebo_tests import LEVEL, detection_limit, permutation_p, rmspe_ratios
from analytics.counterfactual.synthetic_control import Shares, gaps, synthetic
from analytics.exclusion.rates import View
from analytics.results import NotEstimable
from data import i18n
from data.catalogue import indicators
from data.format.numbers import DECIMALS, number, p_value, points
from data.period import Period

_LEAST_WEIGHT = 0.005
_TENS = -1


@dataclass(frozen=True)
class Placebo:
    """The gap from a start on, among the gaps of places where nothing began.

    start, last: years; gap: the mean share above the synthetic one; p: by the ratio of gaps after and before; limit:
    the size a gap must exceed to be told from chance. Shares 0–1.
    """

    start: int
    last: int
    gap: float
    p: float
    limit: float

    @property
    def beyond_chance(self) -> bool:
        """Whether both the size of the gap and its ratio to the gaps before are rarer than one in twenty."""
        return self.p <= LEVEL and abs(self.gap) > self.limit


@dataclass(frozen=True)
class BreakPlacebo:
    """A break of the series at or after the start, run as a start of its own.

    year: the first of the new series; jump: how the gap changed from the year before, and p: how often a donor's
    changed as much; since: how the mean gap of the later years differs from that first one, and limit: the size it must
    exceed. None where no year has come since.
    """

    year: int
    jump: float
    p: float
    since: float | None
    limit: float | None

    @property
    def beyond_chance(self) -> bool:
        """Whether the gap has changed since the break by more than chance gives."""
        return self.since is not None and self.limit is not None and abs(self.since) > self.limit


@dataclass(frozen=True, eq=False)
class Counterfactual:
    """A municipality beside its synthetic self. Shares 0–1 of the view's group, by year.

    donors: code and weight, the heaviest first; fit: the root mean square gap before the start; population: residents
    in the newest year; in_time: starts in years when nothing began, the newest last.
    """

    view: View
    region: str
    years: tuple[int, ...]
    actual: tuple[float, ...]
    synthetic: tuple[float, ...]
    donors: tuple[tuple[str, float], ...]
    places: int
    fit: float
    effect: Placebo
    at_break: BreakPlacebo | None
    in_time: tuple[Placebo, ...]
    population: int
    preliminary: tuple[int, ...]
    editions: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """Return `chance`, `break` (told from chance, but not from the break), `lower` or `higher`."""
        if not self.effect.beyond_chance:
            return "chance"
        if self.at_break and not self.at_break.beyond_chance:
            return "break"
        return "lower" if self.effect.gap < 0 else "higher"

    @property
    def limit_persons(self) -> float:
        """Return how many persons the detection limit is, in the newest year."""
        return self.effect.limit * self.population

    @property
    def frame(self) -> pl.DataFrame:
        """Return `year, actual, synthetic, gap`."""
        rows = pl.DataFrame({"year": self.years, "actual": self.actual, "synthetic": self.synthetic})
        return rows.with_columns(gap=pl.col("actual") - pl.col("synthetic"))

    def sentence(self, lang: str = "en") -> str:
        """Return the whole answer in words."""
        return f"{self.finding(lang)} {self.reservations(lang)}"

    def finding(self, lang: str = "en") -> str:
        """Return the gap in words, and whether it can be told from chance and from a break."""
        found = self.effect
        facts = {
            "place": regions.name_of(self.region), "start": found.start, "last": found.last,
            "gap": points(abs(found.gap), DECIMALS["points"], lang), "p": p_value(found.p, lang),
            "side": _say(lang, "under" if found.gap < 0 else "over"),
        }  # fmt: skip
        return _say(lang, self.verdict, **facts)

    def reservations(self, lang: str = "en") -> str:
        """Return the detection limit in points and in persons, what came with a break, and what is preliminary."""
        facts = {
            "limit": points(self.effect.limit, DECIMALS["points"], lang),
            "persons": number(self.limit_persons, _TENS, lang), "places": self.places,
        }  # fmt: skip
        last = self.years[-1]
        tail = [_say(lang, "preliminary", last=last)] if last in self.preliminary else []
        return " ".join([_say(lang, "limit", **facts), *self._break_sentences(lang), *tail])

    def _break_sentences(self, lang: str) -> list[str]:
        """Return how the gap changed with a break, and since, where there is one."""
        found = self.at_break
        if found is None:
            return []
        facts: dict[str, object] = {"year": found.year, "p": p_value(found.p, lang)}
        for name, value in (("jump", found.jump), ("since", found.since), ("limit", found.limit)):
            facts[name] = number(None if value is None else 100 * value, 1, lang, sign=name != "limit")
        keys = ["jump", "since_beyond" if found.beyond_chance else "since" if found.since is not None else "since_none"]
        return [_say(lang, f"break_{key}", **facts) for key in keys]

    def as_json(self, lang: str) -> dict[str, object]:
        """Return every number, with the verdict and the words."""
        return {
            "view": vars(self.view), "region": self.region, "places": self.places, "population": self.population,
            "rows": self.frame.to_dicts(), "donors": [{"region": code, "weight": each} for code, each in self.donors],
            "fit": self.fit, "effect": asdict(self.effect), "limit_persons": self.limit_persons,
            "break": asdict(self.at_break) if self.at_break else None,
            "in_time": [asdict(each) for each in self.in_time], "preliminary": list(self.preliminary),
            "verdict": self.verdict, "says": self.sentence(lang),
        }  # fmt: skip


def counterfactual(view: View, region: str, start: int) -> Counterfactual | NotEstimable:
    """Return a municipality beside what places like it say it would have been, from the year `start` on.

    NotEstimable as `comparable_places.panel`. No number of it is a cause by itself: what else happened in the place
    and nowhere else is in the gap too.
    """
    found = panel(view, region, start)
    if isinstance(found, NotEstimable):
        return found
    before = found.before(start)
    made, weights = synthetic(found.shares, before)
    lying = gaps(found.shares, before)
    heaviest = sorted(zip(found.codes[1:], map(float, weights), strict=True), key=lambda each: -each[1])
    return Counterfactual(
        view=view, region=region, years=found.years, actual=tuple(map(float, found.shares[:, 0])),
        synthetic=tuple(map(float, made)), donors=tuple(each for each in heaviest if each[1] >= _LEAST_WEIGHT),
        places=len(found.codes) - 1, fit=float(np.sqrt((lying[:before, 0] ** 2).mean())),
        effect=placebo(found, start), at_break=_at_break(found, lying, start, _breaks(view)),
        in_time=tuple(_in_time(found, start)), population=found.population,
        preliminary=found.preliminary, editions=found.editions,
    )  # fmt: skip


def placebo(found: DonorPanel, start: int) -> Placebo:
    """Return the gap from a start on to the panel's last year, with its p and its limit."""
    before = found.before(start)
    lying = gaps(found.shares, before)
    ratios, means = rmspe_ratios(lying, before), lying[before:].mean(axis=0)
    p = permutation_p(float(ratios[0]), ratios[1:])
    return Placebo(start, found.years[-1], float(means[0]), p, detection_limit(means[1:]))


def _in_time(found: DonorPanel, start: int) -> list[Placebo]:
    """Return each earlier year as if it were the start, with as many years after it as the real start has."""
    after = found.years[-1] - start + 1
    first = found.years[0] + FEWEST_BEFORE
    return [placebo(found.until(year + after), year) for year in range(first, start - after + 1)]


def _at_break(found: DonorPanel, lying: Shares, start: int, breaks: tuple[int, ...]) -> BreakPlacebo | None:
    """Return the newest break among the years from the start on, as a placebo; None without one."""
    inside = [year for year in breaks if start <= year <= found.years[-1]]
    if not inside:
        return None
    at = found.years.index(max(inside))
    jumps, later = lying[at] - lying[at - 1], lying[at + 1 :]
    p = permutation_p(abs(float(jumps[0])), np.abs(jumps[1:]))
    if not len(later):
        return BreakPlacebo(max(inside), float(jumps[0]), p, None, None)
    since = later.mean(axis=0) - lying[at]
    return BreakPlacebo(max(inside), float(jumps[0]), p, float(since[0]), detection_limit(since[1:]))


def _breaks(view: View) -> tuple[int, ...]:
    return tuple(Period.of(each.at).start.year for each in indicators()[view.indicator].breaks)


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("analytics", lang, f"counterfactual.{key}", **facts)
