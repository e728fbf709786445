"""Discounting: the promised path to `benefits.valuation.discounting`."""

from benefits.valuation.discounting import R109, DiscountSchedule, annuity, discount_factor, present_value

__all__ = ["R109", "DiscountSchedule", "annuity", "discount_factor", "present_value"]
