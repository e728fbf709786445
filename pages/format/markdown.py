"""Words somebody wrote, in a place that reads Markdown."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]<>#$|~])")


def literal(words: str) -> str:
    """Return words somebody wrote so that Markdown shows them as they are."""
    return _MARKS.sub(r"\\\1", words)
