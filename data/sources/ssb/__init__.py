"""Statistics Norway's files: `parse(path)` reads JSON-stat2, CSV and Parquet, and Statbank's workbooks and CSV."""

from data.sources.ssb.adapter import CONTRACT, CSV_CONTRACT, XLSX_CONTRACT, diagnose, layouts, parse, recognises

__all__ = ["CONTRACT", "CSV_CONTRACT", "XLSX_CONTRACT", "diagnose", "layouts", "parse", "recognises"]
