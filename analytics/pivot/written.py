"""How codes are written in a statement that is printed to be run again."""

from collections.abc import Iterable


def listed(codes: Iterable[str]) -> str:
    """Return codes as a list of texts in SQL."""
    return ", ".join(map(quoted, codes))


def quoted(code: str) -> str:
    """Return a code as a text in SQL."""
    return "'" + code.replace("'", "''") + "'"
