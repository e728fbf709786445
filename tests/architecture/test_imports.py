"""Who may import whom (design §2): pages → benefits → analytics → data, never back.

"Pages reach data only through analytics and benefits" is read strictly: of `data`, a file under `pages/` may import
`i18n`, `errors`, `settings`, `paths`, `format`, `toml`, the types of a period and an age, and the records people write
in the room. No table of figures.
"""

from pathlib import Path

import pytest

from tests.architecture import tree

NEVER_IMPORTS = {
    "data": ("analytics", "benefits", "pages", "app"),
    "analytics": ("benefits", "pages", "app"),
    "benefits": ("pages", "app"),
    "pages": ("app",),
}
SHARED_WORDS = (
    "data.i18n",
    "data.errors",
    "data.settings",
    "data.paths",
    "data.period",
    "data.age_group",
    "data.format",
    "data.toml",
    "data.cli.console",
    "data.records",
)
SCREEN = ("streamlit", "plotly", "altair", "vl_convert", "typst", "starlette")
SLOW = ("scipy", "statsmodels", "pandas")


def found(paths: list[Path], packages: tuple[str, ...]) -> list[str]:
    hits = [(path, line, module) for path in paths for module, line in tree.imports(path)]
    return [f"{tree.name(path)}:{line} {module}" for path, line, module in hits if tree.is_of(module, packages)]


@pytest.mark.long
@pytest.mark.parametrize("layer", tree.LAYERS)
def test_no_layer_imports_a_layer_to_its_left(layer: str) -> None:
    assert found(tree.in_folder(layer), NEVER_IMPORTS[layer]) == []


@pytest.mark.long
def test_nothing_but_tests_and_notebooks_imports_tests_or_notebooks() -> None:
    assert found(tree.product(), ("tests", "notebooks")) == []


def test_pages_reach_data_only_through_analytics_and_benefits() -> None:
    uses = [
        f"{tree.name(path)}:{line} {module}"
        for path in tree.in_folder("pages")
        for module, line in tree.imports(path)
        if tree.is_of(module, ("data",)) and not tree.is_of(module, SHARED_WORDS)
    ]
    assert uses == []


def test_no_page_imports_a_page() -> None:
    pages = [path for path in tree.in_folder("pages") if path.parent == tree.ROOT / "pages"]
    names = tuple(tree.module_of(path) for path in pages if path.stem != "__init__")
    assert found(tree.in_folder("pages"), names) == []


def test_the_screen_is_known_to_the_pages_and_the_app_alone() -> None:
    others = [path for path in tree.product() if tree.layer_of(path) not in ("pages", "app.py")]
    assert found(others, SCREEN) == []


def test_statsmodels_is_known_to_the_analysis_alone() -> None:
    assert found([path for path in tree.product() if tree.layer_of(path) != "analytics"], ("statsmodels",)) == []


def test_the_build_the_shut_copy_and_the_engine_of_spells_alone_know_the_database() -> None:
    doors = ("data/warehouse/connection.py", "data/warehouse/question.py", "data/spells/duckdb_engine.py")
    others = [path for path in tree.product() if tree.name(path) not in doors]
    assert found(others, ("duckdb",)) == []


def test_one_room_alone_knows_the_database_of_records() -> None:
    others = [path for path in tree.product() if not path.is_relative_to(tree.ROOT / "data" / "records")]
    assert found(others, ("sqlalchemy", "alembic", "psycopg")) == []


def test_no_calculation_takes_its_numbers_from_hidden_state() -> None:
    calculations = [path for layer in ("data", "analytics", "benefits") for path in tree.in_folder(layer)]
    others = [path for path in calculations if tree.name(path) != "data/i18n.py"]
    assert found(others, ("contextvars",)) == []


@pytest.mark.long
def test_what_is_slow_to_import_is_imported_where_it_is_used() -> None:
    early = [
        f"{tree.name(path)}:{line} {module}"
        for path in tree.product()
        for node in tree.at_import(tree.syntax(path))
        for module, line in tree.direct_imports(path, node)
        if tree.is_of(module, SLOW)
    ]
    assert early == []


def test_the_walk_over_imports_sees_every_way_to_write_one() -> None:
    source = (
        "import a.b\nfrom c import d\nfrom . import e\nfrom .. import f\nimport importlib\nimportlib.import_module('g')"
    )
    seen = {module for module, _ in tree.imports(tree.ROOT / "pages" / "frame" / "x.py", tree.ast.parse(source))}
    assert seen == {"a.b", "c.d", "pages.frame.e", "pages.f", "importlib", "g"}
