"""Records as a spreadsheet, out and in: a sheet a kind, a row a record, a column a key (`name.nb`, `ease.score`).

A gain's columns are headed as in the plan. The first two columns are the record's key and the version the row was
written from: a row that somebody has changed since comes back as a conflict, never as an overwriting. A new row has
neither.
"""

from data.records.spreadsheet.reading import rows_of_workbook
from data.records.spreadsheet.writing import as_workbook

__all__ = ["as_workbook", "rows_of_workbook"]
