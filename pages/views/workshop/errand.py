"""What a reader is about at the door: a file is checked, loaded, or an edition taken out, one at a time."""

from dataclasses import dataclass, field
from typing import Any, Literal

import streamlit as st

from analytics import provenance
from data.errors import InnenforError
from pages.format import texts
from pages.format.numbers import number
from pages.format.texts import language
from pages.frame import session
from pages.server.data_process import BroughtFile, DataProcess
from pages.server.permission import may_write

SECONDS = {
    "check": 120.0,
    "catalogue": 120.0,
    "load": 600.0,
    "take_out": 600.0,
    "look": 120.0,
    "evaluate": 300.0,
    "ask": 40.0,
}
FIELDS = ("title", "published", "licence", "url", "edition")
OWN_TRIAL = ("look", "evaluate")
_HERE = "_innenfor_errand"
Act = Literal["check", "catalogue", "load", "take_out", "look", "evaluate", "ask"]


class DoorStopped(InnenforError, code="door_stopped", package=texts.PACKAGE):
    """A command ended without an answer: it needed too much memory, or failed."""


class DoorLate(DoorStopped, code="door_late"):
    """A command was ended because it took too long; `found` is how many seconds it had."""


class QuestionEnded(DoorStopped, code="question_ended"):
    """A question was ended because it took too long or too much memory; `found` is how many seconds it had."""


@dataclass
class Errand:
    """One thing that is done at the door.

    file: what was brought, until it is refused or loaded. checked: the answer of the check a load rests on, or of one
    that offers to make an indicator. said: what the reader wrote of the delivery or the indicator, by field.
    """

    act: Act
    process: DataProcess
    file: BroughtFile | None = None
    checked: dict[str, Any] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    @property
    def answer(self) -> dict[str, Any]:
        """What the command printed, in the reader's language."""
        return in_words(self.process.answer)

    @property
    def fine(self) -> bool:
        """Whether the command did what it was to do."""
        return bool(self.answer.get("ok"))

    @property
    def asks_source(self) -> bool:
        """Whether the file does not say whom it is from."""
        return bool(self.answer.get("error", {}).get("code") == "source_unknown")


def in_words(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer in the reader's language, which may have been turned since the command ran."""
    words: dict[str, Any] = answer.get("in", {}).get(language(), {})
    return answer | words


def writing() -> bool:
    """Return whether this reader may load a file and take it out again."""
    return may_write(st.context.headers)


def here() -> Errand | None:
    """Return what this reader is about, None where nothing is."""
    found: Errand | None = session.recall(_HERE)
    return found


def check(file: BroughtFile, source: str = "") -> None:
    """Check a file; nothing is written."""
    asked = [*([f"--source={source}"] if source else []), *([] if writing() else ["--stranger"])]
    words = ["add", *asked, "--dry-run", f"--lang={language()}"]
    session.remember(_HERE, Errand("check", DataProcess(words, SECONDS["check"], file, left=False), file))


def catalogue(checked: Errand, said: dict[str, str]) -> None:
    """Make an indicator of a file that was refused because none takes it, of what is said of its figures."""
    if checked.file is None or not _allowed():
        return
    source = checked.checked["source"]
    told = [f"--{name.replace('_', '-')}={words}" for name, words in said.items() if words]
    words = ["catalogue", *([f"--source={source}"] if source else []), *told, f"--lang={language()}"]
    process = DataProcess(words, SECONDS["catalogue"], checked.file, left=True)
    session.remember(_HERE, Errand("catalogue", process, checked.file, checked.checked, said))


def load(checked: Errand, said: dict[str, str]) -> None:
    """Load a file that was checked, with what is said of it."""
    if checked.file is None or not _allowed():
        return
    told = [f"--{name}={said[name]}" for name in FIELDS]
    words = ["add", f"--source={checked.checked['source']}", *told, "--yes", f"--lang={language()}"]
    own = said["edition"] in provenance.own_editions()
    undo = () if own else ("remove", said["edition"], "--forget")
    process = DataProcess(words, SECONDS["load"], checked.file, left=True, undo=undo, kept=checked.process.kept)
    session.remember(_HERE, Errand("load", process, checked.file, checked.checked, said))


def take_out(edition: str) -> None:
    """Take an edition out of the home, and build without it."""
    if _allowed():
        words = ["remove", edition, "--yes", f"--lang={language()}"]
        session.remember(_HERE, Errand("take_out", DataProcess(words, SECONDS["take_out"], left=True)))


def look(file: BroughtFile) -> None:
    """Look at a table of an experiment of one's own; it is kept in the session's memory alone, until it is left."""
    process = DataProcess(["look", f"--lang={language()}"], SECONDS["look"], file, left=False, package="analytics")
    session.remember(_HERE, Errand("look", process, file))


def evaluate(looked: Errand, design: dict[str, str]) -> None:
    """Evaluate the table that was looked at by a design, with small numbers hidden as on any page."""
    told = [f"--{name}={value}" for name, value in design.items() if value]
    words = ["evaluate", *told, "--table", "--published", f"--lang={language()}"]
    process = DataProcess(words, SECONDS["evaluate"], looked.file, left=False, package="analytics")
    session.remember(_HERE, Errand("evaluate", process, looked.file, looked.checked, design))


def ask(question: str) -> None:
    """Ask the published figures in SQL; the words reach no shell, and are taken for no option of the command."""
    words = ["sql", f"--asked={question.replace(chr(0), ' ')}", f"--lang={language()}"]
    session.remember(_HERE, Errand("ask", DataProcess(words, SECONDS["ask"], left=False), said={"question": question}))


def forget() -> None:
    """Leave what was done, and the file with it."""
    session.forget(_HERE)


def _allowed() -> bool:
    """Return whether it may be done, asked anew at every act: a button that was drawn is no leave."""
    return writing()


def settle(errand: Errand) -> None:
    """Keep the answer of a check for the load that may follow; keep nothing of a file that was refused or loaded."""
    if errand.act == "check":
        offered = errand.answer.get("offer", {}) if writing() else {}
        errand.checked = errand.answer if errand.answer.get("state") == "dry_run" else offered
        if not errand.checked and not errand.asks_source:
            errand.file = None
    elif errand.act == "catalogue" and errand.fine and errand.file is not None:
        check(errand.file, errand.answer["source"])
    elif errand.act == "look":
        errand.checked = errand.answer if "columns" in errand.answer else {}
        if not errand.checked:
            errand.file = None
    elif errand.fine:
        errand.file = None


def problems(errand: Errand) -> list[dict[str, Any]]:
    """Return what is wrong as the command tells it: groups of problems, the first of each with their `number`."""
    answer = errand.answer
    if not answer:
        kind, seconds = DoorLate if errand.process.late else DoorStopped, number(errand.process.seconds)
        kind = QuestionEnded if errand.act == "ask" else kind
        return [kind(where=errand.act, found=seconds).as_json(language())["error"]]
    if errand.act in OWN_TRIAL and "errors" in answer:
        return list(answer["errors"])
    return [answer["error"]] if "error" in answer else list(answer.get("problems", ()))
