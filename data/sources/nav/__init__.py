"""NAV's files: `parse(path)` reads a monthly municipal workbook or a custom order."""

from data.sources.nav.adapter import CONTRACT, ORDER_CONTRACT, diagnose, layouts, parse, recognises

__all__ = ["CONTRACT", "ORDER_CONTRACT", "diagnose", "layouts", "parse", "recognises"]
