"""How many stand outside, and is that better or worse than elsewhere: the first two tiles of the sheet."""

import polars as pl

from analytics import provenance, regions
from analytics.exclusion import subject
from analytics.exclusion.comparisons import Comparison
from analytics.exclusion.key_messages import Message
from analytics.exclusion.rates import latest
from analytics.exclusion.subject import Subject
from analytics.results import NotEstimable
from pages.components import notices, rates
from pages.components.citations import citation
from pages.format import numbers, sentences
from pages.format.place_names import group_of, place
from pages.format.sentences import join_sentences
from pages.format.texts import text
from pages.frame.cache import cached_value
from pages.frame.url import widgets
from pages.svg.line_picture import TimeLine, line_picture
from pages.svg.markup import Drawing
from pages.svg.strip_picture import strip_picture
from pages.views.overview.country_map import municipalities
from pages.views.overview.tile import Tile, TileVerdict, level_verdict, unknown

trend_table = cached_value(subject.trend_table)
everyone = cached_value(subject.ranking_table)


def how_many(level: Message, before: Message) -> Tile:
    """Return the tile of the level, its verdict being the change since the last break.

    Where the place has too few for a line, the picture and a sentence tell of its county.
    """
    found = level.subject
    few = rates.too_few(level.rate)
    drawn = regions.county_of(found.region) if few else found.region
    said = join_sentences(notices.stepped_up(found), rates.level(group_of(level.subject.view), level.rate))
    table = trend_table(found, "whole")
    said = join_sentences(said, _of_county(found, table, drawn) if few and drawn else "")
    return Tile(
        question=text("overview.how_many"),
        verdict=_change(before),
        picture=_line(found, table, drawn) if drawn else None,
        sentence=said,
        links=((_address(level, "story"), text("overview.see")),),
        sources=rates.sources(found, table),
    )


def than_others(message: Message) -> Tile:
    """Return the tile of the place among all of its kind, its verdict against the rest of the nation."""
    found = message.subject
    return Tile(
        question=text("overview.than_others"),
        verdict=_beside(message),
        picture=_strip(message),
        sentence=join_sentences(notices.stepped_up(found), _others(message)),
        links=((_address(message, "ranking"), text("overview.see_places")),),
        sources=(citation(found.view.edition, found.view.indicator),),
    )


def _change(message: Message) -> TileVerdict:
    found, rate = message.beside, message.rate
    earlier = None if isinstance(found, NotEstimable) else sentences.earlier(found)
    if rates.too_few(rate) or (not isinstance(found, NotEstimable) and sentences.of_few_before(found)):
        return unknown(text("overview.verdict.few"))
    if earlier is None:
        return unknown(text("overview.verdict.no_past"))
    often = provenance.indicators()[message.subject.view.indicator].frequency
    return _worded(earlier, "change", message, then=numbers.period(earlier.period, frequency=often))


def _beside(message: Message) -> TileVerdict:
    if rates.too_few(message.rate):
        return unknown(text("overview.verdict.few"))
    rest = None if isinstance(message.beside, NotEstimable) else message.beside.one("rest_of_nation")
    if rest is None:
        if message.subject.region == regions.NATION:
            return TileVerdict(text("overview.verdict.nation"), "spread", "even")
        return unknown(text("overview.verdict.no_others"))
    return _worded(rest, "beside", message)


def _worded(found: Comparison, key: str, message: Message, **facts: object) -> TileVerdict:
    polarity = provenance.indicators()[message.subject.view.indicator].polarity
    verdict = found.verdict if found.verdict not in {"not_comparable", "across_break"} else "unknown"
    return level_verdict(verdict, text(f"overview.{key}.{verdict}", **facts), polarity)


def _others(message: Message) -> str:
    """Return the levels of the rest of the nation and the county, each with what the test says of the place."""
    found = message.beside
    if isinstance(found, NotEstimable):
        return text("overview.no_others", place=place(message.subject.region))
    rests = [found.one(kind) for kind in ("rest_of_nation", "rest_of_county")]
    return " ".join(_rest(each, message) for each in rests if each) or _spread(message)


