"""SSB's tables with their regions by name alone, or as headings (synthetic layout: the numbers are invented)."""

from pathlib import Path

import pytest

from tests.data import ssb_dresses
from tests.data.layouts import workbook
from tests.data.sources.test_ssb_arrangements import HEADS, body, expected, figures, read, refused, saved
from tests.data.ssb_dresses import REGIONS, STATUSES, TITLE, YEARS, number


def named(*names: str) -> list[list[object]]:
    """The rows of the table with other names for its regions, and no numbers."""
    called = dict(zip(REGIONS.values(), names, strict=True))
    return [[called[str(row[0]).split(" ", 1)[1]], *row[1:]] for row in body()]


@pytest.mark.long
def test_regions_by_name_alone_are_read_where_the_name_is_one_regions(tmp_path: Path) -> None:
    file = saved(tmp_path, [[TITLE], [], HEADS, *named("Kristiansand", "Arendal")])
    assert figures(file) == expected()
    assert [(note.reason, note.number) for note in read(file).notes if note.reason.startswith("ssb_by")] == [
        ("ssb_by_names", 2)
    ]
    for names, codes in {
        ("Våler (Østfold)", "Hele landet"): {"3114", "0"}, ("Oslo", "Arendal"): {"0301", "4203"},
        ("Oslo", "Agder"): {"03", "42"}, ("Bø", "Snåase - Snåsa"): {"1867", "5041"},
        ("Kautokeino", "Snåsa"): {"5612", "5041"}, ("Hamarøy", "Tjeldsund"): {"1875", "5512"},
    }.items():  # fmt: skip
        assert set(read(saved(tmp_path, [[TITLE], [], HEADS, *named(*names)])).rows["region_code"]) == codes


def test_a_name_of_no_region_that_year_or_of_several_is_not_guessed(tmp_path: Path) -> None:
    """Bø in Telemark became part of another municipality: the one in Nordland has its name alone since."""
    for names, told in {
        ("Våler", "Arendal"): ("ssb_name_of_several", "", "A4"), ("Atlantis", "Lyonesse"): ("ssb_no_codes", "", "A4"),
    }.items():  # fmt: skip
        assert refused(saved(tmp_path, [[TITLE], [], HEADS, *named(*names)])) == [told]
    left = read(saved(tmp_path, [[TITLE], [], HEADS, *named("Bø (Telemark)", "Arendal")]))
    assert set(left.rows["region_code"]) == {"4203"}
    assert "Bø (Telemark)" in {note.what for note in left.notes if note.reason == "unknown_region"}


@pytest.mark.parametrize("label", ["{region} {name}", "{name}", "{region}"])
def test_regions_across_are_read_stacked_and_joined(label: str, tmp_path: Path) -> None:
    title = TITLE.replace("region, alder", "alder").replace(" og år", ", år og region")
    places = [label.format(region=region, name=name) for region, name in REGIONS.items()]
    wanted = [(sex, status) for sex in ("0", "2") for status in STATUSES]
    table = [
        ["15-29 år", ssb_dresses.SEXES[sex], STATUSES[status],
         *(number(region, sex, status, year) for region in REGIONS for year in YEARS)]
        for sex, status in wanted
    ]  # fmt: skip
    heads = [[None] * 3 + [place for place in places for _ in YEARS], [None] * 3 + list(YEARS) * 2]
    stacked = workbook(tmp_path / "a.xlsx", {"13556": [[title], [None] * 3 + ["Bosatte"], *heads, *table]})
    assert figures(stacked) == expected()
    for form in ("{place} Bosatte {year}", "Bosatte {place} {year}", "Bosatte {year} {place}"):
        joined = [*HEADS[1:4], *(form.format(place=place, year=year) for place in places for year in YEARS)]
        assert figures(saved(tmp_path, [[title], [], joined, *table])) == expected()
