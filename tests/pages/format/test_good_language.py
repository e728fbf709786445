"""How the texts are written: no word of the other language, no raw key, no capital after a colon, good spaces."""

import re

import pytest

from data.i18n import LANGUAGES, words

LAYERS = ("data", "analytics", "benefits", "pages")
FOREIGN = {
    "nb": re.compile(r"\b(the|and|with|from|this|which|are|not|have|of)\b"),
    "en": re.compile(r"\b(og|ikke|eller|av|som|på|det|blant|fra|uten)\b|[æøåÆØÅ]"),
}
QUOTED = re.compile(r"`[^`]*`|\{[^}]*\}|“[^”]*”|«[^»]*»")
NAMES = {
    "nb": ("--from", " from", ": from"),
    "en": ("øre", "Øre", "DFØ", "Bokmål", "Geografi, År, Kjønn, Alder, Måltall", "År-måned"),
}
"""Words of the other language that are names: of coins, languages, and columns in a publisher's file."""
AFTER_COLON = ("UiA", "DuckDB", "Svalbard", "Callaway", "Excel", "Stata", "En offentlig sektor")
"""Names that stand after a colon in a Norwegian text."""
RAW_KEY = re.compile(r"(?<![\w/.\-=])[a-z]+(?:_[a-z]+)+(?![\w/.=(])")
PERCENT = {"nb": re.compile(r"\d%|\d %"), "en": re.compile(r"\d\s%")}


def plain(layer: str, lang: str) -> dict[str, str]:
    """Return the texts without what is quoted or put in."""
    return {key: QUOTED.sub("", said) for key, said in words(layer, lang).items()}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("layer", LAYERS)
def test_no_word_of_the_other_language_stands_in_a_text(layer: str, lang: str) -> None:
    found = {}
    for key, said in plain(layer, lang).items():
        for name in NAMES[lang]:
            said = said.replace(name, "")
        if FOREIGN[lang].search(said):
            found[key] = said
    assert found == {}


@pytest.mark.parametrize("layer", LAYERS)
def test_no_capital_follows_a_colon_where_no_name_does(layer: str) -> None:
    texts = plain(layer, "nb")
    found = {key: said for key, said in texts.items() for hit in re.finditer(r"(?<=[a-zæøå]: )[A-ZÆØÅ][a-zæøå]", said)
             if not said[hit.start():].startswith(AFTER_COLON)}  # fmt: skip
    assert found == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_raw_key_stands_in_a_text_of_the_pages(lang: str) -> None:
    assert {key: said for key, said in plain("pages", lang).items() if RAW_KEY.search(said)} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("layer", LAYERS)
def test_a_percentage_is_written_as_the_language_writes_it(layer: str, lang: str) -> None:
    """Norwegian has a space that does not break before the sign, English none."""
    assert {key: said for key, said in words(layer, lang).items() if PERCENT[lang].search(said)} == {}
