"""One module knows where things lie: no other asks where its own file is, so modules can move without their data."""

import ast

from tests.architecture import tree

KNOWS = ("data/paths.py", "run.py", "environment.py")


def asks_where_it_lies(source: ast.Module) -> list[int]:
    return [node.lineno for node in tree.nodes(source) if isinstance(node, ast.Name) and node.id == "__file__"]


def test_only_paths_and_the_starters_ask_where_they_lie() -> None:
    asking = {tree.name(path) for path in tree.product() if asks_where_it_lies(tree.syntax(path))}
    assert asking <= set(KNOWS)


def test_a_question_for_the_own_file_is_seen() -> None:
    assert asks_where_it_lies(ast.parse("from pathlib import Path\nHERE = Path(__file__).parent")) == [2]


def test_every_folder_that_paths_names_is_there() -> None:
    from data import paths

    named = [value for name, value in vars(paths).items() if name.isupper() and not name.startswith("_")]
    kinds = ("settings.toml", "indicators", "raw", "experiments", "programme", "plan", "scenarios")
    assert [str(path) for path in [*named, *map(paths.shipped, kinds)] if not path.exists()] == []
