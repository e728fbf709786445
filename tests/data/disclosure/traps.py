"""Deliveries built as traps: each gives a small count back by adding and subtracting, unless something more is hidden.

`STAR` is a count the publisher hides, `UNTOLD` one of a cell without a row. A trap is rows of observations
(`row`); those of flows are in `flow_traps`.
"""

from data.catalogue import regions

STAR, UNTOLD = "star", "untold"  # hidden by the publisher; a small count that no row tells, but is left of others
Row = tuple[object, ...]
COLUMNS = (
    "region_code", "age_group", "sex", "count", "population", "value", "indicator", "source", "edition", "period",
)  # fmt: skip
FLOW = ("region_code", "age_group", "sex", "count", "destination", "months", "measure", "source", "edition")
SEXES = ("both", "female", "male")
AGDER = regions().filter(current=True, level="municipality", county="42")["code"].to_list()
WEST = ("03", "11", "15", "18", "31", "32", "33", "34", "39", "40", "46", "50", "55", "56")


def row(region: str, count: object = None, *, age: str = "18-29", sex: str = "both", among: int | None = None,
        share: float | None = None, indicator: str = "reduced_work_capacity", source: str = "nav", edition: str = "a",
        period: str = "2025-01") -> Row:  # fmt: skip
    return (region, age, sex, count, among, share, indicator, source, edition, period)


