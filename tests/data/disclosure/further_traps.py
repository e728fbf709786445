"""Ten more traps: overlaps, ends without end, single years, nations by sex, states by sex, publishers of one figure."""

from tests.data.disclosure.traps import AGDER, COUNTY, STAR, UNTOLD, WEST, Row, residents, row

ORIGIN = {"age": "15-29", "period": "2024"}
TRAPS: dict[str, list[Row]] = {
    "what two overlapping ages share, an age printed elsewhere": [
        row("4201", UNTOLD, age="20-24"), row("4201", 22, age="15-24"), row("4201", 30, age="20-29"),
        row("4201", 50, age="15-29"), row("4202", 40, age="20-24"),
    ],
    "single years of an age": [
        row("4201", STAR, age="18-18"), row("4201", 9, age="19-19"), row("4201", 8, age="20-20"),
        row("4201", 11, age="18-19"), row("4201", 19, age="18-20"),
    ],
    "all less an age, by sex": [
        row("4201", STAR, age="30-66", sex="female"), row("4201", 50, age="18-29", sex="female"),
        row("4201", 40, age="18-29", sex="male"), row("4201", 60, age="30-66", sex="male"),
        row("4201", 152, age="all"),
    ],
    "the nation's women, the other counties' both and men": [
        row("42", STAR, sex="female"), row("0", 2 + 60 * len(WEST), sex="female"),
        *(row(code, n, sex=sex) for code in WEST for sex, n in (("both", 100), ("male", 40))),
    ],
    "states of women, of men, and those outside of both": [
        *(row("4201", n, indicator=f"status_{state}", sex=sex, **ORIGIN)
          for sex, counts in (("female", (10, 9, STAR)), ("male", (12, 8, 7)))
          for state, n in zip(("health", "others", "unemployed"), counts, strict=True)),
        row("4201", 48, indicator="neet_register", **ORIGIN),
    ],
    "immigrants by age, all by sex": [
        row("4201", STAR, indicator="neet_register_immigrants", age="15-19", period="2024"),
        row("4201", 20, indicator="neet_register_immigrants", age="20-29", period="2024"),
        row("4201", 60, indicator="neet_register_others", **ORIGIN),
        row("4201", 42, indicator="neet_register", sex="female", **ORIGIN),
        row("4201", 40, indicator="neet_register", sex="male", **ORIGIN),
    ],
    "a share of five decimals, no count anywhere": [
        *COUNTY, row("42", share=0.02364, age="18-29", among=2200),
    ],
    "few are left of women, by shares of both and men": [
        row("4201", share=0.98, sex="female"), row("4201", share=0.5, sex="male"), row("4201", share=0.74),
        residents("4201", 100, sex="female"), residents("4201", 200),
    ],
    "two publishers of one county": [
        *COUNTY, row("42", 25, sex="female", source="county"), row("42", 27, sex="male", source="uia"),
    ],
    "every municipality but one, over two editions, and the county in a third by age": [
        row("4201", UNTOLD), *(row(code, 20, edition="ab"[n % 2]) for n, code in enumerate(AGDER) if code != "4201"),
        row("42", 200, age="18-24", edition="c"), row("42", 282, age="25-29", edition="c"),
    ],
}  # fmt: skip
