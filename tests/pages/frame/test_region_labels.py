"""A place is found by each of its names: Norwegian, Sámi, Kven."""

import pytest

from data.catalogue import regions
from pages.frame.url.widgets import region_labels


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("5612", ("Guovdageaidnu", "Kautokeino")), ("5610", ("Kárásjohka", "Karasjok")),
        ("5628", ("Deatnu", "Tana")), ("5540", ("Gáivuotna", "Kåfjord", "Kaivuono")),
        ("5503", ("Harstad", "Hárstták")), ("1875", ("Hamarøy", "Hábmer")),
        ("5512", ("Dielddanuorri", "Tjeldsund")), ("5603", ("Hammerfest", "Hámmerfeasta")),
    ],
)  # fmt: skip
def test_a_place_of_several_names_is_found_by_each(code: str, names: tuple[str, ...]) -> None:
    assert all(name in region_labels()[code] for name in names)


def test_no_region_of_today_is_shown_by_two_names() -> None:
    """Its other names are for finding it: tables, files and sentences have one."""
    assert not [name for name in regions().filter("current")["name"] if " - " in name]


@pytest.mark.parametrize(
    ("code", "label"), [("4204", "Kristiansand (4204)"), ("42", "Agder"), ("5001", "Trondheim (5001)")]
)
def test_a_merged_place_does_not_take_over_the_names_of_others(code: str, label: str) -> None:
    assert region_labels()[code] == label
