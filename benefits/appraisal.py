"""Appraising a scenario: the promised path to `benefits.valuation.appraisal`."""

from benefits.scenario.model import Scenario
from benefits.valuation.appraisal import Appraisal, appraise

__all__ = ["Appraisal", "Scenario", "appraise"]
