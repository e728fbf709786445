"""Which dimension of a table is time: its months or years tell the same groups again and again."""

import re
from collections.abc import Collection

from data.tables.words import is_total, plain, words

_DATED = re.compile(r"(19|20)\d{2}[- ]?([mkquwMKQUW]\d{1,2}|-\d{2}(-\d{2})?)|(19|20)\d{2}-\d{2}(-\d{2})?")
_YEAR = re.compile(r"(19|20)\d{2}")


def is_time(dim: str, codes: Collection[str], *, spread: bool) -> bool:
    """Return whether a dimension is time: by its name, else by its codes.

    codes: 2024-01, 2024M01, 2024K1. spread: they head columns of counts; a year is then one too, and no municipality.
    """
    own = [code.strip() for code in codes if not is_total(code)]
    dated = bool(own) and all(_DATED.fullmatch(code) or (spread and _YEAR.fullmatch(code)) for code in own)
    return plain(dim) in words().period or dated
