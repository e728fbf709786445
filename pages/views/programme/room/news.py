"""What has changed since last time, in lines that the page and the note share."""

from analytics.programme.room import Change, Since
from analytics.programme.withdrawal import LISTED
from pages.format import numbers
from pages.format.markdown import literal
from pages.format.texts import listed, text
from pages.views.programme.room import forms, titles

MOST, SEAL = 12, "registration"


def heading(found: Since) -> str:
    """Return since when."""
    return text(f"room.since.{found.kind}", day=numbers.period(found.day)) if found.kind else text("room.since.start")


def lines(found: Since, *, marked: bool = False) -> tuple[str, ...]:
    """Return a line for each record that is other than it was, the newest first; of many, the rest is counted.

    marked: with marks of emphasis, and what people wrote so that Markdown shows it as it is.
    """
    told = [_line(each, marked=marked) for each in found.changes if each.record.kind in (*forms.KINDS, SEAL)]
    rest = len(told) - MOST
    return (*told[:MOST], *([text("room.since.more", count=rest)] if rest > 0 else []))


def _line(each: Change, *, marked: bool) -> str:
    record = each.record
    title = titles.title(record.kind, record.key, record.table)
    what = text(f"room.become.{each.what}", fields=listed(_labels(each))) if each.what == "changed" else ""
    return text(
        "room.since.line", kind=text(f"room.kind_one.{record.kind}"),
        title=f"**{literal(title)}**" if marked else title, what=what or text(f"room.become.{each.what}"),
    )  # fmt: skip


def _labels(each: Change) -> list[str]:
    """Return what the fields that were changed are called; those no form asks for are told as one."""
    kind = each.record.kind
    named = {name: forms.label(kind, one) for one in forms.form_of(kind).fields for name in [one.name.split(".")[0]]}
    named |= {each.name: text(f"room.kind.{name}") for name, each in LISTED.items() if each.holder == kind}
    told = [_within(named[name]) for name in each.fields if name in named]
    return told or [text("room.become.other")]


def _within(label: str) -> str:
    """Return what a field is called inside a sentence, without what its form says in brackets."""
    called = label.partition(" (")[0]
    return called[:1].lower() + called[1:]
