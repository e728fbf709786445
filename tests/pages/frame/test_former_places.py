"""A link to a municipality of earlier borders is refused by its name, with the way to the one it became."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics import regions
from pages.frame.url import parameters
from pages.frame.url.choices import OF_PLACE
from pages.frame.url.former_places import FormerPlaceError
from tests.ground import opened
from tests.pages.frame.test_url_widgets import notices, page


@pytest.fixture(autouse=True)
def ground(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)


def html(app: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in app.get("html"))


@pytest.mark.parametrize(("former", "today"), [("1002", "4205"), ("0101", "3101"), ("2004", "5603"), ("10", "42")])
def test_a_place_became_one_of_today_also_over_two_reforms(former: str, today: str) -> None:
    assert regions.became(former) == (today,)


@pytest.mark.parametrize("code", ["4204", "42", "0"])
def test_a_place_of_today_became_nothing_else(code: str) -> None:
    assert regions.became(code) == ()


@pytest.mark.parametrize(
    ("lang", "said", "way"),
    [
        ("nb", "Lenken ber om Mandal (1002), som ikke finnes i dagens inndeling.", "Åpne siden for Lindesnes"),
        ("en", "The link asks for Mandal (1002), which is not among today", "Open the page for Lindesnes"),
    ],
)
@pytest.mark.parametrize("name", ["overview", "exclusion", "method"])
def test_a_link_to_a_former_municipality_leads_to_todays(name: str, lang: str, said: str, way: str) -> None:
    app = page(name, region="1002", lang=lang)
    assert said in notices(app)
    assert "Lindesnes (4205)" in notices(app)
    assert f">{way}</a>" in html(app)
    query = "region=4205" + ("" if lang == "nb" else "&amp;lang=en")
    assert f'href="./{"" if name == "overview" else name}?{query}"' in html(app)


def test_what_a_former_county_became_is_not_guessed() -> None:
    with pytest.raises(ExceptionGroup) as refused:
        parameters.chosen({"region": ["30"]}, OF_PLACE.parameters())
    problem = refused.value.exceptions[0]
    assert isinstance(problem, FormerPlaceError)
    assert (problem.options, problem.instead("nb")) == ((), None)
    assert problem.says("nb").startswith("Lenken ber om Viken (30)")
    assert problem.do("nb") == "Velg et sted som finnes i dag."


def test_a_code_nobody_had_is_an_unknown_value() -> None:
    with pytest.raises(ExceptionGroup) as refused:
        parameters.chosen({"region": ["9999"]}, OF_PLACE.parameters())
    assert isinstance(refused.value.exceptions[0], parameters.UnknownValueError)
