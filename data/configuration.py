"""Everything that is wrong in the TOML files a build and the app rest on, told at once."""

from data.catalogue import indicators, missing
from data.contract import Problem
from data.fetch_mapping import mappings
from data.settings import settings
from data.states import states
from data.toml import gathered


def configuration_problems() -> list[Problem]:
    """Return what is wrong with settings, indicators, states, the statistics that are missing, and how SSB is asked."""
    problems: list[Problem] = []
    for read in (settings, indicators, states, missing, mappings):
        gathered(problems, read)
    return problems
