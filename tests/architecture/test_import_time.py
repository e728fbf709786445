"""Importing is free: no file is read, and nothing that takes seconds is loaded, before somebody asks for it."""

import ast
import json
import subprocess
import sys

import pytest

from tests.architecture import tree

pytestmark = pytest.mark.long

READERS = ("open", "read_text", "read_bytes", "read_csv", "read_parquet", "read_excel", "read_json", "scan_csv", "load")
PARSERS = ("tomllib.loads", "json.loads")
WATCHED_IMPORT = """
import importlib, json, os, sys
root, names = sys.argv[1], sys.argv[2:]
opened = []
def watch(event, facts):
    if event == "open" and isinstance(facts[0], str) and os.path.abspath(facts[0]).startswith(root + os.sep):
        opened.append(os.path.relpath(facts[0], root))
sys.path.insert(0, root)
sys.addaudithook(watch)
for name in names:
    importlib.import_module(name)
known = (".py", ".pyc", ".so", ".pyd", ".pth")
read = [file for file in opened if not file.endswith(known) and not file.startswith(".venv") and ".pyc." not in file]
print(json.dumps({"read": read, "slow": sorted({"scipy", "statsmodels", "pandas"} & set(sys.modules))}))
"""


def imported(names: list[str]) -> dict[str, list[str]]:
    command = [sys.executable, "-c", WATCHED_IMPORT, str(tree.ROOT), *names]
    answer = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def modules_of(layer: str) -> list[str]:
    paths = [path for path in tree.in_folder(layer) if path.parent != tree.ROOT / "pages"]
    return [tree.module_of(path) for path in paths if path.stem != "__main__"]


@pytest.mark.parametrize("layer", tree.LAYERS)
def test_importing_a_layer_reads_no_file_and_loads_nothing_slow(layer: str) -> None:
    found = imported(modules_of(layer))
    assert found["read"] == []
    assert layer == "pages" or found["slow"] == []


def test_the_watch_over_imports_sees_a_file_that_is_read(tmp_path) -> None:
    (tmp_path / "facts.toml").write_text("a = 1")
    (tmp_path / "reads_early.py").write_text("TEXT = open(__file__.replace('reads_early.py', 'facts.toml')).read()")
    command = [sys.executable, "-c", WATCHED_IMPORT, str(tmp_path), "reads_early"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout)["read"] == ["facts.toml"]


def test_no_module_calls_a_reader_outside_a_function() -> None:
    early = [
        f"{tree.name(path)}:{node.lineno} {ast.unparse(node.func)}"
        for path in tree.product()
        for node in tree.at_import(tree.syntax(path))
        if isinstance(node, ast.Call)
        and (ast.unparse(node.func).split(".")[-1] in READERS or ast.unparse(node.func) in PARSERS)
    ]
    assert early == []
