"""Experiments: register before, check first, evaluate by design, tell in natural units."""

from analytics.experiments.design import Design, design_from_toml
from analytics.experiments.estimate import Estimate
from analytics.experiments.evaluation import evaluate
from analytics.experiments.portfolio import Portfolio, pool
from analytics.experiments.power import power, smallest_detectable_effect

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
