"""Gains that a scenario counts twice: one topic for one holder, or what a health trust saves as a gain beside."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from benefits.parameters.faults import ModelProblem
from benefits.scenario.unit_costs import payer_of
from data.toml import TomlProblem

if TYPE_CHECKING:
    from benefits.scenario import file_model as file


def of_topics(found: "file.ScenarioFile") -> Iterator[TomlProblem]:
    """Return the gains that are counted twice: one topic twice for one holder, or a health trust's saving as a gain."""
    priced = [(each.beneficiary, each.topic) for each in found.other_gain if each.topic]
    for number, each in enumerate(found.other_gain, 1):
        cell = f"other_gain[{number}]"
        if each.topic and priced.count((each.beneficiary, each.topic)) > 1:
            yield ModelProblem(code="counted_twice", cell=f"{cell}.topic", found=each.topic, expected="other_gain")
        if each.beneficiary == "health_trust" and any(_saver(service) == "health_trust" for service in found.service):
            yield ModelProblem(code="counted_twice", cell=cell, found=each.beneficiary, expected="service")
    for number, beside in enumerate(found.not_priced, 1):
        if (beside.beneficiary or "participants", beside.topic) in priced:
            cell = f"not_priced[{number}].topic"
            yield ModelProblem(code="counted_twice", cell=cell, found=str(beside.topic), expected="other_gain")


def _saver(service: "file.ServiceTable") -> str | None:
    return payer_of(service.unit_cost) if service.unit_cost else service.payer
