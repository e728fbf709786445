"""What a scenario leaves out is told in words."""

import re

import pytest

from benefits.scenario.model import Default, shipped, shipped_scenario
from data import paths
from data.i18n import LANGUAGES, speaking
from pages.views.gains import wording


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_taken_by_default_is_told_in_words(lang: str) -> None:
    """The keys of a scenario's tables as its reader notes them, and those every shipped scenario leaves out."""
    tables = "origin|destination|effect|displacement|persistence"
    source = "".join(file.read_text(encoding="utf-8") for file in (paths.ROOT / "benefits" / "scenario").glob("r*.py"))
    keys = set(re.findall(rf'"((?:{tables})\.\w+)"', source))
    items = set(re.findall(r'\{path\}\.(\w+)"', source))
    assert len(keys) > 15
    assert items == {"kind", "year", "evidence", "beneficiary", "direction", "weight"}
    keys |= {f"{item}[1].evidence" for item in ("cost", "service", "other_gain")}
    keys |= {f"not_priced[2].{name}" for name in ("beneficiary", "direction", "weight")}
    keys |= {default.key for name in shipped() for default in shipped_scenario(name).defaults}
    with speaking(lang):
        told = wording.defaults(Default(key, None, "") for key in sorted(keys))
    assert [words for words in told if re.search(r"[_\[\]]|\w\.\w", words)] == []
