"""Why a file is refused: a kind of problem a line, and the whole list as a file."""

from typing import Any

import streamlit as st

from data import i18n
from pages.components import downloads
from pages.format.html import bullets, tag
from pages.format.numbers import number
from pages.format.texts import language, text
from pages.views.workshop import errand
from pages.views.workshop.errand import Errand

MOST_LINES = 20


def show(found: Errand) -> None:
    """Say what is wrong, a kind of problem a line, and give the whole list as a file where there is more to say."""
    groups, lines = [_line(each) for each in errand.problems(found)], found.answer.get("lines", [])
    lead = tag("p", tag("strong", text(f"workshop.refused_{found.act}")))
    st.html(tag("div", lead, bullets(groups[:MOST_LINES]), class_="innenfor-notice warning", role="alert"))
    if whole := lines or (groups if len(groups) > MOST_LINES else []):
        st.markdown(text("workshop.more_problems", number=number(len(whole)), shown=number(len(groups[:MOST_LINES]))))
        downloads.button(text("workshop.whole_list"), "\n".join(whole), "innenfor-problems.txt", "door-problems")


def _line(problem: dict[str, Any]) -> str:
    place = " · ".join(filter(None, (problem.get("sheet"), problem.get("cell"))))
    said = " ".join(filter(None, (f"{place}:" if place else "", problem["says"], problem["do"])))
    times = int(problem.get("number", 1))
    if times == 1:
        return said
    return f"{said} {i18n.say('data', language(), 'cli.alike', number=number(times - 1))}"
