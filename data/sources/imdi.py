"""IMDi: a CSV with four rows of headings, described in `layouts/imdi.toml`."""

from data.sources.layouts.table_reader import text_tables

_imdi = text_tables("imdi")
layouts, diagnose, recognises, parse = _imdi.layouts, _imdi.diagnose, _imdi.recognises, _imdi.parse
