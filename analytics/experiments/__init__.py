"""Experiments: register before, check first, evaluate by design, tell in natural units."""

from analytics.experiments.design.design import Design, design_from_toml
from analytics.experiments.design.power import power, smallest_detectable_effect
from analytics.experiments.portfolio.meta_analysis import Portfolio, pool
from analytics.experiments.reporting.estimate import Estimate
from analytics.experiments.reporting.evaluation import evaluate

__all__ = [
    "Design",
    "Estimate",
    "Portfolio",
    "design_from_toml",
    "evaluate",
    "pool",
    "power",
    "smallest_detectable_effect",
]
