"""What helps, and what do we get for the money: the published trials, and the model's answer on one of them."""

from analytics.experiments.portfolio import results
from analytics.experiments.portfolio.results import Reported, published_difference
from benefits.scenario.model import shipped, shipped_scenario
from benefits.valuation.appraisal import Appraisal, appraise
from pages.components.citations import experiment_sources, own_source
from pages.components.trial_bars import short_title, trials_picture
from pages.format import numbers
from pages.format.numbers import DECIMALS
from pages.format.texts import language, listed, text
from pages.frame.cache import cached_value
from pages.frame.source_footer import Citation
from pages.frame.url import widgets
from pages.views.overview.tile import Tile, TileVerdict, unknown

_SHOWN = 4
Priced = tuple[Reported, Appraisal]


reported = cached_value(results.reported)


@cached_value
def priced_scenarios() -> dict[str, str]:
    """Return trial → the shipped scenario that holds its published effect."""
    return {str(shipped_scenario(name).experiment): name for name in shipped() if shipped_scenario(name).experiment}


@cached_value
def appraisal(name: str) -> Appraisal:
    """Return what a shipped scenario is worth, as `python -m benefits appraise` says it."""
    return appraise(shipped_scenario(name))


def what_helps() -> Tile:
    """Return the tile of what helps: the published trial the model can price, beside the others with known numbers."""
    trials = sorted((each for each in reported() if each.experiment.published), key=_order)
    priced = next(((each, _appraised(each)) for each in trials if each.key in priced_scenarios()), None)
    shown = [each for each in trials if published_difference(each.experiment)][:_SHOWN]
    return Tile(
        question=text("overview.what_helps"),
        verdict=_verdict(priced),
        picture=trials_picture(shown, priced[0].key if priced else ""),
        sentence=_sentence(priced[0], len(trials) - len(shown)) if priced else text("overview.helps_unknown"),
        price=_price(*priced) if priced else "",
        links=_links(priced),
        sources=_sources(shown, priced),
    )


def _order(each: Reported) -> tuple[bool, bool, str]:
    """Return where a trial stands: the one that is priced first, then the Norwegian ones."""
    return each.key not in priced_scenarios(), each.experiment.finding.get("country") != "NO", each.key


def _appraised(each: Reported) -> Appraisal:
    return appraisal(priced_scenarios()[each.key])


def _verdict(priced: Priced | None) -> TileVerdict:
    if priced is None or priced[0].verdict != "better":
        return unknown(text("overview.helps_none"))
    return TileVerdict(text("overview.helps_one", title=short_title(priced[0])), "better", "good")


def _sentence(each: Reported, others: int) -> str:
    record = each.experiment
    value, low, high = published_difference(record) or (None, None, None)
    facts = {"title": short_title(each), "group": record.target_group[language()], "more": numbers.rate(value)}
    facts |= {"outcome": record.primary_outcome[language()], "low": numbers.rate(low), "high": numbers.rate(high)}
    told = text("overview.helps_more" if low is not None else "overview.helps_more_alone", **facts)
    return f"{told} {text('overview.helps_others', count=numbers.number(others))}" if others else told


def _price(each: Reported, found: Appraisal) -> str:
    """Return what society can expect for each participant, how surely, and who pays."""
    way = "worth" if found.society.expected >= 0 else "loses"
    worth = found.society.expected / shipped_scenario(priced_scenarios()[each.key]).participants.value
    payers = [text(f"overview.payer.{name}") for name, paid in found.paid_by.items() if paid > 0]
    return text(
        f"overview.price_{way}",
        amount=numbers.nok(abs(worth), DECIMALS["nok_about"]),
        chance=numbers.whole_percent(found.society.probability_positive),
        payers=listed(payers),
    )


def _links(priced: Priced | None) -> tuple[tuple[str, str], ...]:
    trials = (widgets.address("experiments"), text("overview.see_trials"))
    if priced is None:
        return (trials,)
    scenario = priced_scenarios()[priced[0].key]
    return (trials, (widgets.address("gains", scenario=scenario), text("overview.see_gains")))


def _sources(shown: list[Reported], priced: Priced | None) -> tuple[Citation, ...]:
    model = (own_source(text("note.model"), text("programme.source_edition")),) if priced else ()
    return (*(source for each in shown for source in experiment_sources(each, defined=False)), *model)
