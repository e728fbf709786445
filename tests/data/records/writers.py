"""Run by a test as one of many writers: appends decisions until it is done or killed, and prints each that is saved.

`python -m tests.data.records.writers ADDRESS NAME HOW_MANY`. With the name `shared` all write one
record, each on top of the version it last saw, and try again where another was first.
"""

import datetime as dt
import sys

from data.records import Conflict, Records, Who


def main(url: str, name: str, number: int) -> None:
    """Write."""
    records = Records(url, "4204")
    for each in range(number):
        if name.startswith("shared"):
            on_top(records, f"{name}-{each}")
        else:
            decide(records, f"{name}-{each}", f"{name}-{each}", None)
        sys.stdout.write(f"{name}-{each}\n")
        sys.stdout.flush()


def on_top(records: Records, title: str) -> None:
    """Write the one record as soon as nobody else has since it was read."""
    while True:
        found = records.state().of("decision").get("one")
        try:
            return decide(records, "one", title, found.version if found else None)
        except Conflict:
            continue


def decide(records: Records, key: str, title: str, seen: int | None) -> None:
    """Append a decision."""
    payload = {"title": title, "body": "Styringsgruppen", "date": dt.date(2026, 10, 1)}
    records.append("decision", key, payload, who=Who("u-1", "editor"), seen_version=seen)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
