"""FHI: `csv2` files of the statistics bank, described in `layouts/fhi.toml`."""

from data.sources.layouts.table_reader import text_tables

_fhi = text_tables("fhi")
layouts, diagnose, recognises, parse = _fhi.layouts, _fhi.diagnose, _fhi.recognises, _fhi.parse
