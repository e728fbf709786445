"""What a record may name: the partners, target groups, concepts and experiments that stand in the records."""

from collections.abc import Iterable

from data.home import own_over_shipped
from data.records.state import RecordState
from data.toml import Names

_FORMS = ("baseline", "maturity")
NAMING = ("task", "stakeholder", "voice", *_FORMS)


def names_for(kind: str, state: RecordState) -> Names | None:
    """Return what a record of a kind may name, by word; None where the records have no programme to name from."""
    if kind in _FORMS:
        return {"form": [kind]}
    if not state.of("programme"):
        return None
    facts = [record.table for record in state.of("programme").values()][-1]
    experiments = list(dict.fromkeys([*own_over_shipped("experiments"), *state.of("experiment")]))
    partners = _ids(facts.get("partner", ()))
    return {
        "experiment": experiments, "partner": partners, "who": [*partners, *_ids(facts.get("target", ()))],
        "attached": [*_ids(facts.get("concept", ())), *experiments],
    }  # fmt: skip


def _ids(rows: Iterable[dict[str, str]]) -> list[str]:
    return [row["id"] for row in rows]
