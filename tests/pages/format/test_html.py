"""What is words is escaped once, wherever it stands; what is HTML is left alone."""

import pytest

from pages.format.html import SLOT, Html, bullets, emphasised, filled, image, joined, link, page, style, tag, terms

EVIL = """<script>alert("x")</script> & 'co'"""
SAFE = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#x27;co&#x27;"


def test_words_are_escaped_once_however_deep_they_stand() -> None:
    inner = tag("b", EVIL)
    assert inner == f"<b>{SAFE}</b>"
    assert tag("p", tag("i", inner), " ", EVIL) == f"<p><i><b>{SAFE}</b></i> {SAFE}</p>"


def test_attributes_are_escaped_spelt_and_left_out() -> None:
    made = tag("a", "x", class_="one", aria_label=EVIL, defer=True, hidden=False)
    assert made == f'<a class="one" aria-label="{SAFE}" defer>x</a>'


def test_an_empty_element_has_no_end() -> None:
    assert image("a.svg", EVIL, 2.6, 3) == (
        f'<img class="innenfor-drawn" src="a.svg" alt="{SAFE}" width="3" height="3">'
    )
    assert tag("meta", charset="utf-8") == '<meta charset="utf-8">'


@pytest.mark.parametrize(
    "made",
    [
        link("/?a=1&b=2", EVIL), terms([(EVIL, EVIL)]), bullets([EVIL]), joined([EVIL]), emphasised(EVIL),
        filled(f"{EVIL} {SLOT}", tag("b", EVIL)), page("nb", tag("title", EVIL), tag("body", EVIL)),
    ],
)  # fmt: skip
def test_no_word_gets_through(made: Html) -> None:
    assert isinstance(made, Html)
    assert "<script" not in made
    assert "&amp;lt;" not in made
    assert SAFE in made


def test_what_stands_between_stars_is_strong() -> None:
    assert emphasised("**9 %** av **<alle>**") == "<strong>9 %</strong> av <strong>&lt;alle&gt;</strong>"


def test_a_slot_is_filled_with_html() -> None:
    assert filled(f"a <{SLOT}> b", tag("a", "c")) == "a &lt;<a>c</a>&gt; b"


def test_a_sheet_cannot_be_ended_by_its_rules() -> None:
    assert style(":root{--a:1}") == "<style>:root{--a:1}</style>"
    with pytest.raises(ValueError, match="</style>"):
        style("</style><script>")
