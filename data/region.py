"""A region: the nation, a county or a municipality, of today or of earlier borders. One reader for its code."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from data.catalogue import regions
from data.errors import InnenforError

NATION = "0"


class RegionUnknown(InnenforError, code="region_unknown"):
    """A code is no region of today or of earlier borders."""


@dataclass(frozen=True)
class Region:
    """One row of the regions: years are those in which its borders held, None where open; also: a name more."""

    code: str
    name: str
    level: str
    county: str | None
    predecessors: tuple[str, ...]
    valid_from: int | None
    valid_to: int | None
    also: str | None = None

    @staticmethod
    def of(code: str) -> "Region":
        """Return the region with a code. Raises RegionUnknown where there is none."""
        try:
            return every_region()[code]
        except KeyError:
            raise RegionUnknown(where="region", found=code) from None

    @property
    def short_name(self) -> str:
        """The first of its names: `Trondheim - Tråante` is Trondheim."""
        return self.name.split(" - ")[0]

    @property
    def other_names(self) -> tuple[str, ...]:
        """Its names in other languages (`Kautokeino` of Guovdageaidnu), as it or its predecessors bear them."""
        known = [self.name, *(every_region()[code].name for code in self.predecessors if code in every_region())]
        ours = [name.split(" - ") for name in known]
        borne = [other for first, *others in ours if first == self.short_name for other in others]
        return tuple(dict.fromkeys([*borne, *([self.also] if self.also else [])]))

    @property
    def is_municipality(self) -> bool:
        """Whether it is a municipality, of today or of earlier borders."""
        return self.level == "municipality"

    @property
    def is_current(self) -> bool:
        """Whether it exists today."""
        return self.valid_to is None


@cache
def every_region() -> Mapping[str, Region]:
    """Return every region of today and of earlier borders by its number."""
    columns = ("code", "name", "level", "county", "predecessors", "valid_from", "valid_to", "also")
    rows = regions().select(columns).iter_rows(named=True)
    return MappingProxyType({row["code"]: Region(**row | {"predecessors": tuple(row["predecessors"])}) for row in rows})
