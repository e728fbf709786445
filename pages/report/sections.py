"""The parts a note is put together from: each the screen's own result, in words, as a table or as a picture."""

import datetime as dt
from collections.abc import Sequence

from analytics import provenance
from analytics.exclusion import subject
from analytics.exclusion.key_messages import Message
from analytics.experiments.portfolio import results
from analytics.experiments.portfolio.results import Reported
from analytics.experiments.reporting.estimate import Estimate
from analytics.programme import multi_criteria, readings
from analytics.programme.going import reported_seen
from analytics.programme.readings import Voice
from benefits.realisation.plan import Compared, GainStatus, Plan, compared
from pages.components import rates
from pages.format import numbers, place_names, sentences
from pages.format.texts import language, text
from pages.frame.cache import cached_value
from pages.frame.sight import seen
from pages.frame.source_footer import Citation
from pages.report import print_figures, room_sections
from pages.report.model import Block, NoteTable, Picture, Points, Quote, Text
from pages.views.programme import closing_points
from pages.views.programme import wording as programme_words
from pages.views.programme.plan import progress, tables, wording
from pages.views.programme.room import lights

plan_compared = cached_value(compared)
trend_table = cached_value(subject.trend_table)
reported, report = cached_value(results.reported), cached_value(results.report)
_QUOTES = 3
_MOST_GAINS, _MOST_SCENARIOS = 8, 5
URGENT = ("not_realised", "late", "not_measurable_yet", "on_course")
LEDGERS = (
    "municipality", "county", "state_transfers", "state_tax", "health_trust", "participants", "employers", "others",
)  # fmt: skip


def outside(found: Sequence[Message]) -> tuple[Block, ...]:
    """Return the main indicator over time, with its uncertainty in words; nothing without figures, or of too few."""
    if not found or rates.too_few(found[0].rate):
        return ()
    first, place = found[0], place_names.place(found[0].subject.region)
    table = place_names.named(trend_table(first.subject, "whole"), "series")
    indicator = provenance.indicators()[first.subject.view.indicator]
    group = place_names.group_of(first.subject.view)
    finding = sentences.short_level(indicator.short[language()], group, first.rate)
    around = numbers.percent_interval(first.rate.low, first.rate.high)
    note = f"{text('note.interval', interval=around)} {text('exclusion.interval_note')}"
    alt = text("exclusion.trend_alt", place=place, what=_label(first), finding=finding)
    periods = table["period"]
    breaks = [each.at for each in indicator.breaks]
    inside = [each for each in breaks if str(periods.min()) < each <= str(periods.max())]
    return (Picture(print_figures.trend_svg(table, place, inside, frequency=indicator.frequency), alt, finding, note),)


def drawn(found: Sequence[Message]) -> tuple[Citation, ...]:
    """Return the editions the picture of `outside` is drawn from."""
    shown = [each for each in found[:1] if not rates.too_few(each.rate)]
    return tuple(each for one in shown for each in rates.sources(one.subject, trend_table(one.subject, "whole")))


def plan(found: Plan | None, gains: tuple[GainStatus, ...]) -> tuple[Block, ...]:
    """Return the plan: where it stands, how far each gain has come, and the table with reasons.

    A long plan shows the gains that need the meeting most; the rest are counted, and stand in the files.
    """
    if found is None:
        return (Text(text("note.no_plan")),)
    summed, left = wording.summary(gains), len(gains) - _MOST_GAINS
    gains = tuple(sorted(gains, key=lambda gain: URGENT.index(gain.status))[:_MOST_GAINS]) if left > 0 else gains
    svg = print_figures.progress_svg(progress.progress(gains), example=found.example)
    picture = Picture(svg, text("plan.status_alt", finding=summed), summed, text("plan.status_note"))
    told = lights.newest(seen())
    shown = tables.status_table(gains, told)
    widths = {"id": 0.5, "gain": 2.6, "status": 1.4, "actual": 1.9, "target": 1.9}
    widths |= {"reason": 2.6, "told": 2.6} if told else {"reason": 3.6}
    heads = tuple(text(f"plan.column.{name}") for name in widths)
    rows = tuple(shown.select(list(widths)).iter_rows())
    grid = NoteTable(text("plan.status_heading"), heads, rows, tuple(widths.values()))
    rest = (Text(text("note.more_gains", count=left)),) if left > 0 else ()
    return (picture, grid, *rest)


def portfolio(day: dt.date) -> tuple[Block, ...]:
    """Return the programme's own experiments with phase, what is known and how they go, or that none is registered."""
    columns = readings.programme(seen()).slik_phases
    rows = [each for each in _reported() if not each.experiment.published]
    if not rows:
        return (Text(text("note.no_experiments")),)
    order = [column.id for column in columns]
    rows.sort(key=lambda each: order.index(each.experiment.phase) if each.experiment.phase in order else len(order))
    head = ("title", "area", "phase", "finding")
    cells = tuple((_title(each), str(each.experiment.area), _phase(each), known(each)) for each in rows)
    heads = tuple(text(f"note.column.{name}") for name in head)
    grid = NoteTable(text("note.experiments"), heads, cells, (2, 1, 1.3, 6))
    return (grid, *going(day))


def going(day: dt.date) -> tuple[Block, ...]:
    """Return how the programme's own experiments go, by the records; nothing where these say nothing of any."""
    rows = [each for each in _reported() if not each.experiment.published]
    return room_sections.courses(rows, [_title(each) for each in rows], day)


def _reported() -> tuple[Reported, ...]:
    return reported_seen(reported(), seen(), report)


def unpublished() -> tuple[Text, ...]:
    """Return the sentence that no outcomes of the programme's own are published, for as long as that is so."""
    own = [each for each in _reported() if not each.experiment.published and not each.experiment.example]
    return () if any(each.estimate for each in own) else (Text(text("note.no_results")),)


