"""A researcher's own table has no most rows: a long one is read as a short one is, and its faults are told alike."""

import polars as pl
import pytest

from data.ingest import long_text
from data.ingest.open_file import limits
from data.sources.uia.tables import read_table

HEADING = "enhet;gruppe;utfall\n"


@pytest.mark.long
def test_more_rows_than_an_upload_may_have_are_read(tmp_path) -> None:
    rows = limits()["rows"] + 5
    path = tmp_path / "own.csv"
    path.write_text(HEADING + "".join(f"{i};ny;{i % 7},5\n" for i in range(rows)))
    assert path.stat().st_size > long_text.HEAD
    table = read_table(path)
    assert (len(table), table["utfall"].sum()) == (rows, sum(i % 7 + 0.5 for i in range(rows)))


@pytest.mark.parametrize(
    ("content", "code"),
    [("sep=,\nenhet,gruppe\n\nA , ny\n-,Å\n", ""), ("enhet;gruppe\nA;ny\nB;\n", ""),
     ("enhet;gruppe\nA;ny\nB;ny\nA\n", "uia_ragged"),
     ('enhet;gruppe\nA;"ny\n', "broken_text"), ("enhet;gruppe\nA;ny\nB;\udce6\n", "wrong_encoding")],
)  # fmt: skip
def test_a_long_file_is_read_as_a_short_one(content, code, tmp_path, monkeypatch) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    short = None if code else read_table(path)
    monkeypatch.setattr(long_text, "HEAD", 16)
    if short is not None:
        assert read_table(path).equals(short)
        return
    with pytest.raises(ExceptionGroup) as caught:
        read_table(path)
    assert [each.code for each in caught.value.exceptions] == [code]


def test_what_is_no_text_is_still_refused_by_name(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(long_text, "HEAD", 4)
    for content, code in ((b"PK\x03\x04damaged", "damaged_workbook"), (b'{"a": 1}', "uia_format")):
        (tmp_path / "a.csv").write_bytes(content)
        with pytest.raises(ExceptionGroup) as caught:
            read_table(tmp_path / "a.csv")
        assert [each.code for each in caught.value.exceptions] == [code]
    pl.DataFrame({"arm": ["a", "b"]}).write_parquet(tmp_path / "b.csv")
    with pytest.raises(ExceptionGroup):
        read_table(tmp_path / "b.csv")