def residents(region: str, among: int, **more: str) -> Row:
    """Return a row of another table that tells how many live there; its own count gives nothing away."""
    return row(region, among // 2, among=among, indicator="aap_recipients", edition="residents", **more)  # type: ignore[arg-type]


COUNTY = [row("4201", STAR), row("4202", 20), row("4203", 30)]
FIRST = [
    row("4201", STAR, edition="a"), row("4202", 20, edition="a"), row("4203", 30, edition="b"),
    row("42", 52, edition="b"),
]  # fmt: skip
OBSERVED: dict[str, list[Row]] = {
    "a county as women and men": [*COUNTY, row("42", 25, sex="female"), row("42", 27, sex="male")],
    "a county as a share of residents": [*COUNTY, row("42", share=0.052, among=1000)],
    "a county as a share, its residents in another table": [*COUNTY, row("42", share=0.052), residents("42", 1000)],
    "a county as two ages": [
        *(row(code, n, age="18-66") for code, n in (("4201", STAR), ("4202", 20), ("4203", 30))),
        row("42", 22, age="18-29"), row("42", 30, age="30-66"),
    ],
    "the nation as women and men": [*COUNTY, row("0", 25, sex="female"), row("0", 27, sex="male")],
    "under 30 as two ages": [
        row("4201", 50, age="under-30"), row("4201", STAR, age="18-24"), row("4201", 48, age="25-29"),
    ],
    "all as two ages": [row("4201", 90, age="all"), row("4201", STAR), row("4201", 88, age="30-66")],
    "under 30 is 18-29": [row("4201", STAR), row("4201", 2, age="under-30"), row("4201", 90, age="all")],
    "three ages, one of them open": [
        row("4201", 30, age="15-29"), row("4201", 28, age="20-29"), row("4201", STAR, age="15-19"),
    ],
    "the other sex, later": [
        row("4201", STAR, sex="female"), row("4201", 30, sex="male"), row("4201", 32, edition="b"),
    ],
    "another edition": [row("4201", STAR), row("4201", 2, edition="b")],
    "another edition as a share": [row("4201", STAR), row("4201", share=0.02, among=100, edition="b")],
    "two counties and the nation": [row("42", STAR), row("11", 100), row("0", 102)],
    "a county of earlier borders": [
        row("0901", STAR, period="2018-01"), row("0904", 20, period="2018-01"), row("0906", 30, period="2018-01"),
        row("09", 52, period="2018-01"),
    ],
    "sexes of a county, ages of its places": [
        row("4201", STAR, age="18-24"), row("4201", 9, age="25-29"), row("4202", 8, age="18-24"),
        row("4202", 7, age="25-29"), row("42", 10, age="18-24", sex="female"), row("42", 0, age="18-24", sex="male"),
    ],
    "immigrants and all others": [
        row("4201", STAR, indicator="neet_register_immigrants", age="15-29", period="2024"),
        row("4201", 50, indicator="neet_register_others", age="15-29", period="2024"),
        row("4201", 52, indicator="neet_register", age="15-29", period="2024"),
    ],
    "residents are women and men of another table": [
        *COUNTY, row("42", share=0.052), residents("42", 480, sex="female"), residents("42", 520, sex="male"),
    ],
    "residents are two ages of another table": [
        *COUNTY, row("42", share=0.052), residents("42", 600, age="18-24"), residents("42", 400, age="25-29"),
    ],
    "residents are those of both less the men": [
        row("4201", STAR, sex="male"), row("4201", 40), row("4201", share=0.095, sex="female"),
        residents("4201", 800), residents("4201", 400, sex="male"),
    ],
    "residents of a county are those of its municipalities": [
        *COUNTY, row("42", share=0.052), *(residents(code, 40) for code in AGDER),
    ],
    "residents of a county are those of its municipalities' women and men": [
        *COUNTY, row("42", share=0.052),
        *(residents(code, n, sex=sex) for code in AGDER for sex, n in (("female", 18), ("male", 22))),
    ],
    "few are left of residents had by adding": [
        row("4201", 98), residents("4201", 60, sex="female"), residents("4201", 40, sex="male"),
    ],
    "few women are left, by the men and both": [
        row("4201", 98, sex="female", among=100), row("4201", 40, sex="male", among=100),
        row("4201", 138, among=200),
    ],
    "a share in one edition, its residents in the next": [
        *COUNTY, row("42", share=0.052, edition="b"), residents("42", 1000),
    ],
    "three editions, a part in each": [*FIRST, *(row(code, 20 + 10 * n, edition="c") for n, code in enumerate(
        ("4202", "4203")))],
    "three editions, each hides another municipality": [
        *(row(code, STAR if code == hidden else n, edition=edition)
          for edition, hidden in (("a", "4201"), ("b", "4202"), ("c", "4203"))
          for code, n in (("4201", 2), ("4202", 20), ("4203", 30))),
        row("42", 52, edition="c"),
    ],
    "three editions: women, men, both": [
        row("4201", STAR, sex="female"), row("4201", 30, sex="male", edition="b"), row("4201", 32, edition="c"),
    ],
    "three editions: ages, the sexes of one, the whole": [
        row("4201", STAR, age="18-24"), row("4201", 9, age="25-29", sex="female", edition="b"),
        row("4201", 8, age="25-29", sex="male", edition="b"), row("4201", 19, age="18-29", edition="c"),
    ],
    "three editions: a star, what is left of both, and the star shown": [
        row("4201", STAR, sex="female"), row("4201", 11), row("4201", 9, sex="male", edition="b"),
        row("4201", 2, sex="female", edition="c"),
    ],
    "the nation less the counties less the municipalities": [
        *COUNTY, row("0", 52 + 100 * len(WEST)), *(row(code, 100) for code in WEST),
    ],
    "three editions: a share of women, one of men, and both counted": [
        row("4201", share=0.02, sex="female", among=100, edition="a"), row("4201", share=0.3, sex="male", edition="b"),
        residents("4201", 100, sex="male"), row("4201", 32, edition="c"),
    ],
    "a share of a county, residents of its sexes, its parts over three editions": [
        row("4201", STAR, edition="a"), row("4202", 20, edition="b"), row("4203", 30, edition="b"),
        row("42", share=0.052, edition="c"), residents("42", 480, sex="female"), residents("42", 520, sex="male"),
    ],
    "immigrants by sex, over three editions": [
        row("4201", STAR, indicator="neet_register_immigrants", age="15-29", period="2024", sex="female"),
        row("4201", 9, indicator="neet_register_immigrants", age="15-29", period="2024", sex="male", edition="b"),
        row("4201", 40, indicator="neet_register_others", age="15-29", period="2024", edition="b"),
        row("4201", 51, indicator="neet_register", age="15-29", period="2024", edition="c"),
    ],
    "two stars that sum to two": [row("4201", STAR, sex="female"), row("4201", STAR, sex="male"), row("4202", 20),
                                  row("42", 22)],
    "three stars that sum to three": [
        *(row(code, STAR) for code in ("4201", "4202", "4203")), row("4204", 30), row("42", 33),
    ],
    "three stars that sum to nine": [
        *(row(code, STAR) for code in ("4201", "4202", "4203")), row("4204", 30), row("42", 39),
    ],
    "immigrant women, by all women": [
        row("4201", STAR, indicator="neet_register_immigrants", age="15-29", period="2024", sex="female"),
        row("4201", 20, indicator="neet_register_others", age="15-29", period="2024", sex="female"),
        row("4201", 22, indicator="neet_register", age="15-29", period="2024", sex="female"),
    ],
    "immigrants of a county, by its municipalities": [
        *(row(code, n, indicator=f"neet_register_{who}", age="15-29", period="2024")
          for code, who, n in (("4201", "immigrants", STAR), ("4201", "others", 20), ("4202", "immigrants", 9),
                               ("4202", "others", 30))),
        row("42", 61, indicator="neet_register", age="15-29", period="2024"),
    ],
    "states that make up all residents": [
        *(row("4201", n, indicator=f"status_{state}", age="15-29", period="2024", among=100)
          for state, n in (("employed", 70), ("education", 20), ("measures", STAR))),
        row("4201", 8, indicator="neet_register", age="15-29", period="2024", among=100),
    ],
    "states that make up those outside": [
        *(row("4201", n, indicator=f"status_{state}", age="15-29", period="2024")
          for state, n in (("health", 10), ("others", 9), ("unemployed", STAR))),
        row("4201", 21, indicator="neet_register", age="15-29", period="2024"),
    ],
    "an age nobody prints": [
        row("4201", UNTOLD, age="15-19"), row("4201", 20, age="20-24"), row("4201", 18, age="25-29"),
        row("4201", 40, age="15-29"),
    ],
    "men nobody prints": [row("4201", UNTOLD, sex="male"), row("4201", 38, sex="female"), row("4201", 40)],
    "men nobody prints, in two editions": [
        row("4201", UNTOLD, sex="male"), row("4201", 38, sex="female"), row("4201", 40, edition="b"),
    ],
    "immigrants nobody prints": [
        row("4201", UNTOLD, indicator="neet_register_immigrants", age="15-29", period="2024"),
        row("4201", 50, indicator="neet_register_others", age="15-29", period="2024"),
        row("4201", 52, indicator="neet_register", age="15-29", period="2024"),
    ],
    "a municipality nobody prints": [
        row("4201", UNTOLD), *(row(code, 20) for code in AGDER if code != "4201"), row("42", 482),
    ],
    "an age in the middle": [
        *(row("4201", n, age=age) for age, n in (("15-19", 9), ("20-24", STAR), ("25-29", 8), ("15-29", 19))),
    ],
    "overlapping ages": [
        row("4201", 24, age="16-24"), row("4201", 40, age="20-29"), row("4201", 22, age="20-24"),
        row("4201", 42, age="16-29"), row("4201", STAR, age="16-19"),
    ],
    "a small count nobody starred, in a county": [row("4201", 2), row("4202", 20), row("42", 22)],
    "a small share, by both sexes' share": [
        row("4201", share=0.02, sex="female", among=100), row("4201", share=0.3, sex="male", among=100),
        row("4201", share=0.16, among=200),
    ],
    "women by ages and men by ages": [
        row("4201", STAR, age="18-24", sex="female"), row("4201", 9, age="25-29", sex="female"),
        row("4201", 12, age="18-24", sex="male"), row("4201", 8, age="25-29", sex="male"), row("4201", 31),
    ],
}  # fmt: skip
