"""The three tables of an experiment: their columns, and which of them must be there."""

from data.ingest.headings import AgreedHeadings

_KEYS = dict.fromkeys(("experiment", "unit", "cluster", "block", "arm"), "text")
COLUMNS: dict[str, dict[str, str]] = {
    "results": {**_KEYS, "period": "text", "start": "text", "outcome": "text",
                "n": "number", "events": "number", "mean": "number", "sd": "number", "status": "text"},
    "durations": {**_KEYS, "outcome": "text", "interval": "text",
                  "at_risk": "number", "events": "number", "censored": "number", "status": "text"},
    "flow": {**_KEYS, "assessed": "number", "assigned": "number", "started": "number", "measured": "number",
             "status": "text"},
}  # fmt: skip
REQUIRED = {
    "results": ("experiment", "arm", "outcome", "n"),
    "durations": ("experiment", "arm", "interval", "at_risk", "events"),
    "flow": ("experiment", "arm", "assigned", "measured"),
}
COUNTS = ("n", "events", "at_risk", "censored", "assessed", "assigned", "started", "measured")
MEASURED = ("events", "mean", "at_risk", "measured")
TIMES = ("period", "start", "interval")
STATUSES = ("final", "preliminary", "suppressed", "missing")
_KINDS = {name: kind for table in COLUMNS.values() for name, kind in table.items()}
HEADINGS = AgreedHeadings(
    known=frozenset(_KINDS), needed=frozenset(("experiment", "arm")),
    numbers=frozenset(name for name, kind in _KINDS.items() if kind == "number"),
)  # fmt: skip
