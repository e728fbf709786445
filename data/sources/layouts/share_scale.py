"""Is a share percent or a fraction? Decided for each table by what it gives, never by its heading alone."""

from collections.abc import Callable, Mapping, Sequence

from data.format.numbers import rounded
from data.ingest.contract import Problem
from data.sources.layouts.description import Residents

Population = Callable[[str, str, str, str], int | None]
Record = dict[str, str]
_TOLERANCE = 0.15


def scaled(
    file: str, records: Sequence[Record], bounds: Mapping[str, Residents], population: Population | None = None
) -> list[Problem]:
    """Bring the shares of one table to fractions, in place; return the problems that leave the unit undecided.

    `population(region_code, period, age_group, sex)` returns residents or None. Where it is known, share and
    count ÷ residents must agree; elsewhere a share above 1 means percent, and otherwise the residents that the
    shares imply must be possible for the level under one unit only.
    """
    shares = [record for record in records if _number(record.get("share", ""))]
    if not shares:
        return []
    factors = _by_population(shares, population) or _by_size(shares) or _by_bounds(shares, bounds)
    if len(factors) != 1:
        first = shares[0]
        return [
            Problem(
                code="share_undecided",
                file=file,
                sheet=first["sheet"],
                cell=first["share_cell"],
                expected="share_or_percent",
                found=first["share"],
                column=first["heading"],
            )
        ]
    factor = factors.pop()
    found = [problem for record in shares for problem in _disagrees(file, record, factor, population)]
    if factor == 100:
        for record in shares:
            record["share"] = repr(_number(record["share"]) / 100)
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _known(record: Record, population: Population | None) -> int:
    key = (record.get("region_code", ""), record["period"], record["age_group"], record["sex"])
    return (population(*key) or 0) if population else 0


def _by_population(shares: Sequence[Record], population: Population | None) -> set[int]:
    votes: set[int] = set()
    for record in shares:
        residents, count = _known(record, population), _number(record["count"])
        if residents and count:
            votes |= {factor for factor in (1, 100) if _near(_number(record["share"]), factor * count / residents)}
    return votes


def _by_size(shares: Sequence[Record]) -> set[int]:
    return {100} if any(_number(record["share"]) > 1 for record in shares) else set()


def _by_bounds(shares: Sequence[Record], bounds: Mapping[str, Residents]) -> set[int]:
    """Return the units under which every row implies a possible number of residents."""
    tested = [
        (record, bounds[record["level"]]) for record in shares if record["level"] in bounds and _number(record["count"])
    ]
    return {factor for factor in (1, 100) if all(_possible(record, factor, bound) for record, bound in tested)}


def _possible(record: Record, factor: int, bound: Residents) -> bool:
    return bound.low <= factor * _number(record["count"]) / _number(record["share"]) <= bound.high


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _TOLERANCE * max(one, other)


def _disagrees(file: str, record: Record, factor: int, population: Population | None) -> list[Problem]:
    residents, count, share = _known(record, population), _number(record["count"]), _number(record["share"])
    place = {"file": file, "sheet": record["sheet"], "found": record["share"]}
    if residents and count > residents:
        return [
            Problem(
                code="count_above_population",
                **place | {"found": record["count"]},
                cell=record["count_cell"],
                expected=str(residents),
            )
        ]
    if (
        residents
        and count
        and not _near(share, factor * count / residents)
        and abs(share - factor * count / residents) > 0.06
    ):
        return [
            Problem(
                code="share_mismatch",
                **place,
                cell=record["share_cell"],
                expected=str(rounded(factor * count / residents, 2)),
            )
        ]
    return []
