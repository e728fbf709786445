"""The University of Agder's deliveries of experiments: `parse(path)` reads a table of group results."""

from data.sources.uia.adapter import ExperimentDelivery, parse, table_of
from data.sources.uia.tables import recognises

__all__ = ["ExperimentDelivery", "parse", "recognises", "table_of"]
