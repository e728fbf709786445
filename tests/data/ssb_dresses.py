"""One small table of SSB's, saved in every dress in which SSB gives it (synthetic layout: the numbers are invented)."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from tests.data.layouts import workbook

TITLE = "13556: Arbeidsstyrkestatus for unge, etter region, alder, kjønn, arbeidsstyrkestatus, statistikkvariabel og år"
STATUSES = {"TOT3": "I alt", "NEET": "NEET", "A.01": "Sysselsatte"}
REGIONS = {"K-4204": "Kristiansand", "K-4203": "Arendal"}
SEXES = {"0": "Begge kjønn", "2": "Kvinner"}
YEARS = ("2030", "2031")
Row = tuple[str, str, str, str]  # region, age, sex, status


def number(region: str, sex: str, status: str, year: str) -> int:
    base = {"TOT3": 9000, "NEET": 900, "A.01": 7000}[status] // (2 if sex == "2" else 1)
    return base + 10 * list(REGIONS).index(region) + YEARS.index(year)


def rows() -> list[Row]:
    return [(region, "15-29", sex, status) for region in REGIONS for sex in SEXES for status in STATUSES]


def delimited(path: Path, table: Sequence[Sequence[object]], delimiter: str, encoding: str = "utf-8") -> Path:
    lines = [delimiter.join(f'"{cell}"' if isinstance(cell, str) else str(cell) for cell in row) for row in table]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def labels(row: Row) -> list[object]:
    region, age, sex, status = row
    return [f"{region} {REGIONS[region]}", f"{age} år", SEXES[sex], STATUSES[status]]


def both_years(row: Row) -> list[object]:
    region, _, sex, status = row
    return [number(region, sex, status, year) for year in YEARS]


def uncatalogued(folder: Path) -> Path:
    """A table nobody has catalogued (synthetic layout: the numbers are invented)."""
    title = "19999: Deltakere i introduksjonsprogram, etter region, alder, status, statistikkvariabel og år"
    heads = ["region", "alder", "status", "Personer 2030", "Personer 2031"]
    rows = [
        ["4204 Kristiansand", "18-29 år", "I alt", 20000, 20010], ["4204 Kristiansand", "18-29 år", "Deltar", 500, 613],
        ["4203 Arendal", "18-29 år", "I alt", 8000, 8010], ["4203 Arendal", "18-29 år", "Deltar", 90, 101],
    ]  # fmt: skip
    return delimited(folder / "tabell.csv", [[title], [], heads, *rows], ";", "iso-8859-1")


def statbank_csv(folder: Path) -> Path:
    heads = ["region", "alder", "kjønn", "arbeidsstyrkestatus", *(f"Bosatte {year}" for year in YEARS)]
    table = [[TITLE], [], heads, *([*labels(row), *both_years(row)] for row in rows())]
    return delimited(folder / "a.csv", table, ";", "iso-8859-1")


def statbank_xlsx(folder: Path) -> Path:
    heads = [[TITLE], [None] * 4 + ["Bosatte", None], [None] * 4 + list(YEARS)]
    body = [[*labels(row), *both_years(row)] for row in rows()]
    return workbook(folder / "a.xlsx", {"13556": [*heads, *body, [], ["Kilde:"], ["Statistisk sentralbyrå"]]})


def wide_codes(folder: Path, name: str = "13556.csv") -> Path:
    heads = ["Region", "HovArbStyrkStatus", "Kjonn", "Alder", *(f"Bosatte {year}" for year in YEARS)]
    table = [heads, *([row[0][2:], row[3], row[2], row[1], *both_years(row)] for row in rows())]
    return delimited(folder / name, table, ",")


def wide_texts(folder: Path) -> Path:
    heads = ["region", "arbeidsstyrkestatus", "kjønn", "alder", *(f"Bosatte {year}" for year in YEARS)]
    body = [[region, status, sex, age] for region, age, sex, status in map(labels, rows())]
    table = [heads, *([*facts, *both_years(row)] for facts, row in zip(body, rows(), strict=True))]
    return delimited(folder / "a.csv", table, ";", "iso-8859-1")


def wide_codes_and_texts(folder: Path) -> Path:
    heads = ["region", "arbeidsstyrkestatus", "kjønn", "alder", *(f"Bosatte {year}" for year in YEARS)]
    table = [heads] + [
        [f"{region} {REGIONS[region]}", f"{status} {STATUSES[status]}", f"{sex} {SEXES[sex]}", f"{age} {age} år",
         *both_years((region, age, sex, status))]
        for region, age, sex, status in rows()
    ]  # fmt: skip
    return delimited(folder / "a.csv", table, "\t")


def long_codes(folder: Path) -> Path:
    heads = ["Region", "HovArbStyrkStatus", "Kjonn", "Alder", "ContentsCode", "Tid", "value"]
    table = [heads] + [
        [row[0], row[3], row[2], row[1], "Bosatte", year, number(row[0], row[2], row[3], year)]
        for row in rows() for year in YEARS
    ]  # fmt: skip
    return delimited(folder / "a.csv", table, ",", "iso-8859-1")


def long_texts(folder: Path) -> Path:
    heads = ["region", "arbeidsstyrkestatus", "kjønn", "alder", "statistikkvariabel", "år", TITLE]
    body = [[region, status, sex, age] for region, age, sex, status in map(labels, rows())]
    table = [heads] + [
        [*facts, "Bosatte", year, number(row[0], row[2], row[3], year)]
        for facts, row in zip(body, rows(), strict=True) for year in YEARS
    ]  # fmt: skip
    return delimited(folder / "a.csv", table, ",", "iso-8859-1")


def spaced_codes(folder: Path) -> Path:
    text = wide_codes(folder).read_text(encoding="utf-8")
    (folder / "13556.csv").write_text(text.replace(",", " "), encoding="utf-8")
    return folder / "13556.csv"


def titled_codes(folder: Path) -> Path:
    text = wide_codes(folder, "b.csv").read_text(encoding="utf-8")
    (folder / "a.csv").write_text(f'"{TITLE}"\n{text}', encoding="utf-8")
    return folder / "a.csv"


def parquet(folder: Path) -> Path:
    table = pl.DataFrame(
        [
            {"region": row[0], "alder": row[1], "kjonn": row[2], "arbeidsstyrkestatus": row[3], "år": year,
             "timestamp": f"{year}-01-01", "ContentsCode_Bosatte": float(number(row[0], row[2], row[3], year)),
             "ContentsCode_Bosatte_symbol": None, "ContentsCode_BosatteProsent": 1.5,
             "ContentsCode_BosatteProsent_symbol": ""}
            for row in rows() for year in YEARS
        ],
        schema_overrides={"ContentsCode_Bosatte_symbol": pl.String},
    )  # fmt: skip
    table.write_parquet(folder / "13556.parquet")
    return folder / "13556.parquet"


def parquet_of_one_content(folder: Path) -> Path:
    table = pl.read_parquet(parquet(folder)).select(
        "region", "alder", "kjonn", "arbeidsstyrkestatus", "år", "timestamp", value="ContentsCode_Bosatte",
        value_symbol="ContentsCode_Bosatte_symbol",
    )  # fmt: skip
    table.write_parquet(folder / "13556.parquet")
    return folder / "13556.parquet"


def jsonstat2(folder: Path, **changes: object) -> Path:
    sizes = {"Region": REGIONS, "Alder": {"15-29": "15-29 år"}, "Kjonn": SEXES, "HovArbStyrkStatus": STATUSES,
             "ContentsCode": {"Bosatte": "Bosatte"}, "Tid": {year: year for year in YEARS}}  # fmt: skip
    body: dict[str, object] = {
        "version": "2.0", "class": "dataset", "label": TITLE, "source": "Statistisk sentralbyrå",
        "updated": "2032-01-02T07:00:00Z", "id": list(sizes), "size": [len(each) for each in sizes.values()],
        "role": {"time": ["Tid"], "metric": ["ContentsCode"], "geo": ["Region"]},
        "dimension": {name: {"label": name, "category": {"index": [*of], "label": of}} for name, of in sizes.items()},
        "value": [value for row in rows() for value in both_years(row)],
    }  # fmt: skip
    (folder / "a.json").write_text(json.dumps(body | changes), encoding="utf-8")
    return folder / "a.json"


def jsonstat2_without_labels(folder: Path) -> Path:
    body = json.loads(jsonstat2(folder).read_text(encoding="utf-8"))
    for dimension in body["dimension"].values():
        del dimension["category"]["label"]
    return jsonstat2(folder, dimension=body["dimension"], role={})


def jsonstat2_without_contents(folder: Path) -> Path:
    body = json.loads(jsonstat2(folder).read_text(encoding="utf-8"))
    del body["id"][4], body["size"][4], body["dimension"]["ContentsCode"]
    values = {str(place): value for place, value in enumerate(body["value"])}
    return jsonstat2(folder, **{name: body[name] for name in ("id", "size", "dimension")}, role={}, value=values)


def parquet_of_labelled_columns(folder: Path) -> Path:
    pl.read_parquet(parquet(folder)).rename({"kjonn": "kjønn"}).write_parquet(folder / "13556.parquet")
    return folder / "13556.parquet"


def long_with_the_sexes_first(folder: Path) -> Path:
    heads = ["kjønn", "statistikkvariabel", "region", "arbeidsstyrkestatus", "alder", "år", "value"]
    table = [heads] + [
        [f"{sex} {SEXES[sex]}", contents, f"{region} {REGIONS[region]}", f"{status} {STATUSES[status]}", f"{age} år",
         year, value]
        for region, age, sex, status in rows() for year in YEARS
        for contents, value in (("Bosatte", number(region, sex, status, year)), ("Bosatte (prosent)", "12.5"))
    ]  # fmt: skip
    return delimited(folder / "a.csv", table, "\t", "utf-16")


def long_headed_by_the_title(folder: Path) -> Path:
    heads = ["region", "arbeidsstyrkestatus", "kjønn", "alder", "år", TITLE]
    body = [[region, status, sex, age] for region, age, sex, status in map(labels, rows())]
    table = [heads] + [
        [*facts, year, number(row[0], row[2], row[3], year)]
        for facts, row in zip(body, rows(), strict=True) for year in YEARS
    ]  # fmt: skip
    return delimited(folder / "a.csv", table, ";", "utf-8-sig")


def english_with_the_sexes_in_the_headings(folder: Path) -> Path:
    title = "13556: Young people, by region, age, labour force status, sex, contents and year"
    across = [(sex, year) for sex in SEXES for year in YEARS]
    named = {"0": "0 Both sexes", "2": "2 Females"}
    heads = ["region", "age", "labour force status", *(f"Residents {named[sex]} {year}" for sex, year in across)]
    called = {"TOT3": "Total", "NEET": "Not in employment, education or training (NEET)", "A.01": "Employed"}
    table = [[title], [], heads] + [
        [f"{region} {name}", "15-29 years", called[status],
         *(number(region, sex, status, year) for sex, year in across)]
        for region, name in REGIONS.items() for status in STATUSES
    ]  # fmt: skip
    return delimited(folder / "a.csv", table, ",", "cp1252")


def workbook_with_years_at_the_side(folder: Path) -> Path:
    title = "13556: Unge, etter statistikkvariabel, region, år, arbeidsstyrkestatus, kjønn og alder"
    across = [(status, sex) for status in STATUSES for sex in SEXES]
    firsts = [f"{status} {STATUSES[status]}" if sex == "0" else None for status, sex in across]
    heads = [firsts, [f"{sex} {SEXES[sex]}" for _, sex in across], ["15-29 15-29 år", *[None] * (len(across) - 1)]]
    body = [
        ["Bosatte" if place == 0 else None, f"{region} {name}" if year == YEARS[0] else None, year,
         *(number(region, sex, status, year) for status, sex in across)]
        for place, (region, name) in enumerate(REGIONS.items()) for year in YEARS
    ]  # fmt: skip
    table = [[title], *([None] * 3 + row for row in heads), *body, [], ["Kilde:"], ["Statistisk sentralbyrå"]]
    return workbook(folder / "a.xlsx", {"Ark1": table})


TEXTS = (
    *(statbank_csv, wide_codes, wide_texts, wide_codes_and_texts, long_codes),
    *(long_texts, spaced_codes, titled_codes, long_with_the_sexes_first, long_headed_by_the_title),
    english_with_the_sexes_in_the_headings,
)
WORKBOOKS = (statbank_xlsx, workbook_with_years_at_the_side)
INTERFACE = (
    *(parquet, parquet_of_one_content, parquet_of_labelled_columns),
    *(jsonstat2, jsonstat2_without_labels, jsonstat2_without_contents),
)
DRESSES: dict[str, Callable[[Path], Path]] = {each.__name__: each for each in (*TEXTS, *WORKBOOKS, *INTERFACE)}
