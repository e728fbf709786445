"""Whoever kept what earlier builds showed knows no more: deliveries come one after another, and each is built.

A later delivery may make another figure the cheaper one to hide. All builds are attacked together, as everything
printed of one is.
"""

from pathlib import Path

import pytest

from tests.data.disclosure.flow_traps import TRAPS
from tests.data.disclosure.trap_ground import Printed, build, known_too_well
from tests.data.disclosure.traps import STAR, Row, row

SEXES_LATER = [
    *(row(code, n, sex=sex, edition="b") for code, women, men in (("4202", 10, 10), ("4203", 26, 4))
      for sex, n in (("female", women), ("male", men))),
]  # fmt: skip
FIRST = [row("4201", STAR, edition="m"), row("4202", 20, edition="m"), row("4203", 30, edition="m"),
         row("42", 52, edition="m")]  # fmt: skip
CASES: dict[str, list[list[Row]]] = {
    "sexes come later": [FIRST, SEXES_LATER],
    "a corrected edition, first by its name": [
        FIRST, [row("4201", STAR), row("4202", 200), row("4203", 10), row("42", 212)],
    ],
    "three editions, each with another that is cheapest to hide": [
        FIRST,
        [row("4201", STAR, edition="k"), row("4202", 200, edition="k"), row("4203", 10, edition="k"),
         row("42", 212, edition="k")],
        [row("4201", STAR), row("4202", 5), row("4203", 300), row("42", 307)],
    ],
}  # fmt: skip
AT_HOME = [row("4204", STAR, edition="m"), row("4202", 20, edition="m"), row("4203", 30, edition="m"),
           row("42", 52, edition="m")]  # fmt: skip
CASES["ages come later, of which many must be hidden"] = [
    AT_HOME, [row(code, n, age=age, edition="b") for code, counts in (("4202", (5, 5, 5, 5)), ("4203", (9, 7, 8, 6)))
              for age, n in zip(("18-20", "21-23", "24-26", "27-29"), counts, strict=True)],
]  # fmt: skip


def by_age(edition: str, *cells: tuple[str, str, object]) -> list[Row]:
    return [row("4203", n, age=age, sex=sex, edition=edition) for age, sex, n in cells]


YOUNG_MEN = ("18-24", "male", STAR), ("18-29", "male", STAR), ("25-29", "male", STAR)
# The star of all men is 2 at least, as the two it is made of are 1: no hiding gives it all that its legend allows.
CASES["both sexes come later, of a star that cannot be all its legend allows"] = [
    by_age("m", *YOUNG_MEN, ("18-24", "both", 7), ("18-24", "female", 5), ("18-29", "female", 13)),
    by_age("n", YOUNG_MEN[2], ("18-29", "both", 16)),
]
CASES["women come later, of a star that cannot be all its legend allows"] = [
    by_age("m", *YOUNG_MEN, ("18-24", "both", 7), ("18-24", "female", 5), ("25-29", "both", 6), ("25-29", "female", 5)),
    by_age("n", *YOUNG_MEN, ("18-24", "both", 7), ("18-24", "female", 5), ("25-29", "female", 5),
           ("18-29", "female", 10)),
]  # fmt: skip
SHOWN_FIRST = {  # of these the publisher showed a count before it hid it: whoever kept that has it
    "three editions, each hides another municipality", "a flow in another edition",
}  # fmt: skip


def edition_of(each: Row) -> str:
    return str(each[8])


CASES |= {
    f"{name}, edition by edition": [[each for each in rows if edition_of(each) == one] for one in editions]
    for name, rows in TRAPS.items()
    if name not in SHOWN_FIRST and len(editions := sorted({*map(edition_of, rows)} - {"residents"})) > 1
}


def held_together(parts: list[list[Row]], folder: Path) -> Printed:
    """Return what all builds print, as editions of their own."""
    every, rows = Printed(), list[Row]()
    for number, part in enumerate(parts):
        rows += part
        printed = build(rows, folder)
        every.counts |= {f"{number}-{edition}": own for edition, own in printed.counts.items()}
        every.residents |= printed.residents
        every.hidden |= printed.hidden
    return every


@pytest.mark.long
@pytest.mark.parametrize("case", CASES)
def test_no_star_is_had_from_all_builds_together(case: str, tmp_path: Path) -> None:
    rows = [each for part in CASES[case] for each in part]
    assert known_too_well(rows, held_together(CASES[case], tmp_path)) == []


@pytest.mark.long
def test_what_was_hidden_stays_hidden_and_other_data_know_nothing_of_it(tmp_path: Path) -> None:
    first = build(FIRST, tmp_path / "one")
    (tmp_path / "two").mkdir()
    (tmp_path / "one" / "var").rename(tmp_path / "two" / "var")
    other = [row("4201", 40, edition="z"), row("4202", 20, edition="z"), row("4203", 30, edition="z")]
    printed = build(other, tmp_path / "two")
    assert first.hidden
    assert printed.hidden == set()
