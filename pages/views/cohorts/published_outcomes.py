"""What came next by published studies: a bar for each group, with whose figures they are and whose they are not."""

import re
from collections.abc import Callable

import polars as pl

from analytics import cohorts
from analytics.cohorts import PublishedOutcomes
from analytics.results import NotEstimable
from pages.components.chart_card import Chart
from pages.components.citations import licence
from pages.components.data_table import Kind, TableColumn, columns_alike
from pages.format.numbers import capitalise_first, period
from pages.format.place_names import age, place
from pages.format.sentences import join_sentences
from pages.format.texts import language, text
from pages.frame import visit
from pages.frame.cache import cached_value
from pages.frame.source_footer import Citation
from pages.views.cohorts.outcome_bars import Bars, picture
from pages.views.cohorts.selection import CohortsSelection

outcomes_of = cached_value(cohorts.published_outcomes)
_YEAR = re.compile(r"\d{4}")
_TOLD = ("place", "group", "age", "from", "to", "where", "meaning")
_ALWAYS = ("place", "where", "meaning")


def outcomes_chart(choice: CohortsSelection) -> Chart | NotEstimable:
    """Return the chosen study's groups, those of the reader's county strong where it has them."""
    found = outcomes_of(choice.study, choice.region)
    if isinstance(found, NotEstimable):
        return found
    study, lang = found.study, language()
    finding, rows = found.finding(lang), _worded(found)
    by_county = rows["region_code"].n_unique() > 1 and not study.own_county_only
    drawn = _ordered(rows.with_columns(_bars(rows)), by_share=by_county)
    own = tuple(drawn.filter(pl.col("region_code").is_in(found.own))["bar"].unique()) if by_county else ()
    bars = Bars(drawn, study.destinations, own, study.rest.get(lang, ""), study.decimals)
    return Chart(
        finding=finding,
        alt=text("outcomes.alt", finding=finding),
        picture=picture(bars, narrow=visit.narrow()),
        table=drawn.drop("bar"),
        columns=_columns(rows, study.decimals),
        sources=(_citation(found),),
        stem="outcomes",
        note=_caption(found, choice),
        more=_more(found),
        command=f"python -m analytics outcomes --study {study.id} --region {choice.region}",
        python="from analytics import cohorts\n"
        f'cohorts.published_outcomes("{study.id}", "{choice.region}").frame',
    )  # fmt: skip


def _worded(found: PublishedOutcomes) -> pl.DataFrame:
    """Return the rows with what their codes mean in words."""
    study, lang = found.study, language()
    words: dict[str, tuple[str, Callable[[str], str]]] = {
        "place": ("region_code", lambda code: found.place(code or None, lang)),
        "group": ("subgroup", lambda name: study.subgroups[name][lang] if name else ""),
        "age": ("age_group", age),
        "from": ("period", _when),
        "to": ("later", _when),
        "where": ("destination", lambda name: found.label(name, lang)),
        "meaning": ("side", lambda name: text(f"outcomes.side.{name}")),
    }
    rows = found.frame.with_columns(
        pl.Series(name, [say(code or "") for code in found.frame[column]]) for name, (column, say) in words.items()
    )
    return rows.select(*words, *(name for name in rows.columns if name not in words))


def _when(code: str) -> str:
    """Return a period, or two years and those between them, in words."""
    first, _, last = code.partition("-")
    spans = len(last) == len(first)
    return text("outcomes.span", first=first, last=last) if spans else period(code or None)


def _bars(rows: pl.DataFrame) -> pl.Series:
    """Return the name of each row's bar: what tells it from the others."""
    told = [name for name in ("place", "group", "age") if rows[name].n_unique() > 1]
    named = zip(rows.iter_rows(named=True), _times(rows), strict=True)
    parts = [[*(row[name] for name in told), when] for row, when in named]
    return pl.Series("bar", [capitalise_first(", ".join(filter(None, part))) for part in parts]).replace(
        "", rows["place"][0]
    )


def _times(rows: pl.DataFrame) -> list[str]:
    """Return when, where groups differ in it: the year followed up, both years of a move, or the quarter they left."""
    starts, ends = rows["period"].n_unique(), rows["later"].n_unique()
    if starts == 1:
        return [text("outcomes.status", when=when) if ends > 1 else "" for when in rows["to"]]
    years = rows.select(pl.col("period", "later").str.len_chars().eq(4).fill_null(value=False).all()).row(0)
    if all(years):
        return [text("outcomes.span", first=first, last=last) for first, last in rows.select("from", "to").iter_rows()]
    return rows["from"].to_list()


def _ordered(rows: pl.DataFrame, *, by_share: bool) -> pl.DataFrame:
    """Return the rows in the order of their bars; counties by the share inside, the largest first."""
    if not by_share:
        return rows
    inside = pl.when(pl.col("side") == "inside").then("share").sum().over("bar")
    return rows.sort(inside, descending=True, maintain_order=True)


def _columns(rows: pl.DataFrame, decimals: int) -> tuple[TableColumn, ...]:
    """Return the columns that say something in this study."""
    told = [name for name in _TOLD if rows[name].n_unique() > 1 or name in _ALWAYS]
    counts = [name for name in ("persons", "count") if rows[name].count()]
    shares = ["share", *(["low", "high"] if rows["low"].count() else [])]
    kind: Kind = "share" if decimals else "share_whole"
    return (
        *columns_alike("outcomes.column", "text", told),
        *columns_alike("outcomes.column", "count", counts),
        *columns_alike("column", kind, shares),
    )


def _caption(found: PublishedOutcomes, choice: CohortsSelection) -> str:
    """Return place and years, what they are not where the reader may take them for it, and how they were read."""
    study, region = found.study, choice.region
    own = region in found.frame["region_code"] or study.regions == (region,)
    return join_sentences(
        text("outcomes.caption", place=capitalise_first(study.place[language()]), years=_years(found.frame)),
        "" if own else text("outcomes.not_yours", place=place(region)),
        "" if choice.sex == "both" else text("outcomes.both_sexes"),
        text(f"outcomes.provenance.{study.provenance}") if study.provenance != "published" else "",
    )


def _years(rows: pl.DataFrame) -> str:
    codes = [*rows["period"].drop_nulls(), *rows["later"].drop_nulls()]
    found = [year for code in codes for year in _YEAR.findall(code)]
    if not found:
        return text("outcomes.undated")
    first, last = min(found), max(found)
    return first if first == last else text("outcomes.span", first=first, last=last)


def _more(found: PublishedOutcomes) -> tuple[str, ...]:
    study, lang = found.study, language()
    return (
        text("outcomes.who", who=study.who[lang], definition=study.definition[lang]),
        study.note.get(lang, ""),
        text("outcomes.interval") if found.frame["low"].count() else "",
        text("outcomes.hidden") if found.frame["share"].null_count() else "",
    )


def _citation(found: PublishedOutcomes) -> Citation:
    study, lang = found.study, language()
    edition = period(study.issued) if study.issued else text("outcomes.undated")
    title = text("outcomes.read_in", source=study.source[lang], copy=study.copy) if study.copy else study.source[lang]
    return Citation(study.publisher, title, edition, licence(study.licence), study.url, study.definition[lang])
