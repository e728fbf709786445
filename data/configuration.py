"""Everything that is wrong in the TOML files a build and the app rest on, told at once."""

from data.catalogue import indicators, missing
from data.curated.experiment.read import records
from data.curated.outcomes.read import studies
from data.flow_states import states
from data.ingest.contract import Problem
from data.pxweb.mapping import mappings
from data.settings import settings
from data.sources.layouts.description import own_subjects, own_tables
from data.toml import gathered


def configuration_problems() -> list[Problem]:
    """Return what is wrong in settings, indicators, states, missing, mappings, experiments, studies and layouts."""
    problems: list[Problem] = []
    for read in (settings, indicators, states, missing, mappings, records, studies, own_tables, own_subjects):
        gathered(problems, read)
    return problems
