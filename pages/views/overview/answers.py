"""The first screen in words: a question of the key messages, and the true sentence that answers it."""

from analytics.exclusion.comparisons import Beside, Comparison
from analytics.exclusion.key_messages import Message
from analytics.results import NotEstimable
from pages.components import notices, rates
from pages.format import sentences
from pages.format.place_names import group_of, place
from pages.format.sentences import join_sentences
from pages.format.texts import text


def answer(message: Message) -> str:
    """Return the answer to a message's question, in words its values support."""
    ways = {"how_many": _level, "than_before": _before, "than_others": _others, "work_capacity": _work_capacity}
    return join_sentences(notices.stepped_up(message.subject), ways[message.question](message))


def _level(message: Message) -> str:
    level = rates.level(group_of(message.subject.view), message.rate)
    return join_sentences(level, notices.other_figures(message.subject, message.rate.period))


def _before(message: Message) -> str:
    found = message.beside
    few_before = not isinstance(found, NotEstimable) and sentences.of_few_before(found)
    if rates.too_few(message.rate) or few_before:
        return text("overview.few_before", place=place(message.subject.region))
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
    if rates.too_few(message.rate):
        return text("overview.few_beside", place=place(message.subject.region))
    found = message.beside
    if isinstance(found, NotEstimable):
        return text("overview.no_others", place=place(message.subject.region))
    rests = [found.one(kind) for kind in ("rest_of_nation", "rest_of_county")]
    group = group_of(message.subject.view)
    return " ".join(sentences.comparison(each, message.rate, group) for each in rests if each)


def _work_capacity(message: Message) -> str:
    return join_sentences(rates.level(group_of(message.subject.view), message.rate), _others(message))
