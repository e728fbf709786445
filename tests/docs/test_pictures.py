"""The small pictures of the pages: each is there, is small, and stands in the documentation."""

from tests.screenshots import DOCS, MOST_BYTES, SMALL, small_names


def test_every_page_is_shown_on_a_desk_and_a_phone_in_small_pictures() -> None:
    names = {file for _, file in small_names()}
    shown = (DOCS / "pages.md").read_text(encoding="utf-8")
    assert len(names) == 16
    assert {path.name for path in SMALL.iterdir()} == names
    assert [path.name for path in SMALL.iterdir() if path.stat().st_size > MOST_BYTES] == []
    assert [name for name in names if f"](pages/{name})" not in shown] == []
