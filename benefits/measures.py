"""Decision metrics: the promised path to `benefits.valuation.decision_metrics`."""

from benefits.valuation.decision_metrics import benefit_cost_ratio, break_even, mvpf, net_present_value, payback_year

__all__ = ["benefit_cost_ratio", "break_even", "mvpf", "net_present_value", "payback_year"]
