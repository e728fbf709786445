"""IMDi: a CSV with four rows of headings, described in `layouts/imdi.toml`."""

from data.sources.layouts.table_reader import text_tables

_imdi = text_tables("imdi")
layouts, recognises, parse = _imdi.layouts, _imdi.recognises, _imdi.parse
