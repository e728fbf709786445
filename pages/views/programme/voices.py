"""Young people's voice: what they need, in sum, and the quotes that are cleared."""

import streamlit as st

from analytics.programme import readings
from analytics.programme.readings import Programme, Voice
from pages.components import empty_state, example_mark
from pages.format import numbers
from pages.format.html import Html, tag
from pages.format.texts import language, text
from pages.frame.sight import seen
from pages.views.programme.phase_board import badge
from pages.views.programme.room import entry, parts, writer
from pages.views.programme.wording import asked, quoted


def show(found: Programme) -> None:
    """Write each insight with its quotes, and how to add more."""
    st.markdown(text("programme.voices_lead"))
    called = {each.id: each.name[language()] for each in found.concepts}
    called |= {each.key: each.title[language()] for each in readings.experiments_in(seen())}
    for voice in found.voices:
        example_mark.say(example=voice.example)
        st.html(example_mark.across(_voice(voice, called), example=voice.example))
    state = seen()
    entry.offer_standing("voice")
    if state.of("quote") or writer.may_write():
        parts.records("quote", state)
    elif not any(voice.quotes for voice in found.voices):
        empty_state.show("voices", forms=(empty_state.form("voices"),))


def _voice(voice: Voice, called: dict[str, str]) -> Html:
    lang = language()
    who = asked(voice)
    when = numbers.period(voice.date) if voice.date else text("programme.undated")
    quotes = (tag("blockquote", quoted(quote[lang])) for quote in voice.quotes)
    attached = ", ".join(dict.fromkeys(called[each] for each in voice.attached if each in called))
    facts = f"{who} · {when} · {voice.method[lang]} · {text('programme.attached', what=attached)}"
    withheld = text("programme.withheld", count=voice.withheld) if voice.withheld else ""
    quiet = (tag("p", line, class_="quiet") for line in (facts, withheld) if line)
    need = tag("p", tag("strong", voice.need[lang]), " ", badge(example=voice.example))
    return tag("div", need, *quotes, *quiet, class_="innenfor-voice")
