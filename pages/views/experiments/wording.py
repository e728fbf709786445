"""Experiments in words: verdict, effect, grade, cost, and where the numbers come from."""

from collections.abc import Sequence

from analytics.experiments.portfolio.results import Reported
from analytics.experiments.reporting.cost_effectiveness import CostPerExtra
from analytics.experiments.reporting.estimate import Estimate
from analytics.results import NotEstimable
from data.i18n import say
from pages.format.numbers import DECIMALS, capitalise_first, nok
from pages.format.texts import language, text


def title(each: Reported) -> str:
    """Return an experiment's name."""
    return each.experiment.title[language()]


def verdict(each: Reported) -> str:
    """Return the verdict in words."""
    return text(f"experiments.verdict.{each.verdict}")


def verdict_line(each: Reported) -> str:
    """Return the verdict, called exploratory where what is evaluated was not registered before the start."""
    found = each.estimate
    late = found is not None and (each.standing != "planned" or any(note.code == "N05" for note in found.notes))
    return f"{verdict(each)} ({text('experiments.exploratory')})" if late else verdict(each)


def effect(each: Reported) -> str:
    """Return the effect in natural units without the verdict, or why there is none."""
    if each.experiment.published:
        return str(each.experiment.finding.get("says", {}).get(language(), ""))
    if isinstance(each.answer, NotEstimable):
        return each.answer.sentence(language())
    told = each.answer.sentence(language())
    told = told.removesuffix(say("analytics", language(), f"experiments.verdict.{each.answer.verdict}")).strip()
    return capitalise_first(told)


def grade(each: Reported) -> str:
    """Return the grade on both axes, with the reasons for every step down."""
    found = each.estimate
    if found is None:
        return text("experiments.grade.published" if each.experiment.published else "experiments.grade.none")
    reasons = found.as_json(language())["grade"]["words"]
    tail = text("experiments.grade.because", reasons=", ".join(reasons)) if reasons else ""
    facts = {name: found.grade[name] for name in ("design", "execution")}
    return text("experiments.grade.both", **facts) + (f" {tail}" if tail else "")


def cost(each: Reported) -> str:
    """Return the cost per extra person with the outcome, with its interval or why there is none."""
    if isinstance(each.cost, NotEstimable):
        return text("experiments.cost.none", reason=each.cost.sentence(language()))
    found = each.estimate
    label = (found.label.get(language()) or found.outcome) if found else ""
    year = each.experiment.cost_price_year
    tail = text("experiments.cost.year", year=year) if year else ""
    return " ".join(filter(None, (_cost(each.cost, label), tail)))


def _cost(found: CostPerExtra, label: str) -> str:
    value, low, high = (nok(each, DECIMALS["nok_about"]) for each in (found.value_nok, found.low_nok, found.high_nok))
    if found.low_nok is None:
        return text("experiments.cost.point", value=value, label=label)
    if found.high_nok is None:
        return text("experiments.cost.open", low=low, label=label)
    return text("experiments.cost.both", value=value, low=low, high=high, label=label)


def command(each: Reported) -> str:
    """Return the command that gives the same estimate."""
    if each.delivery is None:
        return ""
    return f"python -m analytics evaluate --experiment {each.key} --published --lang {language()}"


def python(each: Reported) -> str:
    """Return Python that gives the same estimate."""
    if each.delivery is None:
        return ""
    imported, every = every_in_python((each,))
    return (
        f"from analytics.experiments.portfolio.results import reported\n{imported}"
        f'each = next(each for each in {every} if each.key == "{each.key}")\n'
        f'each.answer.as_json("{language()}")'
    )


def every_in_python(some: Sequence[Reported]) -> tuple[str, str]:
    """Return what Python imports beside `reported`, and asks, for reports among which are those the records hold."""
    if all(each.experiment.seals is None for each in some):
        return "", "reported()"
    imported = "from analytics.programme.going import reported_seen\nfrom data.records import Records\n"
    return imported, "reported_seen(reported(), Records.open().state())"


def unit(found: Estimate) -> str:
    """Return the unit of an effect, as an axis names it."""
    label = found.label.get(language()) or found.outcome
    return text(f"experiments.unit.{found.kind}", label=label)
