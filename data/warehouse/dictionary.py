"""What the published views hold, in words: for the command line, the page and whoever asks a first question."""

from dataclasses import dataclass

from data import i18n
from data.warehouse.connection import VIEWS, statement, view


@dataclass(frozen=True)
class PublishedView:
    """A view that anybody may ask: what it holds, how many rows, and its columns with what each means."""

    name: str
    says: str
    rows: int
    columns: tuple[tuple[str, str], ...]


def dictionary(lang: str) -> tuple[PublishedView, ...]:
    """Return the views with their columns, in a language. Raises WarehouseMissing."""
    words, found = i18n.words("data", lang), []
    for name in VIEWS:
        rows = view(name)
        columns = tuple((column, words[f"view_column.{column}"]) for column in rows.columns)
        found.append(PublishedView(name, words[f"view.{name}"], rows.height, columns))
    return tuple(found)


def first_question() -> str:
    """Return a question to begin with, as it stands in `sql/`, without its remark."""
    return "\n".join(line for line in statement("first_question").splitlines() if not line.startswith("--"))
