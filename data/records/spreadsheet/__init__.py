"""Records as a spreadsheet, out and in: a sheet a kind, a row a record, a column a key (`name.nb`, `ease.score`).

Sheets and columns are called what the reader's language calls them; those of either language, and keys, are read.
The first two columns are the record's key and the version the row was written from: a row that somebody has changed
since is told at its cell, never written over. A new row has neither.
"""

from data.records.spreadsheet.reading import rows_of_workbook
from data.records.spreadsheet.writing import as_workbook

__all__ = ["as_workbook", "rows_of_workbook"]
