import string

import pytest
import streamlit as st

from data.i18n import LANGUAGES, speaking, words
from pages.format import texts

LAYERS = ("data", "analytics", "benefits", "pages")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("layer", LAYERS)
def test_both_languages_have_the_same_texts(layer: str) -> None:
    assert set(words(layer, "nb")) == set(words(layer, "en"))


@pytest.mark.parametrize("layer", LAYERS)
def test_both_languages_put_in_the_same_facts(layer: str) -> None:
    nb, en = words(layer, "nb"), words(layer, "en")
    different = {key for key in nb.keys() & en.keys() if placeholders(nb[key]) != placeholders(en[key])}
    assert different == set()


@pytest.mark.parametrize("layer", LAYERS)
def test_no_text_is_empty(layer: str) -> None:
    assert [key for lang in LANGUAGES for key, text in words(layer, lang).items() if text == ""] == []


def test_the_screen_speaks_bokmaal_until_told_otherwise() -> None:
    assert texts.language() == "nb"
    with speaking("en"):
        assert texts.text("shell.other_language") == "Norsk"
    assert texts.text("shell.other_language") == "English"


def test_the_readers_choice_is_followed_and_a_block_may_speak_another_language() -> None:
    st.session_state[texts.CHOSEN] = "en"
    try:
        assert texts.language() == "en"
        with speaking("nb"):
            assert texts.language() == "nb"
    finally:
        del st.session_state[texts.CHOSEN]


def test_a_missing_word_is_a_defect() -> None:
    with pytest.raises(KeyError):
        texts.text("no.such.key")
    with pytest.raises(KeyError):
        texts.text("number.percent")


@pytest.mark.parametrize(
    ("items", "nb", "en"),
    [([], "", ""), ([2015], "2015", "2015"), (["a", "b"], "a og b", "a and b"), ([1, 2, 3], "1, 2 og 3", "1, 2 and 3")],
)
def test_items_are_listed_as_one_says_them(items: list[object], nb: str, en: str) -> None:
    assert (texts.listed(items, "nb"), texts.listed(items, "en")) == (nb, en)
