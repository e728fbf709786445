"""What shows that a click did something: the page before and after. A proof says what is wrong, or ""."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """What a page shows: its path, title, words, figures (data and layout as JSON) and problems told.

    words: without the widget that is turned, whose own words change before the server has heard of it.
    value: what that widget says ("" where none is turned); charts: how many figures are drawn.
    """

    path: str
    title: str
    words: str
    figures: str
    charts: int
    value: str = ""
    problem: str = ""


def loaded(seen: Seen, charts: int) -> str:
    """Say why a page is not the one that was asked for, whole and with its pictures."""
    if seen.problem:
        return f"the page tells of a problem: {seen.problem}"
    if not seen.title:
        return "the page has no title"
    return "" if seen.charts == charts else f"{seen.charts} charts are drawn, not {charts}"


def turned(before: Seen, after: Seen, charts: int) -> str:
    """Say why a turned widget did not reach the server and come back as another answer."""
    if after.value == before.value:
        return f"the widget still says {after.value!r}"
    if charts and after.figures == before.figures:
        return f"no picture was drawn anew: the widget says {after.value!r}, the figures are as before"
    if not charts and after.words == before.words:
        return f"the answer is as before, though the widget says {after.value!r}"
    return loaded(after, charts)


def switched(before: Seen, after: Seen, path: str, charts: int) -> str:
    """Say why a page was not left for another."""
    if after.path.strip("/").rsplit("/", 1)[-1] != path:
        return f"the address is {after.path!r}, not {path!r}"
    if after.title == before.title:
        return f"the title is still {after.title!r}"
    return loaded(after, charts)


def twin(ours: Seen, static: Seen) -> str:
    """Say why a static page does not show what ours does."""
    if static.charts != ours.charts:
        return f"the static page draws {static.charts} charts, ours {ours.charts}"
    return "" if static.charts else "the static page draws no chart"
