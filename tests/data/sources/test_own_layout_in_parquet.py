"""A table in Innenfor's own layout as Parquet: read as its CSV is, and refused for the same reasons."""

from pathlib import Path

import polars as pl
import pytest

from data.ingest.contract import Problems
from data.sources import canonical_table
from tests.data.ingest.test_personal_data import _person
from tests.data.layouts import found
from tests.data.raw_ground import HEADER, ROWS

PERSON = _person(month=85)
TIDY = pl.read_csv("\n".join([HEADER, *ROWS]).encode(), schema_overrides={"region_code": pl.String})


def saved(path: Path, frame: pl.DataFrame) -> Path:
    frame.write_parquet(path)
    return path


def test_the_same_rows_are_read_from_parquet_and_from_csv(tmp_path: Path) -> None:
    TIDY.write_csv(tmp_path / "a.csv")
    packed = saved(tmp_path / "a.parquet", TIDY)
    assert canonical_table.recognises(packed)
    written = canonical_table.parse(tmp_path / "a.csv").rows
    assert canonical_table.parse(packed).rows.drop("cell", strict=False).equals(written.drop("cell", strict=False))


@pytest.mark.parametrize(
    ("frame", "code"),
    [(TIDY.drop("count"), "missing_column"), (TIDY.with_columns(status=pl.lit("nobody")), "bad_text"),
     (TIDY.with_columns(more=pl.lit("x")), "foreign_column"),
     (TIDY.with_columns(more=pl.lit(f"{PERSON[:6]}–{PERSON[6:]}")), "identity_number"),
     (TIDY.with_columns(fødselsnummer=pl.lit("x")), "person_column")],
)  # fmt: skip
def test_what_is_wrong_is_refused_and_no_person_is_echoed(frame: pl.DataFrame, code: str, tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        canonical_table.parse(saved(tmp_path / "a.parquet", frame))
    assert {each for each, *_ in found(caught.value)} == {code}
    assert PERSON[6:] not in str([(each.says("en"), each.do("en"), each.found) for each in caught.value.exceptions])


def test_a_damaged_file_is_not_ours_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and nothing more")
    assert not canonical_table.recognises(tmp_path / "a.parquet")
