"""FHI: `csv2` files of the statistics bank, described in `layouts/fhi.toml`."""

from data.sources.layouts.table_reader import TextTables

_tables = TextTables("fhi")
layouts, recognises, parse = _tables.layouts, _tables.recognises, _tables.parse
