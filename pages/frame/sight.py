"""Who looks at the records: everybody sees what is released, those inside see what is written.

A page says once a run who looks (`seeing`); whatever it then asks for stands by one state of the log. Where nobody
says, everybody looks: what is not released shows nowhere by an omission.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from data.records import place
from data.records.state import RecordState


@dataclass
class Sight:
    """Who looks, and the state of the log they began with; None before it is asked for."""

    inner: bool
    state: RecordState | None = None


_SIGHT: ContextVar[Sight | None] = ContextVar("sight", default=None)


@contextmanager
def seeing(*, inner: bool, state: RecordState | None = None) -> Iterator[None]:
    """Look at the records, inside the block, as somebody inside does, or as everybody.

    state: an earlier one, to look at instead of today's.
    """
    token = _SIGHT.set(Sight(inner, state))
    try:
        yield
    finally:
        _SIGHT.reset(token)


def sees_inner() -> bool:
    """Return whether whoever looks sees what is not released."""
    sight = _SIGHT.get()
    return sight is not None and sight.inner


def seen() -> RecordState:
    """Return how the records stand for whoever looks; empty, and no database opened, where there are none.

    Raises RecordsUnusable.
    """
    sight = _SIGHT.get() or Sight(inner=False)
    if sight.state is None:
        sight.state = _state(inner=sight.inner)
    return sight.state


def _state(*, inner: bool) -> RecordState:
    found = place.as_they_stand()
    return found if inner else found.public()
