"""What a programme leaves to an owner: its concepts and experiments, and which of them somebody said yes to."""

from dataclasses import replace

import pytest

from analytics.programme import solutions
from analytics.programme.readings import HandOver, Programme, programme
from data.i18n import LANGUAGES
from tests import demo_ground

TO = dict.fromkeys(LANGUAGES, "Agder fylkeskommune")


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> Programme:
    demo_ground.opened(monkeypatch)
    return programme()


def lacking(found: Programme, *asked: tuple[str, str]) -> set[str]:
    tried = tuple(HandOver(what, TO, answer) for what, answer in asked)
    return {each.id for each in solutions.without_owner(replace(found, hand_overs=tried))}


def test_every_concept_and_every_experiment_that_goes_on_needs_an_owner(found: Programme) -> None:
    assert {"concept/job_taste", "experiment/jobbsmak"} <= lacking(found)
    assert len(lacking(found)) == len(solutions.solutions(found))
    stopped = {f"experiment/{each.key}" for each in solutions.experiments_in() if each.phase == "stopped"}
    assert stopped
    assert not stopped & lacking(found)


@pytest.mark.parametrize("what", ["concept/matchmaking", "matchmaking", "menneskelig matchmaking "])
def test_a_yes_is_known_by_id_and_by_name(found: Programme, what: str) -> None:
    assert lacking(found) - lacking(found, (what, "yes")) == {"concept/matchmaking"}


@pytest.mark.parametrize("answer", ["no", "open", "in_part"])
def test_anything_but_a_yes_leaves_it_without_an_owner(found: Programme, answer: str) -> None:
    assert "concept/matchmaking" in lacking(found, ("concept/matchmaking", answer))


def test_what_an_id_means_is_said_in_words_and_other_names_stand(found: Programme) -> None:
    assert solutions.solution_name("concept/matchmaking", found, "nb") == "Menneskelig matchmaking"
    assert solutions.solution_name("Jobbes", found, "nb") == "Jobbes"
    assert solutions.solution_name("concept/none", found, "nb") == "concept/none"
