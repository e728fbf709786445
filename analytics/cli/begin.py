"""Another municipality begins: `python -m analytics init --home 3203` writes its settings into an empty home."""

import argparse

from analytics import regions
from analytics.cli.command import Answer, Command, command_help
from analytics.exclusion.rates import series
from analytics.exclusion.similar_municipalities import similar_municipalities
from analytics.programme.readings import asked_of
from data import paths
from data.errors import InnenforError
from data.settings import settings

FILE = "settings.toml"
MOST_PEERS = 7


class HomeTaken(InnenforError, code="home_taken"):
    """The home has settings already: they are not written over."""


class NotAHome(InnenforError, code="not_a_home"):
    """A home is a municipality of today that has figures of its own."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", required=True, metavar="NUMBER", help=command_help("home"))


def _init(given: argparse.Namespace, _lang: str) -> Answer:
    """Answer with the home that was written: its municipality, county and peers."""
    file = paths.home() / FILE
    if file.exists():
        raise HomeTaken(where=paths.told(file), found=str(file.stat().st_size))
    peers = _peers(given.home)
    file.parent.mkdir(parents=True, exist_ok=True)
    listed = ", ".join(f'"{code}"' for code in peers)
    named = ", ".join(regions.name_of(code) for code in peers)
    text = f'home_municipality = "{given.home}"  # {regions.name_of(given.home)}\npeers = [{listed}]  # {named}\n'
    file.write_text(f"{text}also_shown = []\n", encoding="utf-8")
    county = regions.county_of(given.home) or ""
    return {"home": given.home, "county": county, "peers": list(peers), "file": paths.told(file)}


def _peers(home: str) -> tuple[str, ...]:
    """Return the municipalities most like a home in number and age of its young people, nearest first."""
    municipalities = set(regions.current_regions().filter(level="municipality")["code"])
    main = settings().main_indicator
    found = asked_of(main.id, home, main.age_group, main.sex) if home in municipalities else None
    if found is None:
        raise NotAHome(where="--home", found=home)
    period = str(series(found.view, (home,))["period"].max())
    return similar_municipalities(found.view, home, period)[:MOST_PEERS]


COMMANDS = (Command("init", _arguments, _init),)
