"""What a record may name: the partners, target groups, concepts and experiments that stand in the records."""

from collections.abc import Iterable, Sequence

from data.home import own_over_shipped
from data.records.files import WrittenRow
from data.records.state import RecordState
from data.toml import Names

_FORMS = ("baseline", "maturity")
NAMING = ("task", "stakeholder", "voice", *_FORMS)


def names_for(kind: str, state: RecordState, also: Sequence[WrittenRow] = ()) -> Names | None:
    """Return what a record of a kind may name, by word; None where the records have no programme to name from.

    also: rows that come in together with it.
    """
    if kind in _FORMS:
        return {"form": [kind]}
    told = [record.table for record in state.of("programme").values()]
    told += [row.table for row in also if row.kind == "programme"]
    if not told:
        return None
    facts, brought = told[-1], [row.key for row in also if row.kind == "experiment"]
    experiments = list(dict.fromkeys([*own_over_shipped("experiments"), *state.of("experiment"), *brought]))
    partners = _ids(facts.get("partner", ()))
    return {
        "experiment": experiments, "partner": partners, "who": [*partners, *_ids(facts.get("target", ()))],
        "attached": [*_ids(facts.get("concept", ())), *experiments],
    }  # fmt: skip


def _ids(rows: Iterable[dict[str, str]]) -> list[str]:
    return [row["id"] for row in rows]
