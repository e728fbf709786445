"""Sharing a cost among those who gain: the promised path to `benefits.valuation.cost_sharing`."""

from benefits.valuation.cost_sharing import proportional, shapley

__all__ = ["proportional", "shapley"]
