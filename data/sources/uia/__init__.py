"""The University of Agder's deliveries of experiments: `parse(path)` reads a table of group results."""

from data.sources.uia.adapter import ExperimentDelivery, parse, table_of

__all__ = ["ExperimentDelivery", "parse", "table_of"]
