"""The mark of what is no result: an example's own, and in the demo one on everything, published figures too."""

from data.errors import InnenforError
from data.settings import settings
from pages.ui.texts import text

_OWN_NAME = "innenfor"


def demo() -> bool:
    """Return whether the app shows the demo; where nobody can tell, no page is shown but the reason."""
    try:
        return settings().demo
    except (InnenforError, ExceptionGroup):
        return False


def word(*, example: bool) -> str:
    """Return the word written across a picture or a file, "" where nothing needs a mark."""
    return text("chart.example") if example else text("chart.demo") if demo() else ""


def sentence(*, example: bool) -> str:
    """Return the mark in words, "" where nothing needs one."""
    return text("chart.example_words") if example else text("chart.demo_words") if demo() else ""


def caption(words: str, *, example: bool) -> str:
    """Return a caption with the mark before it."""
    mark = sentence(example=example)
    return f"{mark}. {words}" if mark else words


def in_demo(words: str) -> str:
    """Return a table's caption, which in the demo says so where no other mark stands in it."""
    told = ("example", "example_words", "demo", "demo_words")
    marked = any(text(f"chart.{key}").lower() in words.lower() for key in told)
    return words if marked or not demo() else f"{words} ({text('chart.demo').lower()})"


def note_words(*, example: bool) -> str:
    """Return the mark of a whole note in words, "" where it needs none."""
    return text("note.mark") if example else text("note.mark_demo") if demo() else ""


def file_name(rest: str) -> str:
    """Return the name of a file to take away: one from the demo says so wherever it ends up."""
    return f"{_OWN_NAME}-demo-{rest}" if demo() else f"{_OWN_NAME}-{rest}"


def name_key() -> str:
    """Return the key of the app's name, as it stands in the window's title."""
    return "shell.demo_name" if demo() else "shell.name"
