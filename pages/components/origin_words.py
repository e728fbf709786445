"""Immigrants beside others in words: the two shares, and the gap in persons where the test supports a difference."""

from analytics.exclusion.by_origin import IMMIGRANTS, OTHERS, ByOrigin
from analytics.exclusion.rates import Rate
from analytics.results import NotEstimable
from pages.components.rates import too_few
from pages.format import numbers, place_names, sentences
from pages.format.place_names import place
from pages.format.sentences import join_sentences
from pages.format.texts import text


def finding(made: ByOrigin) -> str:
    """Return the two shares at the chosen time, and the gap in persons where the test supports a difference.

    A share of too few persons is not told: chance and the publisher's rounding decide it.
    """
    mine, others = made.immigrants, made.others
    facts = {
        "place": place(mine.region), "ages": place_names.age(made.view.age_group),
        "period": numbers.period(mine.period), "status": sentences.status(mine, others.status),
        "immigrants": _share(mine), "others": _share(others),
    }  # fmt: skip
    both = ((IMMIGRANTS, mine), (OTHERS, others))
    known = {each for each, rate in both if rate.value is not None}
    if few := {each for each, rate in both if rate.value is not None and too_few(rate)}:
        return text(f"exclusion.origin.few.{next(iter(known - few), 'neither')}", **facts)
    if len(known) < len((mine, others)):
        return text(f"exclusion.origin.only.{known.pop()}" if known else "exclusion.origin.neither", **facts)
    return join_sentences(text("exclusion.origin.both", **facts), _gap(made))


def _share(rate: Rate) -> str:
    share = numbers.percent(rate.value)
    return text("sentence.at_least", share=share) if rate.lower_bound else share


def _gap(made: ByOrigin) -> str:
    persons = made.gap.persons
    if isinstance(persons, NotEstimable):
        return ""
    if not made.gap.certain:
        return text("exclusion.origin.uncertain")
    way = "fewer" if persons.estimate > 0 else "more"
    return text(f"exclusion.origin.{way}", persons=numbers.number(abs(persons.estimate)))
