"""Ways of working: the story of Jobbes is told where the insight from Jobbes is the programme's own."""

from streamlit.testing.v1 import AppTest


def own() -> None:
    from analytics.programme.readings import programme
    from pages.views.programme import ways

    ways.show(programme())


def another() -> None:
    from dataclasses import replace

    from analytics.programme.readings import NamedItem, programme
    from pages.views.programme import ways

    mine = NamedItem("concept-1", {"nb": "Møtested", "en": "Meeting place"})
    ways.show(replace(programme(), voices=(), concepts=(mine,)))


def test_another_programme_tells_its_own_concepts_and_nothing_of_jobbes() -> None:
    told = [
        " ".join(
            each.value for each in AppTest.from_function(page, default_timeout=60).run().main if hasattr(each, "value")
        )
        for page in (own, another)
    ]
    assert ["mer enn 140 unge" in each for each in told] == [True, False]
    assert ["Møtested" in each for each in told] == [False, True]
    assert ["Jobbes" in each for each in told] == [True, False]
