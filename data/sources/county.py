"""The county and Udir: the export of upper secondary figures, described in `layouts/county.toml`."""

from data.sources.layouts.table_reader import TextTables

_tables = TextTables("county")
layouts, recognises, parse = _tables.layouts, _tables.recognises, _tables.parse
