"""What the reader has chosen on the gains page: a scenario, an experiment's effect, edits, and a picture."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Annotated, Any

import streamlit as st

from benefits.scenario.edits import edited
from benefits.scenario.model import Scenario, shipped
from benefits.valuation.appraisal import Appraisal
from pages.components import further, sentence_bar
from pages.components.further import STORY
from pages.components.sentence_bar import SentenceBar
from pages.format.texts import language, text
from pages.frame import expander
from pages.frame.url import state, widgets
from pages.frame.url.choices import Choice, PageChoices, Place
from pages.views.gains import experiment_choice, queries, scenario_file, sliders
from pages.views.gains.programme import portfolio_reading

PICTURES = (
    "payers", "flows", "plan", "uncertainty", "tornado", "break_even", "sharing", "tax_krone", "compare", "unpriced",
    "trust", "parameters",
)  # fmt: skip
FURTHER = ("flows", "plan", "break_even", "unpriced", "compare", "payers", "uncertainty")
VIEWS = ("gains", "programme", "cost")
GRANTS = ("with", "without")
COUNTING = ("taxes", "benefits")
FIRST = "ips_job_support"


def names(own: Scenario | None) -> dict[str, str]:
    """Return the scenarios by code with their titles, the reader's own first."""
    titles = {name: title[language()] for name, title in queries.shipped_titles().items()}
    mine = {} if own is None else {scenario_file.OWN: text("gains.own", title=own.title[language()])}
    return mine | titles


def _scenarios() -> tuple[str, ...]:
    return tuple(names(scenario_file.uploaded()))


def _experiments() -> tuple[str, ...]:
    return (experiment_choice.NONE, *experiment_choice.keys())


@dataclass(frozen=True)
class GainsSelection:
    """The gains page as its link describes it.

    name: the scenario's code; base: as it was shipped or uploaded; scenario: the edited copy the numbers come from.
    edits: what was edited, in the model's units; the sliders say what a link may ask of them. picture: chosen in the
    list at the foot. other: the scenario put beside it. experiment: the key whose effect is used, or empty. region and
    counting belong to the cost of exclusion, which has no scenario.
    place: where the answer stands, above what can be changed. bar: the sentence that titles it.
    """

    view: Annotated[str, Choice(VIEWS, "gains.view.label", "gains.view.{}", buttons=True, quiet=True)]
    name: Annotated[
        str, Choice(_scenarios, first=FIRST, name="scenario", quiet=True, resets=(*sliders.EDITS, "other"))
    ] = ""
    base: Scenario | None = None
    scenario: Scenario | None = None
    edits: dict[str, float] = field(default_factory=dict)
    picture: Annotated[str, Choice((STORY, *PICTURES), "further.heading")] = STORY
    other: Annotated[str, Choice(shipped, "gains.other")] = ""
    experiment: Annotated[
        str, Choice(_experiments, "gains.experiment.label", first=experiment_choice.NONE, resets=("effect",))
    ] = ""
    region: Place = ""
    counting: Annotated[str, Choice(COUNTING, "gains.counting.label", "gains.counting.{}")] = COUNTING[0]
    place: AbstractContextManager[object] | None = field(default=None, compare=False, repr=False)
    bar: SentenceBar | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class ProgrammeSelection:
    """What is chosen of the whole programme: which of several portfolios, and whether its grants are counted."""

    portfolio: Annotated[str, Choice(portfolio_reading.names, "gains.programme.choose", quiet=True)]
    grants: Annotated[str, Choice(GRANTS, words="gains.grants.{}", buttons=True)] = GRANTS[0]


CHOICES = PageChoices(GainsSelection, ProgrammeSelection)


@dataclass(frozen=True)
class Case:
    """A chosen scenario with its appraisal, which follows from it: what every picture of the gains is drawn from."""

    choice: GainsSelection
    scenario: Scenario
    appraisal: Appraisal = field(repr=False)

    @property
    def example(self) -> bool:
        """Whether the numbers are an example's, to be marked everywhere."""
        return self.appraisal.example


def choose() -> GainsSelection:
    """Check the link, draw the widgets and return the choice."""
    own = scenario_file.arrive()
    base = _base(own)
    typed = (state.get("experiment") or experiment_choice.NONE) == experiment_choice.NONE
    with st.container(horizontal=True, vertical_alignment="center", key="innenfor-titled"):
        CHOICES.open(*(span for span in sliders.spans(base) if typed or span.name != "effect"))
        view = CHOICES.draw("view")
    if view == "programme":
        return GainsSelection("programme")
    return _cost() if view == "cost" else _gains(own)


def case(choice: GainsSelection) -> Case:
    """Return the chosen scenario with its appraisal."""
    assert choice.scenario is not None  # noqa: S101 - the view of the gains has one
    return Case(choice, choice.scenario, queries.appraisal(choice.scenario.as_toml(), choice.experiment))


def _cost() -> GainsSelection:
    bar = sentence_bar.draw()
    with bar.change("counting"):
        counting = CHOICES.draw("counting")
    return GainsSelection("cost", region=bar.chosen, counting=counting, bar=bar)


def _scenario_chosen(titles: dict[str, str]) -> tuple[str, str]:
    label = "gains.choose_rest" if experiment_choice.feeds(widgets.asked("experiment")) else "gains.choose"
    name = CHOICES.draw("scenario", titles, label=text(label))
    return name, titles[name]


def _gains(own: Scenario | None) -> GainsSelection:
    bar = sentence_bar.draw(partial(_scenario_chosen, names(own)))
    base, place = scenario_file.scenario(bar.chosen, own), st.container()
    with expander.choices(text("gains.edit"), "edit", expanded=_touched()):
        if expander.is_open():
            st.caption(text("gains.edit_lead"))
        experiment = experiment_choice.choose(partial(CHOICES.draw, "experiment"))
        skipped = ("effect",) if experiment else ()
        edits = sliders.draw(base, bar.chosen, skipped)
    scenario = experiment_choice.applied(edited(base, edits), experiment)
    fold = st.expander(text("gains.file"), key="fold-gains-file", on_change="rerun")  # stays open when its file comes
    if fold.open:
        with fold:
            scenario_file.show(scenario, own)
    choice: dict[str, Any] = {"base": base, "scenario": scenario, "edits": edits, "experiment": experiment}
    choice["picture"] = widgets.asked("picture") or STORY  # the list of them is drawn after the picture
    return GainsSelection("gains", name=bar.chosen, place=place, bar=bar, **choice)


def choose_picture() -> None:
    """Draw the list of pictures."""
    CHOICES.draw("picture", further.told("gains", FURTHER))


def other(choice: GainsSelection) -> GainsSelection:
    """Draw the choice of the scenario to put beside, and return the choice with it."""
    titles = {name: title for name, title in names(None).items() if name != choice.name or choice.edits}
    return replace(choice, other=CHOICES.draw("other", titles, first=list(titles)[-1]))


def _touched() -> bool:
    return any(name in state.every() for name in (*sliders.EDITS, "experiment"))


def _base(own: Scenario | None) -> Scenario:
    """Return the scenario the link asks for, the first where it asks for none or for one that is not there."""
    asked = state.get("scenario") or FIRST
    known = asked in queries.shipped_titles() or (asked == scenario_file.OWN and own is not None)
    return scenario_file.scenario(asked if known else FIRST, own)
