"""Blocks within which arms are compared: one with a single arm says nothing about their difference."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import BlocksApartError, ClusterInTwoBlocksError
from analytics.experiments.input.arrays import ExperimentArrays
from analytics.experiments.input.unit_checks import in_two_arms


@dataclass(frozen=True)
class BlocksLeftOut:
    """Blocks with one arm only, with their clusters (0 where persons were assigned) and persons or rows."""

    names: tuple[str, ...] = ()
    clusters: int = 0
    persons: float = 0.0

    def __add__(self, other: "BlocksLeftOut") -> "BlocksLeftOut":
        """Return both together; no block is in both."""
        return BlocksLeftOut(
            self.names + other.names, self.clusters + other.clusters, round(self.persons + other.persons, 6)
        )

    def beside(self, rows: ExperimentArrays) -> NDArray[np.bool_]:
        """Return which rows, of any period, lie in none of these blocks."""
        block = rows.labels["block"]
        return np.asarray(~np.isin(block.codes, np.flatnonzero(np.isin(block.names.astype(str), self.names))))

    @property
    def facts(self) -> dict[str, object]:
        """Return the facts of the note `block_one_arm`."""
        persons = int(self.persons) if float(self.persons).is_integer() else self.persons
        return {"count": len(self.names), "clusters": self.clusters, "persons": persons,
                "names": ", ".join(self.names[:5])}  # fmt: skip


def in_comparable_blocks(design: Design, rows: ExperimentArrays) -> tuple[NDArray[np.bool_], BlocksLeftOut]:
    """Return which rows lie in a block that holds both arms, and what lies in the others.

    rows: of one period, with their arms; without a block all rows are one. Raises BlocksApartError where none is left,
    and ClusterInTwoBlocksError: a cluster was assigned within one block.
    """
    block, cluster = rows.labels["block"], rows.labels["cluster"]
    if block.blank.any():
        return np.ones(len(rows), dtype=bool), BlocksLeftOut()
    column = design.block or "block"
    two = [] if cluster.blank.any() else in_two_arms(cluster, block)
    if two:
        raise ClusterInTwoBlocksError(design.key, ", ".join(two[:5]), column=column, count=len(two))
    sides = np.stack([np.bincount(block.codes[rows.treated == side], minlength=len(block.names)) for side in (0, 1)])
    inside = np.asarray((sides > 0).all(axis=0))[block.codes]
    out = rows.where(~inside)
    found = BlocksLeftOut() if inside.all() else BlocksLeftOut(
        tuple(out.labels["block"].present), len(out.labels["cluster"].present), float(np.nansum(out["n"]))
    )  # fmt: skip
    if not inside.any():
        names = ", ".join(found.names[:5])
        raise BlocksApartError(design.key, names, column=column, count=len(found.names))
    return inside, found
