"""Addresses of old lead to the part of a page that took over from them, with all they asked for."""

import pytest

from pages.frame import shell
from pages.server.moved import MOVED, moved_to
from pages.views.programme import selection


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "./programme?part=status"),
        ("lang=en", "./programme?part=status&lang=en"),
        ("gain=G3", "./programme?part=status&of_gain=G3"),
        ("part=map", "./programme?part=map"),
        ("part=note&kind=closing&spoken=en", "./programme?part=note&kind=closing&spoken=en"),
    ],
)
def test_the_plan_of_old_leads_to_its_part_of_the_programme(query: str, address: str) -> None:
    assert moved_to("plan", query) == address


def test_what_stands_moves_nowhere_and_what_moved_is_no_page() -> None:
    assert [name for name in shell.page_names() if moved_to(name, "")] == []
    assert [page for page, _, _ in MOVED.values() if page not in shell.page_names()] == []
    assert {part for _, part, _ in MOVED.values()} <= set(selection.PARTS)
