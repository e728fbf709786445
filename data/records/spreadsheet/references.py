"""Cells that refer to a partner, a group, a meeting or an experiment: they say its name, and are read as name or id."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from data.i18n import LANGUAGES
from data.records.files import WrittenRow
from data.records.spreadsheet.lists import BETWEEN
from data.records.state import RecordState

_OF = {
    ("task", "owner"): "partner", ("task", "doer"): "partner", ("task", "hand_over_to"): "partner",
    ("task", "experiment"): "experiment", ("stakeholder", "who"): "who", ("agenda", "meeting"): "meeting",
    ("decision", "meeting"): "meeting", ("registration", "experiment"): "experiment",
    ("task", "payer"): "partner", ("task", "informed"): "partner",
    **dict.fromkeys(((kind, "about") for kind in ("agenda", "decision", "lesson", "status")), "about"),
}  # fmt: skip
"""Columns that refer to another thing, or to several in a list, and to what."""
Said = Mapping[str, str]


@dataclass(frozen=True)
class CellNames:
    """What cells may refer to: for each sort of thing its ids, each with its name by language."""

    of: Mapping[str, Mapping[str, Said]]

    def names(self, kind: str, name: str, lang: str) -> list[str]:
        """Return what a column may refer to, as its cells say it; nothing for a column that refers to nothing."""
        return [self.name(kind, name, each, lang) for each in self.of.get(_OF.get((kind, name), ""), ())]

    def name(self, kind: str, name: str, value: Any, lang: str) -> Any:  # noqa: ANN401 - any cell
        """Return the name of what a cell refers to, of each in a list; as it is where it could mean something else."""
        if isinstance(value, list):
            told = [(each, self.name(kind, name, each, lang)) for each in value]
            return [each if BETWEEN in str(said) else said for each, said in told]
        sort = _OF.get((kind, name), "")
        said = self.of.get(sort, {}).get(value, {}).get(lang, "") if isinstance(value, str) else ""
        return said if self._spelled.get((sort, _plain(said))) == {value} else value

    def id(self, kind: str, name: str, value: Any) -> Any:  # noqa: ANN401
        """Return the id of what a cell names, in whichever language and case, of each in a list; others as they are."""
        if isinstance(value, list):
            return [self.id(kind, name, each) for each in value]
        sort = _OF.get((kind, name), "")
        found = self._spelled.get((sort, _plain(value)), set()) if isinstance(value, str) else set()
        return next(iter(found)) if len(found) == 1 else value

    @cached_property
    def _spelled(self) -> dict[tuple[str, str], set[str]]:
        spelled: dict[tuple[str, str], set[str]] = {}
        for sort, told in self.of.items():
            for known, said in told.items():
                for each in (known, *said.values()):
                    spelled.setdefault((sort, _plain(each)), set()).add(known)
        return spelled


def names_in(state: RecordState, files: Sequence[WrittenRow] = ()) -> CellNames:
    """Return what cells may refer to in a programme: by the log, else by the rows of files."""
    programme = next(iter(_tables(state, files, "programme").values()), {})
    partners, targets = (_listed(programme.get(name, ())) for name in ("partner", "target"))
    meetings = _tables(state, files, "meeting")
    told = _tables(state, files, "experiment")
    titles = {key: _said(each.get("experiment", {}).get("title")) for key, each in told.items()}
    return CellNames({
        "partner": partners, "who": partners | targets,
        "meeting": {key: _meeting(each) for key, each in meetings.items()},
        "experiment": titles, "about": _about(state, files, titles),
    })  # fmt: skip


def _about(state: RecordState, files: Sequence[WrittenRow], experiments: Mapping[str, Said]) -> dict[str, Said]:
    """Return what a decision, a lesson or a status may be about, each by its kind and key."""
    gains = {key: _said(each.get("gain")) for key, each in _tables(state, files, "gain").items()}
    knots = {key: _said(each.get("name")) for key, each in _tables(state, files, "knot").items()}
    numbered = {key: {lang: f"{key} {words}" for lang, words in said.items()} for key, said in gains.items()}
    kinds = {"experiment": experiments, "gain": numbered, "knot": knots}
    return {f"{kind}/{key}": said for kind, listed in kinds.items() for key, said in listed.items()}


def _tables(state: RecordState, files: Iterable[WrittenRow], kind: str) -> dict[str, Mapping[str, Any]]:
    told = {key: each.table for key, each in reversed(list(state.of(kind).items()))}
    return told | {row.key: row.table for row in files if row.kind == kind and row.key not in state.taken(kind)}


def _listed(rows: Iterable[Mapping[str, Any]]) -> dict[str, Said]:
    return {str(each["id"]): _said(each["name"]) for each in rows}


def _meeting(table: Mapping[str, Any]) -> Said:
    return {lang: f"{table['date']} {body}" for lang, body in _said(table["body"]).items()}


def _said(value: Any) -> Said:  # noqa: ANN401 - a text, or one in each language
    return value if isinstance(value, Mapping) else dict.fromkeys(LANGUAGES, str(value or ""))


def _plain(value: str) -> str:
    return value.strip().casefold()
