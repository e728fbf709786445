"""Who are they: the place's residents by age and sex, and immigrants beside others where that is published."""

import polars as pl

from analytics.exclusion import by_age_and_sex, by_origin
from analytics.exclusion.by_origin import ByOrigin
from analytics.exclusion.key_messages import Message
from analytics.exclusion.rates import Rate, as_rate
from analytics.results import NotEstimable
from pages.components import origin_words
from pages.components.citations import citation
from pages.components.rates import too_few
from pages.format import numbers, place_names
from pages.format.place_names import PopulationGroup, place
from pages.format.texts import text
from pages.frame.cache import cached_value
from pages.frame.url import widgets
from pages.svg.bar_picture import ShareBar, bar_picture
from pages.svg.markup import Drawing
from pages.views.overview.tile import Tile, TileVerdict, unknown

groups_of = cached_value(by_age_and_sex.groups_over_time)
origin_of = cached_value(by_origin.by_origin)
_SEXES = ("female", "male")


def who(message: Message) -> Tile:
    """Return the tile of who stands outside: its verdict names the group with the highest known share.

    Immigrants and others are told apart only where the test does not say that they may be alike.
    """
    found = message.subject
    here = _groups(message)
    made = origin_of(found, message.rate.period)
    both = made if isinstance(made, ByOrigin) else None
    bars = (*_origin_bars(both), *map(_group_bar, here.sort("age_group", "sex").iter_rows(named=True)))
    cited = [citation(name, found.view.indicator) for name in here.drop_nulls("value")["edition"].unique().sort()]
    cited += [citation(both.view.edition, both.view.indicator)] if both else []
    return Tile(
        question=text("overview.who"),
        verdict=_verdict(both, here),
        picture=_picture(bars, both, here, place(found.region)) if any(bar.share is not None for bar in bars) else None,
        sentence=origin_words.finding(both) if both and not _few_known(both) else _sentence(here, message),
        links=(_link(message, "origin") if both else _link(message, "groups"),),
        sources=tuple(cited),
    )


def _groups(message: Message) -> pl.DataFrame:
    """Return the place's women and men by age, in the newest period any of them is known, never after the message's."""
    found = message.subject
    rows = groups_of(found.view, found.region)
    mine = (pl.col("region_code") == found.region) & (pl.col("period") <= message.rate.period)
    own = rows.filter(mine, pl.col("sex").is_in(_SEXES))
    known = own.drop_nulls("value")["period"]
    return own.filter(pl.col("period") == (known.max() if len(known) else message.rate.period))


def _few_known(both: ByOrigin) -> bool:
    """Return whether neither share rests on persons enough to be told."""
    return all(rate.value is None or too_few(rate) for rate in (both.immigrants, both.others))


def _picture(bars: tuple[ShareBar, ...], both: ByOrigin | None, rows: pl.DataFrame, name: str) -> Drawing:
    """Return the bars; where immigrants and groups are of different years, each block says its own."""
    years = {1: str(rows["period"].max())} | ({0: both.immigrants.period} if both else {})
    told = years if len(set(years.values())) > 1 else {min(years): years[1]}
    captions = {block: text("overview.who_caption", period=numbers.period(year)) for block, year in told.items()}
    return bar_picture(bars, captions, text("overview.who_alt", place=name), text("overview.stroke"))


def _verdict(both: ByOrigin | None, rows: pl.DataFrame) -> TileVerdict:
    if both and both.immigrants.value and both.others.value and not (too_few(both.immigrants) or too_few(both.others)):
        if not isinstance(both.gap.persons, NotEstimable) and not both.gap.certain:
            return TileVerdict(text("overview.who_alike"), "even", "even")
        way = "immigrants" if both.immigrants.value > both.others.value else "others"
        return TileVerdict(text(f"overview.who_{way}"), "who", "even")
    highest = _highest(rows)
    if highest:
        return TileVerdict(text("overview.who_group", group=highest[0]), "who", "even")
    return unknown(text("overview.verdict.few" if rows["value"].count() else "overview.verdict.not_published"))


def _highest(rows: pl.DataFrame) -> tuple[str, float] | None:
    """Return the group with the highest share among those known on persons enough, None without any."""
    sure = rows.drop_nulls("value").filter(~pl.col("small"), ~pl.col("lower_bound")).sort("value")
    if sure.is_empty():
        return None
    row = sure.row(-1, named=True)
    return str(PopulationGroup(row["age_group"], row["sex"])), row["value"]


def _sentence(rows: pl.DataFrame, message: Message) -> str:
    highest, facts = _highest(rows), {"place": place(message.subject.region)}
    if highest is None:
        return text("overview.who_unknown", **facts)
    when = numbers.period(rows["period"][0])
    return text("overview.who_highest", **facts, group=highest[0], share=numbers.percent(highest[1]), period=when)


def _origin_bars(both: ByOrigin | None) -> tuple[ShareBar, ...]:
    if both is None:
        return ()
    named = ((by_origin.IMMIGRANTS, both.immigrants), (by_origin.OTHERS, both.others))
    return tuple(_of_rate(text(f"overview.{name}"), rate) for name, rate in named)


def _of_rate(name: str, rate: Rate) -> ShareBar:
    if too_few(rate):
        return ShareBar(name, None, text("overview.bar_few"), strong=True)
    said = numbers.percent(rate.value) if rate.value is not None else numbers.unknown(rate.status)
    return ShareBar(name, rate.value, said, rate.low, rate.high, strong=True)


def _group_bar(row: dict[str, object]) -> ShareBar:
    name = text("overview.group", who=text(f"group.{row['sex']}"), ages=place_names.age(str(row["age_group"])))
    rate = as_rate(row)
    if rate.value is None or too_few(rate):
        reason = "few" if rate.value is not None else "suppressed" if row["reason"] == "suppressed" else "missing"
        return ShareBar(name, None, text(f"overview.bar_{reason}"), block=1)
    return ShareBar(name, rate.value, numbers.percent(rate.value), rate.low, rate.high, block=1)


def _link(message: Message, picture: str) -> tuple[str, str]:
    indicator = message.subject.view.indicator
    asked = {"region": message.subject.asked, "indicator": indicator, "picture": picture}
    return widgets.address("exclusion", **asked), text("overview.see_groups")
