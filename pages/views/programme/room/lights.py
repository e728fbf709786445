"""What the owner of a gain tells for a month: its newest light and sentence, in words that the page and note share."""

from analytics.programme.room import RecordState
from pages.format import numbers
from pages.format.texts import language, text


def newest(state: RecordState) -> dict[str, str]:
    """Return the newest month's light with its sentence, by the id of the gain it is told of."""
    told = sorted((each.value for each in state.of("status").values()), key=lambda each: each.month)
    found: dict[str, str] = {}
    for each in told:
        words = " ".join(filter(None, (each.text[language()], each.risk[language()])))
        line = f"{text(f'room.option.{each.light}')}, {numbers.period(each.month)}" + (f": {words}" if words else "")
        found |= {about.partition("/")[2]: line for about in each.about if about.startswith("gain/")}
    return found
