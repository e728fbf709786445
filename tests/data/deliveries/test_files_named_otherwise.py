"""Files whose name says another thing than they are: read as what they are, or refused with what to do."""

from pathlib import Path

import pytest

from data.deliveries.contents import contents
from data.ingest.contract import Problems
from tests.data.layouts import found, order, person, workbook


@pytest.mark.parametrize("source", ["nav", None])
def test_a_workbook_that_is_called_a_text_is_read_as_the_workbook_it_is(tmp_path: Path, source: str | None) -> None:
    book = workbook(tmp_path / "a.xlsx", {"Nedsatt 18 - 29 år fylker": order([person("Agder", "Menn", 777, 7.1)])})
    read = contents(book.rename(tmp_path / "a.csv"), source)
    assert read.rows.select("indicator", "region_code", "count").rows() == [("reduced_work_capacity", "42", 777)]


def test_a_file_without_an_ending_is_asked_for_one(tmp_path: Path) -> None:
    (tmp_path / "uttrekk").write_text("region;2031\n", encoding="utf-8")
    with pytest.raises(Problems) as caught:
        contents(tmp_path / "uttrekk", "nav")
    assert [code for code, *_ in found(caught.value)] == ["no_ending"]
    assert ".xlsx" in caught.value.exceptions[0].do("nb")
