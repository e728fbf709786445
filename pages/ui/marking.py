"""The mark of what is no result: an example's own, and in the demo one on everything, published figures too."""

from data.settings import settings
from pages.ui.texts import text

_OWN_NAME = "innenfor"


def word(*, example: bool) -> str:
    """Return the word written across a picture or a file, "" where nothing needs a mark."""
    return text("chart.example") if example else text("chart.demo") if settings().demo else ""


def sentence(*, example: bool) -> str:
    """Return the mark in words, "" where nothing needs one."""
    return text("chart.example_words") if example else text("chart.demo_words") if settings().demo else ""


def caption(words: str, *, example: bool) -> str:
    """Return a caption with the mark before it."""
    mark = sentence(example=example)
    return f"{mark}. {words}" if mark else words


def in_demo(words: str) -> str:
    """Return a table's caption, which in the demo says so where no other mark stands in it."""
    told = ("example", "example_words", "demo", "demo_words")
    marked = any(text(f"chart.{key}").lower() in words.lower() for key in told)
    return words if marked or not settings().demo else f"{words} ({text('chart.demo').lower()})"


def note_words(*, example: bool) -> str:
    """Return the mark of a whole note in words, "" where it needs none."""
    return text("note.mark") if example else text("note.mark_demo") if settings().demo else ""


def file_name(rest: str) -> str:
    """Return the name of a file to take away: one from the demo says so wherever it ends up."""
    return f"{_OWN_NAME}-demo-{rest}" if settings().demo else f"{_OWN_NAME}-{rest}"


def name_key() -> str:
    """Return the key of the app's name, as it stands in the window's title."""
    return "shell.demo_name" if is_demo() else "shell.name"


def is_demo() -> bool:
    """Return whether this process is the demo, for the frame: settings that cannot be read are the page's to tell of."""
    try:
        return settings().demo
    except Exception:  # noqa: BLE001 - the page asks for the settings too, and says what is wrong with them
        return False
