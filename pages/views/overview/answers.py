"""The first screen: a question, one true sentence, a link to the picture."""

import datetime as dt
import re
from html import escape

import streamlit as st

from analytics import provenance, regions
from analytics.data_quality import figure_ages
from analytics.exclusion import key_messages
from analytics.exclusion.comparisons import Beside, Comparison
from analytics.exclusion.key_messages import Message
from analytics.results import NotEstimable
from pages.components import chart_card, html, notices
from pages.components.citations import citation
from pages.components.rate_trend import trend_chart
from pages.format import sentences
from pages.format.numbers import percent, period
from pages.format.place_names import group_of, place
from pages.format.sentences import join_sentences
from pages.format.texts import language, text
from pages.frame import shell
from pages.frame.cache import cached_value
from pages.frame.url import widgets

_STRONG = re.compile(r"\*\*(.+?)\*\*")
messages_of = cached_value(key_messages.key_messages)
ages_of_figures = cached_value(figure_ages)
PICTURE_OF = {"how_many": "trend", "than_before": "trend", "than_others": "ranking", "work_capacity": "trend"}


def choose() -> str:
    """Check the link, draw the choice of region and return it."""
    shell.open_page(widgets.region_parameter())
    st.markdown(text("overview.lead"))
    return widgets.region()


def show(region: str) -> None:
    """Write question, answer and link for each message, then what is missing, then the picture over time."""
    found = messages_of(region)
    for message in found:
        shell.cite(citation(message.subject.view.edition, message.subject.view.indicator))
    st.html(answers(region, found))
    for message in found[:1]:
        chart_card.show(trend_chart(message.subject))
    _newest()


def _newest() -> None:
    """Write which figure is the newest here, with the way to how old all the others are."""
    newest = ages_of_figures(regions.home(), dt.datetime.now(dt.UTC).date()).row(0, named=True)
    indicator = provenance.indicators()[newest["indicator"]]
    told = text(
        "overview.newest", what=indicator.label[language()], months=newest["months"],
        period=period(newest["period"], frequency=indicator.frequency),
    )  # fmt: skip
    st.caption(f"{told} [{text('overview.ages')}]({widgets.address('method')}#ages)")


def answers(region: str, found: tuple[Message, ...]) -> str:
    """Return the answers as HTML: the first with its number, the others as cards beside each other."""
    cards = [_card(message.question, answer(message), _address(message)) for message in found]
    cards.append(_card("missing", _missing(region), widgets.address("method") + "#missing"))
    hero = ""
    for message in found[:1]:
        number = escape(percent(message.rate.value))
        hero = f'<div class="innenfor-hero"><p class="innenfor-number">{number}</p>{cards.pop(0)}</div>'
    return f'{hero}<div class="innenfor-answers">{"".join(cards)}</div>'


def _missing(region: str) -> str:
    names = ", ".join(_lower(each.label[language()]) for each in provenance.missing())
    return text("overview.missing_answer", place=place(region), what=names)


def answer(message: Message) -> str:
    """Return the answer to a message's question, in words its values support."""
    ways = {"how_many": _level, "than_before": _before, "than_others": _others, "work_capacity": _work_capacity}
    return join_sentences(notices.stepped_up(message.subject), ways[message.question](message))


def _level(message: Message) -> str:
    level = sentences.level(group_of(message.subject.view), message.rate)
    return join_sentences(level, notices.other_figures(message.subject, message.rate.period))


def _before(message: Message) -> str:
    found = message.beside
    earlier = None if isinstance(found, NotEstimable) else sentences.earlier(found)
    if earlier is None:
        return text("overview.no_past", place=place(message.subject.region))
    return sentences.past(earlier, message.rate, group_of(message.subject.view)) + _older(found, earlier)


def _older(found: Beside | NotEstimable, named: Comparison) -> str:
    """Return the break that closes off older figures, where the sentence before has not named it."""
    if isinstance(found, NotEstimable) or named.breaks:
        return ""
    across = [each for each in found.comparisons if each.kind == "past" and each.breaks]
    return " " + text("overview.older", breaks=sentences.breaks(across[-1].breaks)) if across else ""


def _others(message: Message) -> str:
    found = message.beside
    if isinstance(found, NotEstimable):
        return text("overview.no_others", place=place(message.subject.region))
    rests = [found.one(kind) for kind in ("rest_of_nation", "rest_of_county")]
    group = group_of(message.subject.view)
    return " ".join(sentences.comparison(each, message.rate, group) for each in rests if each)


def _work_capacity(message: Message) -> str:
    return join_sentences(sentences.level(group_of(message.subject.view), message.rate), _others(message))


def _card(question: str, said: str, address: str) -> str:
    heading, words = escape(text(f"overview.{question}")), _STRONG.sub(r"<strong>\1</strong>", escape(said))
    return f"<section><h2>{heading}</h2><p>{words}</p>{html.link(address, text('overview.see'))}</section>"


def _address(message: Message) -> str:
    indicator, picture = message.subject.view.indicator, PICTURE_OF[message.question]
    return widgets.address("exclusion", region=message.subject.asked, indicator=indicator, picture=picture)


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
