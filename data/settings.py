"""The settings: home municipality, peers, thresholds. Shipped with defaults; the home's own lie over them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from data import paths
from data.catalogue import indicators, regions
from data.home import overlaid, require_home
from data.i18n import LANGUAGES
from data.problems import Problem
from data.source_names import DELIVER_RAW, PUBLISHERS
from data.toml import Different, Fits, OneOf, Together, at_least, choice, fitted, key, read_toml, toml_table, within


def _sources() -> Iterable[str]:
    """Return the sources a rule may be of: those that deliver, and those with a folder of deliveries."""
    return {*PUBLISHERS, *(folder.name for layer in paths.layers("raw") for folder in layer.glob("*/"))}


Municipality = Annotated[str, OneOf(lambda: regions().filter("current", level="municipality")["code"])]
Region = Annotated[str, OneOf(lambda: regions().filter("current")["code"])]
AgeGroup = Annotated[str, Fits("age_group", re.compile(r"\d{1,3}-\d{1,3}").fullmatch)]

Origin = Annotated[str, Fits("origin", re.compile(r"https://[a-z0-9.-]+(:\d{1,5})?").fullmatch)]


def _method(asked: str) -> Iterable[Problem]:
    if asked != "suppress":
        yield Problem(code="method_before", expected="suppress", found=asked)


Method = Annotated[str, Together(_method)]
"""How small counts are protected where deliveries are loaded; whoever asks for rounding is told where that is done."""


@dataclass(frozen=True)
class Disclosure:
    """How small counts of one source are protected.

    threshold: counts 1 … threshold - 1 are hidden (0: the publisher has protected them already).
    max_suppressed_count: the highest count the publisher's own sign for a suppressed cell can stand for.
    zeros_published: whether a zero in the source is a real zero.
    protected: the publisher has rounded or hidden small counts already; only then may the threshold be under 2.
    method: `suppress`; who wants rounding rounds the table before it is delivered.
    """

    threshold: Annotated[int, within(0, 1000)]
    zeros_published: bool
    max_suppressed_count: Annotated[int, within(0, 1000)] = key("legend")
    protected: bool = False
    method: Method = "suppress"


@dataclass(frozen=True)
class MainIndicator:
    """The indicator, age group and sex that the first screen shows."""

    id: Annotated[str, OneOf(indicators)]
    age_group: AgeGroup
    sex: Annotated[str, choice("both", "female", "male")]


@dataclass(frozen=True)
class SmallNumbers:
    """grey_below: a rate on fewer events than this is greyed and carries its interval."""

    grey_below: Annotated[int, at_least(0)]


Rule = Annotated[Disclosure, Fits("threshold", lambda rule: rule.threshold > 1 or rule.protected, at="threshold")]
Rules = Annotated[
    dict[Annotated[str, OneOf(_sources)], Rule],
    Fits("all_of", lambda rules: set(DELIVER_RAW) <= set(rules), (("names", ", ".join(DELIVER_RAW)),)),
]


@dataclass(frozen=True)
class Settings:
    """What a municipality sets to make Innenfor its own. Region codes are `kommunenummer`.

    demo: everything in this home is made up to show what Innenfor can do; whatever shows it says so.
    contact: whom readers tell where something stands in their way, as an e-mail address or a name.
    embed_hosts: the sites that may show a view with `?embed=true` inside a page of their own; none by default.
    """

    home_municipality: Municipality
    peers: Annotated[tuple[Municipality, ...], Different]
    also_shown: Annotated[tuple[Region, ...], Different]
    language: Annotated[str, choice(*LANGUAGES)]
    main_indicator: MainIndicator
    disclosure: Rules
    small_numbers: SmallNumbers
    demo: bool = False
    contact: str = ""
    embed_hosts: Annotated[tuple[Origin, ...], Different] = ()

    @property
    def strictest(self) -> Disclosure:
        """The strictest rule of protection of the sources that deliver raw."""
        return max((self.disclosure[name] for name in DELIVER_RAW), key=lambda rule: rule.threshold)

    def rule(self, source: str) -> Disclosure:
        """Return a source's rule of protection; of a source without one, the strictest of those that deliver raw."""
        return self.disclosure.get(source, self.strictest)


def settings(path: Path | None = None) -> Settings:
    """Return the settings in force, or those of one file alone; a file is read once.

    Raises HomeUnusable, and `Problems` with everything that is wrong in the file where it stands.
    """
    return _settings(path, paths.home())


@cache
def _settings(path: Path | None, _home: Path) -> Settings:
    if path:
        return read_toml(path, Settings)
    require_home()
    shipped, own = paths.layers("settings.toml")
    tables = toml_table(shipped)
    found = fitted(tables, Settings, paths.told(shipped))
    return fitted(overlaid(tables, toml_table(own)), Settings, paths.told(own)) if own.exists() else found