def known(each: Reported) -> str:
    """Return what is known of an experiment: the finding with its interval, or why there is none."""
    if each.experiment.published:
        return str(each.experiment.finding.get("says", {}).get(language(), ""))
    return each.answer.sentence(language())


def worth(gains: tuple[GainStatus, ...]) -> tuple[Block, ...]:
    """Return what the scenarios of the plan are worth, with their spread, soon and late; and who gains."""
    lines = []
    for each in plan_compared(gains):
        terms = {term: numbers.nok_million(each.horizons[term]) for term in ("short", "medium", "long")}
        lines.append(f"{wording.modelled(each)} {text('note.terms', **terms)}")
    return (*((Points(tuple(lines)),) if lines else ()), *payers(gains))


def payers(gains: tuple[GainStatus, ...]) -> tuple[Block, ...]:
    """Return who gains and who pays, in millions of NOK, and what the figures are not."""
    rows = plan_compared(gains)
    if not rows:
        return (Text(text("plan.no_scenario")),)
    groups = [rows[start : start + _MOST_SCENARIOS] for start in range(0, len(rows), _MOST_SCENARIOS)]
    return (Text(text("plan.modelled_lead")), *(_payers(group) for group in groups))


def _payers(rows: tuple[Compared, ...]) -> NoteTable:
    """Return a line for society and for each who gains or pays, a column for each scenario."""
    titles = (_marked(each.title[language()], example=each.example) for each in rows)
    lines = [
        (text(f"note.payer.{name}"), *(_amount(each.spread(name), each.chances[name]) for each in rows))
        for name in ("society", *LEDGERS)
    ]
    return NoteTable(text("note.payers"), ("", *titles), tuple(lines), (2.2, *[2.0] * len(rows)))


def _amount(spread: tuple[float, float, float], chance: float) -> str:
    if not any(spread):
        return text("note.untouched")
    low, middle, high = (numbers.millions(amount) for amount in spread)
    return text("note.amount", low=low, middle=middle, high=high, chance=numbers.whole_percent(chance))


def _marked(title: str, *, example: bool) -> str:
    """Return a title that says so where the thing is made up."""
    mark = text("programme.example").lower()
    return f"{title} ({mark})" if example and mark not in title.lower() else title


def done() -> tuple[str, ...]:
    """Return the choices and counts, and how experiments are tried."""
    return (*closing_points.done(readings.programme(seen())), text("programme.method.prototyping_text"))


def knots_ranked() -> tuple[multi_criteria.Ranked, ...]:
    """Return the knots in the order of their files' weights."""
    knots = readings.programme(seen()).knots
    return multi_criteria.ranking(knots.knots, knots.weights)


def knots_picture() -> Block:
    """Return the choice of knots as bars, or that none has been judged."""
    ranked = knots_ranked()
    if not ranked:
        return Text(text("note.no_knots"))
    rows = [
        {"name": row.knot.name[language()], "score": row.score, "rank": row.rank,
         "score_words": numbers.ratio(row.score), "ranks": f"{row.best_rank}–{row.worst_rank}"}
        for row in ranked
    ]  # fmt: skip
    first = ranked[0]
    facts = {"name": first.knot.name[language()], "share": numbers.whole_percent(first.first_share)}
    finding = text("programme.knots_finding" if first.worst_rank > 1 else "programme.knots_firm", **facts)
    svg = print_figures.knots_svg(rows, example=any(row.knot.example for row in ranked))
    return Picture(svg, text("note.knots_alt", finding=finding), finding, text("note.knots_note"))


def answers() -> tuple[str, ...]:
    """Return the concepts, and what each experiment with an answer found."""
    told = [f"{_title(each)}: {known(each)}" for each in _reported() if isinstance(each.answer, Estimate)]
    return (closing_points.concepts(readings.programme(seen())), *told)


def voices() -> tuple[Quote, ...]:
    """Return the quotes chosen for the closing note; where none is, the first cleared ones: those released in the
    records, then those of files with who was asked and how."""
    chosen, cleared = room_sections.quotes()
    if chosen:
        return chosen
    lang, quotes = language(), list(cleared)
    quotes += [
        Quote(quote[lang], programme_words.quoted(quote[lang]), _by(voice))
        for voice in readings.programme(seen()).voices
        for quote in voice.quotes
    ]
    return tuple(quotes[:_QUOTES])


def _by(voice: Voice) -> str:
    mark = [text("programme.example")] if voice.example else []
    return " · ".join((programme_words.asked(voice), voice.method[language()], *mark))


def hand_over() -> Block:
    """Return who takes over what, and when, or that it is not decided."""
    found, lang = readings.programme(seen()), language()
    if not found.tasks:
        return Text(text("note.no_hand_over"))
    names = {partner.id: partner.name[lang] for partner in found.partners}
    rows = tuple(
        (task.name[lang], names.get(task.owner, task.owner), names.get(task.hand_over_to, text("programme.nobody")),
         task.hand_over_when[lang])
        for task in found.tasks
    )  # fmt: skip
    head = (text("programme.column.task"), text("programme.role.owner"), text("programme.role.hand_over"))
    return NoteTable(text("programme.responsibility"), (*head, text("note.column.when")), rows, (2.4, 2, 2, 3))


def _title(each: Reported) -> str:
    return _marked(each.experiment.title[language()], example=each.experiment.example)


def _phase(each: Reported) -> str:
    columns = readings.programme(seen()).slik_phases
    named = {column.id: column.name[language()] for column in columns}
    return named.get(readings.phase_of(each.experiment, columns), text("programme.stopped"))


def _label(message: Message) -> str:
    return readings.indicator_label(message.subject.view.indicator, language())
