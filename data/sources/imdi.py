"""IMDi: a CSV with four rows of headings, described in `layouts/imdi.toml`."""

from data.sources.layouts.table_reader import TextTables

_tables = TextTables("imdi")
layouts, recognises, parse = _tables.layouts, _tables.recognises, _tables.parse
