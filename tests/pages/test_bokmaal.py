"""The Norwegian pages as they are read: no raw key, no English left, no capital after a colon where no name follows."""

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from analytics import provenance, regions
from data import paths
from tests.ground import opened
from tests.pages.format.test_good_language import AFTER_COLON, FOREIGN, RAW_KEY

VIEWS = (
    ("overview", {}),
    ("exclusion", {}),
    ("exclusion", {"picture": "profile"}),
    ("exclusion", {"picture": "demand"}),
    ("cohorts", {}),
    ("cohorts", {"picture": "flows"}),
    ("experiments", {}),
    ("experiments", {"view": "planner"}),
    ("gains", {}),
    ("gains", {"view": "programme"}),
    ("gains", {"view": "cost"}),
    ("method", {}),
)
OURS = ("Innenfor", "Python")
FOOT = re.compile(r'<(?:footer|div|section) class="innenfor-foot".*', re.DOTALL)
UNREAD = re.compile(r"<(style|script|code|pre)\b.*?</\1>|`[^`]*`|“[^”]*”|«[^»]*»", re.DOTALL)
ADDRESS = re.compile(r"https?://\S+|doi:?\s?\S+|Journal of \w+|^[A-ZÆØÅ][^.]* \(\d{4}\), .*")
CAPITAL = re.compile(r"(?<=[a-zæøå]: )[A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ][a-zæøå]+)*")


def read(app: AppTest) -> list[str]:
    """Return what a page says, a line each: headings, captions, sentences, cells, the words of its choices."""
    boxes = [*app.title, *app.header, *app.subheader, *app.caption, *app.markdown, *app.info, *app.warning]
    html = [FOOT.sub("", each.proto.body) for each in app.get("html")]
    choices = [str(option) for each in app.selectbox if "region" not in str(each.key) for option in each.options]
    folds = [each.label for each in app.expander]
    lines = [*(str(box.value) for box in boxes), *html, *choices, *folds]
    return [line for each in lines for line in plain(each)]


def plain(markup: str) -> list[str]:
    """Return the lines of marked-up words, without what is quoted, a publication, or what commands call a figure."""
    bare = re.sub(r"\]\([^)]*\)", "]", UNREAD.sub("", markup))
    lines = (ADDRESS.sub("", line).strip() for line in unescape(re.sub(r"<[^>]+>", "\n", bare)).split("\n"))
    return [line for line in lines if line and line not in provenance.indicators()]


def faults(line: str) -> list[str]:
    """Return what is wrong with a line: a raw key, an English word, a capital after a colon."""
    found = [f"raw key: {hit[0]}" for hit in RAW_KEY.finditer(line)]
    found += [f"English: {hit[0]}" for hit in FOREIGN["nb"].finditer(line)]
    names = (*AFTER_COLON, *OURS, *regions.names().values())
    return found + [f"capital: {hit[0]}" for hit in CAPITAL.finditer(line) if not line[hit.start() :].startswith(names)]


@pytest.mark.parametrize(("name", "link"), VIEWS)
def test_a_norwegian_page_reads_as_norwegian(name: str, link: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    app = AppTest.from_file(str(paths.ROOT / "app.py"), default_timeout=120)
    if name != "overview":
        app = app.run().switch_page(f"pages/{name}.py")
        app.query_params.clear()
    app.query_params.update(link)
    said = read(app.run())
    assert len(said) > 10
    assert {line: wrong for line in said if (wrong := faults(line))} == {}


def test_the_search_finds_each_kind_of_fault() -> None:
    assert faults("Kilde: Some thing of value_key") == ["raw key: value_key", "English: of", "capital: Some"]
    assert faults("Folk i Bergen: Oslo har flere, se `raw_key`".replace("`raw_key`", "")) == []
