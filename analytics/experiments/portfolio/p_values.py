"""Lists of p-values as a person sends them: one by one, by commas, or as a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analytics.experiments.errors import ColumnMissingError, TableNotUnderstoodError
from analytics.experiments.portfolio.pooling_input import P
from analytics.statistics.multiple_testing import METHODS, adjust, rejected
from data.ingest.long_text import text_rows
from data.sources.uia.tables import BINARY, FORMATS, read_table


def adjusted(given: Sequence[str], alpha: float) -> dict[str, Any]:
    """Return every adjustment of p-values given one by one, by commas, or as one file (a column p, or one a line)."""
    p = _p_values(given)
    parts = {
        method: {"adjusted": list(adjust(p, method)), "rejected": list(rejected(p, method, alpha)),
                 "count": sum(rejected(p, method, alpha))}
        for method in METHODS
    }  # fmt: skip
    return {"p": p, "alpha": alpha, **parts}


def _p_values(given: Sequence[str]) -> list[float]:
    texts = [text for item in given for text in item.replace(",", " ").replace(";", " ").split()]
    if len(given) == 1 and (Path(given[0]).exists() or (Path(given[0]).suffix and not all(map(_is_number, texts)))):
        texts = _from_file(Path(given[0]))
    wrong = next((text for text in texts if not _is_number(text)), None)
    if wrong is not None:
        raise TableNotUnderstoodError(where="adjust", found=wrong, column="p")
    return [float(text) for text in texts]


def _from_file(path: Path) -> list[str]:
    """Return the p-values of a file: numbers alone, else a table's column of them."""
    if path.suffix.lower() not in BINARY:
        cells = " ".join(cell for _, row in text_rows(path, FORMATS) for cell in row)
        loose = cells.replace(",", " ").replace(";", " ").split()
        if all(map(_is_number, loose)):
            return loose
    table = read_table(path)
    names = [name for name in table.columns if name.strip().lower() in P]
    names = names or [name for name in table.columns if table[name].dtype.is_numeric()][:1]
    if not names:
        found = ", ".join(table.columns)
        raise ColumnMissingError(where=path.name, found=found, column="p", meant="")
    return [str(value) for value in table[names[0]]]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
