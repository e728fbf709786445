"""Another municipality from end to end: its home, a build, the pages; the repository is untouched, var is a cache."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import paths
from data.warehouse import build
from tests import own_home
from tests.architecture import tree

Stamps = dict[Path, tuple[int, int]]


def stamps(files: list[Path]) -> Stamps:
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


@pytest.fixture(scope="module")
def stavanger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("stavanger")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INNENFOR_HOME", str(own_home.furnished(folder / "home")))
        patch.setenv("INNENFOR_VAR", str(folder / "var"))
        before = stamps(list(tree.files()))
        build.build()
        yield folder
        assert stamps(list(before)) == before


def said(page: str, **query: str) -> str:
    app = AppTest.from_file(str(paths.ROOT / "app.py"), default_timeout=120).run().switch_page(f"pages/{page}.py")
    app.query_params.clear()
    app.query_params.update(query)
    app.run()
    assert not app.exception
    parts = [str(each.value) for kind in ("title", "header", "markdown", "warning") for each in app.get(kind)]
    return re.sub(r"<[^>]+>", " ", " ".join([*parts, *(each.proto.body for each in app.get("html"))]))


@pytest.mark.usefixtures("stavanger")
def test_the_first_page_is_about_the_new_home() -> None:
    assert "Stavanger" in said("overview")


@pytest.mark.usefixtures("stavanger")
def test_its_own_indicator_and_delivery_are_listed_with_their_source() -> None:
    found = said("exclusion", indicator="summer_jobs", region="1103")
    assert "Stavanger" in found
    assert "Stavanger kommune" in found


@pytest.mark.usefixtures("stavanger")
def test_its_own_programme_and_plan_are_shown_and_kristiansands_are_not() -> None:
    programme, plan = said("programme"), said("programme", part="status")
    assert "Jobb i nord" in programme
    assert "Flere i arbeid" not in programme + plan
    assert "Kristiansand" not in programme + plan


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.usefixtures("stavanger")
def test_without_a_programme_and_a_plan_the_pages_say_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    own_home.written(tmp_path / "home" / "settings.toml", 'home_municipality = "1103"')
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    assert "$INNENFOR_HOME/programme" in said("programme", lang=lang)
    assert "Kristiansand" not in said("programme", lang=lang)


@pytest.mark.fails
@pytest.mark.usefixtures("stavanger")
def test_a_page_says_that_the_settings_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_home.written(tmp_path / "home" / "settings.toml", "home_municipality = ")
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    assert "settings.toml" in said("programme")


def test_deleting_the_cache_loses_nothing(stavanger: Path) -> None:
    own = stamps([path for path in (stavanger / "home").rglob("*") if path.is_file()])
    built = build.build().build
    shutil.rmtree(stavanger / "var")
    again = build.build()
    assert again.fresh
    assert again.build.hash == built.hash
    assert ("stavanger-2024", "neet.csv", 3) in again.editions
    assert stamps(list(own)) == own
