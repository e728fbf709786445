"""The county and Udir: the export of upper secondary figures, described in `layouts/county.toml`."""

from data.sources.layouts.table_reader import text_tables

_county = text_tables("county")
layouts, diagnose, recognises, parse = _county.layouts, _county.diagnose, _county.recognises, _county.parse
