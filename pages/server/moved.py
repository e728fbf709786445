"""Addresses of old: a page that has merged into another leads there, with all its link asked for."""

from urllib.parse import parse_qsl, urlencode

MOVED = {"plan": ("programme", "status", {"gain": "of_gain"})}
"""Name → the page it is a part of now, the part that stood first on it, and what its choices are called there."""


def moved_to(name: str, query: str) -> str:
    """Return where a page of old has moved; nothing where it stands."""
    if name not in MOVED:
        return ""
    page, part, names = MOVED[name]
    asked = [(names.get(key, key), value) for key, value in parse_qsl(query, keep_blank_values=True)]
    first = [] if "part" in dict(asked) else [("part", part)]
    return f"./{page}?{urlencode([*first, *asked])}"