def _rest(found: Comparison, message: Message) -> str:
    known = found.verdict not in {"not_comparable", "across_break"}
    verdict = text(f"overview.here.{found.verdict if known else 'unknown'}", place=place(message.subject.region))
    other = numbers.capitalise_first(sentences.other_name(found))
    least = found.reason == "lower_bound"
    share = numbers.percent(found.value)
    return text(
        "overview.rest", other=other, share=text("sentence.at_least", share=share) if least else share, verdict=verdict
    )


def _spread(message: Message) -> str:
    """Return what the nation has in place of others: its lowest and highest municipality."""
    sure = municipalities(message)[0].filter(~pl.col("small")).drop_nulls("value")["value"].to_list()
    if not sure:
        return text("overview.no_others", place=place(message.subject.region))
    return text("overview.spread", low=numbers.percent(min(sure)), high=numbers.percent(max(sure)))


def _of_county(found: Subject, table: pl.DataFrame, county: str) -> str:
    """Return that the picture is the county's, with its newest share, "" where it has none."""
    newest = latest(table, county)
    if newest is None or newest.value is None:
        return ""
    often = provenance.indicators()[found.view.indicator].frequency
    facts = {"share": numbers.percent(newest.value), "period": numbers.period(newest.period, frequency=often)}
    return text("overview.county_drawn", county=place(county), **facts, status=sentences.status(newest))


def _line(found: Subject, every: pl.DataFrame, region: str) -> Drawing | None:
    """Return the line of a region beside the nation's, None where it has no point to draw."""
    table, often = rates.drawable(every), provenance.indicators()[found.view.indicator].frequency
    own = table.filter(pl.col("region_code") == region).drop_nulls("value").sort("period")
    if own.is_empty():
        return None
    breaks = [each.period for each in rates.breaks(found, table)]
    home = _time_line(table, region, breaks, often)
    nation = _time_line(table, regions.NATION, breaks, often) if region != regions.NATION else None
    ends = (numbers.period(own["period"][0], frequency=often), numbers.period(own["period"][-1], frequency=often))
    shares = (numbers.percent(own["value"][0]), numbers.percent(own["value"][-1]))
    alt = text("overview.line_alt", place=place(region), first=ends[0], last=ends[1], share=shares[1])
    at = [numbers.position(each, often) for each in breaks]
    return line_picture(
        home, nation if nation and nation.points else None, at, ends, shares, alt, named=region != found.region
    )


def _time_line(table: pl.DataFrame, region: str, breaks: list[str], often: str) -> TimeLine:
    rows = table.filter(pl.col("region_code") == region).drop_nulls("value").sort("period")
    points = tuple(
        (numbers.position(row["period"], often), row["value"], row["low"], row["high"],
         sum(each <= row["period"] for each in breaks))
        for row in rows.iter_rows(named=True)
    )  # fmt: skip
    return TimeLine(place(region), points)


def _strip(message: Message) -> Drawing | None:
    found, mine = message.subject, message.rate.value
    if mine is None or rates.too_few(message.rate):
        return None
    whole = found.region == regions.NATION
    table = municipalities(message)[0] if whole else everyone(found, message.rate.period, "nation")
    sure = table.filter(~pl.col("small")).drop_nulls("value")
    others = sure.filter(pl.col("region_code") != found.region)["value"].to_list()
    if not others:
        return None
    nation = None if whole else _nation(message)
    low, high = min((*others, mine)), max((*others, mine))
    facts = {"place": place(found.region), "share": numbers.percent(mine), "count": numbers.number(len(others))}
    ends = {"low": numbers.percent(low), "high": numbers.percent(high)}
    names = (facts["place"], facts["share"], place(regions.NATION))
    return strip_picture(
        others, mine, nation, names, (ends["low"], ends["high"]), text("overview.strip_alt", **facts, **ends)
    )


def _nation(message: Message) -> float | None:
    rate = subject.rate(message.subject, message.rate.period, regions.NATION)
    return rate.value if rate else None


def _address(message: Message, picture: str) -> str:
    indicator = message.subject.view.indicator
    return widgets.address("exclusion", region=message.subject.asked, indicator=indicator, picture=picture)
