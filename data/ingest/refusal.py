"""A text beside a delivery that may not come in: told without reading any file."""

from data.ingest.identity import holds_identity_number, unnamed
from data.problems import Problem, raise_all


def refuse_text(text: str, file: str) -> None:
    """Refuse a text that stands beside a delivery, such as its sidecar, where it holds an identity number."""
    if holds_identity_number(text):
        raise_all("…", [Problem(code="identity_number", file=unnamed(file), column="–")])
