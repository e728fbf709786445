"""Flows built as traps, and all traps together."""

from tests.data.disclosure.traps import OBSERVED, STAR, Row


def flow(region: str, counts: dict[str, object], *, age: str = "18-29", sex: str = "both", months: int = 12,
         measure: str = "state_after", source: str = "nav", edition: str = "a") -> list[Row]:  # fmt: skip
    """Return a group: who started (`total`, else the sum of what is told) and where they are."""
    whole = {"total": counts.get("total") or sum(n for n in counts.values() if isinstance(n, int))}
    return [(region, age, sex, n, to, months, measure, source, edition) for to, n in (whole | counts).items()]


def exits(region: str, started: int, ways: dict[int, tuple[object, object, object]], **more: str) -> list[Row]:
    """Return first exits: who started, and in each interval who went inside, elsewhere, or is no longer followed."""
    told = {"measure": "first_exit", **more}
    found = flow(region, {"total": started}, months=0, **told)  # type: ignore[arg-type]
    for months, counts in ways.items():
        names = dict(zip(("inside", "elsewhere", "left"), counts, strict=True))
        found += flow(region, {"total": 1, **names}, months=months, **told)[1:]  # type: ignore[arg-type]
    return found


def to(work: object, aap: object, education: object, left: object = 0, total: int | None = None) -> dict[str, object]:
    known = {"work": work, "aap": aap, "education": education, "left": left}
    return {"total": total, **known} if total else known


FLOWS: dict[str, list[Row]] = {
    "a flow of two ages": [
        *flow("4201", to(20, STAR, STAR, 5, 29), age="18-24"), *flow("4201", to(30, 10, 12), age="25-29"),
        *flow("4201", to(50, 12, 14, 5)),
    ],
    "a flow of two places": [
        *flow("4201", to(20, STAR, STAR, 5, 29)), *flow("4202", to(30, 10, 12)), *flow("42", to(50, 12, 14, 5)),
    ],
    "a flow in another edition": [
        *flow("4201", to(20, STAR, STAR, 5, 36)), *flow("4201", to(20, STAR, 8, STAR, 36), edition="b"),
        *flow("4201", to(STAR, STAR, 8, 5, 36), edition="c"),
    ],
    "a flow of the other sex, later": [
        *flow("4201", to(20, STAR, STAR, 5, 29), sex="female"), *flow("4201", to(30, 10, 12), sex="male", edition="b"),
        *flow("4201", to(50, 12, 14, 5), edition="c"),
    ],
    "a flow of ages, later": [
        *flow("4201", to(20, STAR, STAR, 5, 29), age="18-24"), *flow("4201", to(30, 10, 12), age="25-29", edition="b"),
        *flow("4201", to(50, 12, 14, 5), edition="c"),
    ],
    "a flow of counties and the nation": [
        *flow("42", to(20, STAR, STAR, 5, 29)), *flow("11", to(30, 10, 12)), *flow("0", to(50, 12, 14, 5)),
    ],
    "a flow of a county by sex, of its places by both": [
        *flow("4201", to(20, STAR, STAR, 5, 29)), *flow("4202", to(30, 10, 12)),
        *flow("42", to(20, 7, 6, 5), sex="female"), *flow("42", to(30, 5, 8), sex="male"),
    ],
    "a flow where one age has no such row": [
        *flow("4201", {"work": 20, "aap": STAR, "education": STAR, "total": 24}, age="18-24"),
        *flow("4201", {"work": 30, "education": 12, "left": 6}, age="25-29"), *flow("4201", to(50, STAR, 14, STAR, 72)),
    ],
    "first exits of two ages": [
        *exits("4201", 60, {12: (20, STAR, 5), 60: (10, STAR, 5)}, age="18-24"),
        *exits("4201", 60, {12: (10, 10, 5), 60: (10, 10, 5)}, age="25-29"),
        *exits("4201", 120, {12: (30, 12, 10), 60: (20, 13, 10)}),
    ],
    "few have no exit at all": exits("4201", 42, {12: (20, 5, 5), 60: (0, 5, 5)}),
    "states after a year, and few who have no exit": [
        *flow("4201", to(16, 9, 9, 5)), *exits("4201", 39, {12: (15, 9, 5), 60: (0, 4, 4)}, edition="b"),
    ],
    "a flow of women and men over three editions, of two ages": [
        *flow("4201", to(20, STAR, STAR, 5, 29), sex="female", age="18-24"),
        *flow("4201", to(30, 10, 12), sex="male", age="18-24", edition="b"),
        *flow("4201", to(20, 6, 7, 4), age="25-29", edition="b"), *flow("4201", to(70, 18, 21, 9), edition="c"),
    ],
    "a flow over three editions and two places": [
        *flow("4201", to(20, STAR, STAR, 5, 29)), *flow("4202", to(30, 10, STAR, STAR, 56), edition="b"),
        *flow("4202", to(30, 10, 12, 4), edition="c"), *flow("42", to(50, 12, 14, 9), edition="c"),
    ],
}  # fmt: skip
TRAPS = OBSERVED | FLOWS
