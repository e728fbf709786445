"""Choices in a hurry: two that change in one run, where one takes the other's place, as on a slow machine."""

from streamlit.testing.v1 import AppTest


def _with_a_choice() -> None:
    import streamlit as st

    from pages.ui import selections

    def take_its_place() -> None:
        st.session_state.pop(selections.widget_key("colour"), None)
        st.query_params["colour"] = "blue"

    st.text_input("first", key="first", on_change=take_its_place)
    labels = {"red": "Rød", "blue": "Blå", "green": "Grønn"}
    st.markdown(selections.one_of("colour", list(labels), labels, "red", "Farge"))


def _with_a_slider() -> None:
    import streamlit as st

    from benefits.scenario import shipped_scenario
    from pages.ui import gains_sliders

    ips = shipped_scenario("ips_job_support")
    st.text_input("first", key="first", on_change=gains_sliders._reset, args=("ips", ("displacement",)))
    st.markdown(str(gains_sliders.draw(ips, "ips")))


def test_a_choice_whose_place_is_taken_in_the_same_run_gives_way() -> None:
    app = AppTest.from_function(_with_a_choice).run()
    app.text_input[0].set_value("a file came")
    app.selectbox[0].set_value("green")
    app.run()
    assert not app.exception
    assert app.markdown[0].value == "blue"
    assert app.query_params["colour"] == "blue"


def test_a_slider_moved_in_the_run_that_sets_it_back_stays_back() -> None:
    app = AppTest.from_function(_with_a_slider, default_timeout=60).run()
    shown = next(slider for slider in app.select_slider if "displacement" in str(slider.key))
    app.text_input[0].set_value("set back")
    shown.set_value("100")
    app.run()
    assert not app.exception
    assert app.markdown[0].value == "{}"
    assert "displacement" not in app.query_params
