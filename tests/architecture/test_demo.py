"""What is invented lies in `demo/` and in the tests, and nowhere else; only the starter knows that there is a demo."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import tree

OUTSIDE = ("demo/", "tests/")
INVENTED = ("oppdikt", "made up", "made-up")
CONTENT = (".toml", ".csv", ".md", ".tsv")


def product() -> list[Path]:
    return [path for path in tree.files() if not tree.name(path).startswith(OUTSIDE)]


def flags(content: object, path: str = "") -> Iterator[str]:
    """Yield where a TOML document says of something that it is an example or a demo."""
    pairs = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in pairs:
        if key in ("example", "demo") and value is True:
            yield f"{path}{key}"
        yield from flags(value, f"{path}{key}.")


@pytest.mark.long
def test_no_file_of_the_product_is_an_example() -> None:
    files = {path: path.read_text(encoding="utf-8") for path in product() if path.suffix == ".toml"}
    assert {tree.name(path): found for path, text in files.items() if (found := [*flags(tomllib.loads(text))])} == {}


def test_no_content_of_the_product_is_made_up() -> None:
    """Texts and code may speak of what is made up; deliveries, records, plans and scenarios may not be it."""
    kinds = ("experiments", "plan", "programme", "raw", "templates")
    folders = (*(f"data/{kind}/" for kind in kinds), "benefits/scenarios/")
    files = [path for path in product() if tree.name(path).startswith(folders) and path.suffix in CONTENT]
    assert len(files) > len(folders)
    said = {tree.name(path): path.read_text(encoding="utf-8").lower() for path in files}
    assert [name for name, text in said.items() if any(word in text for word in INVENTED)] == []


def test_everything_in_the_demo_says_that_it_is_an_example() -> None:
    records = [path for path in tree.files() if tree.name(path).startswith("demo/") and path.suffix == ".toml"]
    silent = [path for path in records if not [*flags(tomllib.loads(path.read_text(encoding="utf-8")))]]
    assert records
    assert silent == []


def test_only_the_starter_knows_where_the_demo_lies() -> None:
    code = [path for path in product() if path.suffix in (".py", ".js") and path.name != "run.py"]
    assert [tree.name(path) for path in code if '/ "demo"' in path.read_text(encoding="utf-8")] == []
    assert [tree.name(path) for path in code if "8511" in path.read_text(encoding="utf-8")] == []


def test_a_flag_deep_in_a_file_is_seen() -> None:
    assert [*flags({"knot": [{"id": "a"}, {"example": True}]})] == ["knot.1.example"]
