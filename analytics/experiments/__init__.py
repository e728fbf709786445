"""Experiments: register before, check first, evaluate by design, tell in natural units.

What stands here is loaded when it is first asked for: a page that only names an experiment loads no estimator.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
_PLACES = {
    "Design": "design.design",
    "Estimate": "reporting.estimate",
    "Portfolio": "portfolio.meta_analysis",
    "design_from_toml": "design.design",
    "evaluate": "reporting.evaluation",
    "pool": "portfolio.meta_analysis",
    "power": "design.power",
    "smallest_detectable_effect": "design.power",
}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
