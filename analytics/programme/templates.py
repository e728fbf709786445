"""The empty forms that come with Innenfor: what somebody fills in to begin."""

import tomllib
from typing import Any

from data import paths

FORMS = {
    "experiment": ("templates", "experiment.toml"),
    "maturity": ("templates", "maturity.toml"),
    "baseline": ("templates", "baseline.toml"),
    "programme": ("templates", "programme.toml"),
    "knots": ("programme", "knots.toml"),
    "responsibility": ("programme", "responsibility.toml"),
    "stakeholders": ("programme", "stakeholders.toml"),
    "voices": ("templates", "voices.toml"),
    "hand_over": ("templates", "hand_over.toml"),
}
"""Name → the kind of content and the file. Those of the programme are the shipped files themselves."""


def template(name: str) -> bytes:
    """Return an empty form as the bytes of its file."""
    kind, file = FORMS[name]
    return (paths.shipped(kind) / file).read_bytes()


def scale() -> dict[str, Any]:
    """Return how knots are weighed and gains scored where nobody has said otherwise."""
    return tomllib.loads(template("knots").decode())


def baseline() -> dict[str, Any]:
    """Return a baseline nobody has dated, without lines."""
    form = tomllib.loads(template("baseline").decode())
    return {name: value for name, value in form.items() if name != "date"} | {"item": []}
