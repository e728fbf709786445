"""Which region a row of a text table is of: by a number in its label, or by name in the newest borders."""

import re
from dataclasses import dataclass
from functools import cached_property

from data.sources.layouts.table_headings import TableHeadings
from data.sources.region_names import Level, codes


@dataclass(frozen=True)
class TableRegions:
    """The regions of a table."""

    headings: TableHeadings

    def label(self, row: int) -> str:
        """Return what the columns of a row say about its region, with blanks between."""
        texts = (self.headings.text(row, name) for name in self.headings.layout.regions.label)
        return " ".join(text for text in texts if text)

    def codes(self, label: str) -> list[str]:
        """Return the codes a label may stand for: one where it is clear, none or several where it is not."""
        rule = self.headings.layout.regions
        if _is(rule.nation, label):
            return ["0"]
        numbers = [hit for pattern in (rule.county, rule.municipality) if (hit := _is(pattern, label))]
        return [number["code"].zfill(2) for number in numbers] or self._named.get(label, [])

    def left_out(self, label: str) -> str:
        """Return why a row is no region's (`schools`, `unknown_region`), or an empty text."""
        rule = self.headings.layout.regions
        reasons = {"schools": rule.smaller, "unknown_region": rule.outside}
        return next((reason for reason, pattern in reasons.items() if _is(pattern, label)), "")

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """Name → codes; municipalities are looked for within the county of the table, where it has one alone."""
        table = self.headings
        if not table.layout.regions.by_name:
            return {}
        names = {self.label(row) for row in table.body}
        year = max((table.text(row, table.layout.columns["period"]) for row in table.body), default="")
        counties = {name: found for name in names if len(found := codes(name, Level("county"), year)) == 1}
        county = next(iter(counties)) if len(counties) == 1 else ""
        within = {name: Level("municipality", "" if name == county else county) for name in names}
        return {name: codes(name, Level("county"), year) or codes(name, within[name], year) for name in names}


def _is(pattern: str, label: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, label, re.IGNORECASE) if pattern else None
