"""What may stand in no file of the project: paths of one machine, hosts of package registries, byte-order marks."""

import re

import pytest

from tests.architecture import tree

BINARY = (".png", ".webp", ".xlsx", ".parquet", ".ico", ".woff2", ".pdf", ".duckdb", ".zip")
HOSTS = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "ana" + "conda.org",
    "crates" + ".io",
)
MACHINE_PATH = re.compile(r"(?<![\w.~-])(/" + r"root/|/home/\w|/Users/\w|/work/\w|[A-Z]:\\" + r"Users\\)")


def texts() -> dict[str, str]:
    paths = [path for path in tree.files() if path.suffix not in BINARY]
    return {tree.name(path): path.read_text(encoding="utf-8", errors="replace") for path in paths}


@pytest.mark.long
@pytest.mark.parametrize("host", HOSTS)
def test_no_file_names_a_package_registry(host: str) -> None:
    assert [name for name, text in texts().items() if host in text] == []


@pytest.mark.long
def test_no_file_names_a_path_of_one_machine() -> None:
    assert {name: hit[0] for name, text in texts().items() if (hit := MACHINE_PATH.search(text))} == {}


def test_text_files_are_plain_utf8() -> None:
    own = {name: text for name, text in texts().items() if not name.startswith("tests/")}
    assert [name for name, text in own.items() if "\ufffd" in text or text.startswith("\ufeff")] == []


@pytest.mark.parametrize("path", ["/" + "root/x", "see /" + "home/ola/x", "C:" + "\\Users\\ola"])
def test_the_search_for_machine_paths_knows_one(path: str) -> None:
    assert MACHINE_PATH.search(path)


@pytest.mark.parametrize("text", ["https://example.no/home/ola", "data/work/x", "~/root/x"])
def test_the_search_for_machine_paths_leaves_addresses_alone(text: str) -> None:
    assert not MACHINE_PATH.search(text)
