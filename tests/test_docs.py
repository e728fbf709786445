"""The generated documents say what the code says."""

import pytest

from tests import generate_docs


@pytest.mark.parametrize("name", generate_docs.GENERATED)
def test_a_generated_document_is_up_to_date(name: str) -> None:
    written = (generate_docs.FOLDER / name).read_text(encoding="utf-8")
    assert written == generate_docs.GENERATED[name](), "run `python -m tests.generate_docs` and commit docs/"


def test_every_column_of_the_warehouse_has_a_meaning() -> None:
    known = {table: set(columns) for table, columns in generate_docs.meanings().items()}
    there = {table: {name for name, *_ in columns} for table, (_, columns) in generate_docs.schema().items()}
    assert known == there, "data/bundle/columns.toml and the schema differ"
