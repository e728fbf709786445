"""Look-alikes of every layout walked whole: brought in, built, drawn, written to a file: the same number everywhere."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest

from analytics.exclusion import subject as exclusion
from data.deliveries import door
from data.warehouse import build, connection
from pages.components import downloads
from pages.components.chart_card import Chart
from pages.views.exclusion.selection import ExclusionSelection
from pages.views.exclusion.view import PICTURES
from tests.data.door_ground import TABLE, own, said, table
from tests.data.layouts import hl060, order, person, udir, workbook
from tests.data.raw_ground import HEADER
from tests.data.sources.test_county import AGDER
from tests.data.sources.test_imdi_fhi import AGDER as AGDER_OF_IMDI
from tests.data.sources.test_imdi_fhi import PUPILS, _fhi, _imdi
from tests.data.sources.test_nav_shapes import recipients, unemployed
from tests.data.ssb_dresses import DRESSES, delimited, number

__all__ = ["own"]  # a fixture
pytestmark = pytest.mark.long


class Brought(NamedTuple):
    """A file, whose it is, of what it holds a figure (indicator, region, age, sex, period), and that figure."""

    file: Path
    source: str
    of: tuple[str, str, str, str, str]
    figure: tuple[str, float]


def files(folder: Path) -> Iterator[Brought]:
    """Yield a look-alike of each layout; SSB's are one table in every dress it is saved in."""
    tidy = table(folder / "own", TABLE.replace("2031", "2029"))
    yield Brought(tidy, "ssb", ("neet_register", "4204", "15-29", "both", "2029"), ("count", 2345))
    people = order([person("Agder", "Menn", 777, None), person("Agder", "Begge kjønn", 1555, None)])
    book = workbook(folder / "order.xlsx", {"Nedsatt 18 - 29 år fylker": people})
    yield Brought(book, "nav", ("reduced_work_capacity", "42", "18-29", "male", "2024-03"), ("count", 777))
    months = (["Januar", "Februar"], [["4204 Kristiansand", 40, 41], ["4203 Arendal", 37, 38]])
    book = workbook(folder / "hl060.xlsx", {"Tall": hl060("Antall", {"Agder": months})})
    yield Brought(book, "nav", ("fully_unemployed", "4204", "all", "both", "2019-01"), ("count", 40))
    for title, indicator, count in (("AAP155 Mottakere av arbeidsavklaringspenger", "aap_recipients", 3210),
                                    ("PST302 Mottakere av uføretrygd", "disability_benefit", 4210)):  # fmt: skip
        sheet = recipients("Antall", "2031", [[None, "4204 Kristiansand", 3200, count]], f"{title}. Kommune.")
        book = workbook(folder / f"{title[:6]}.xlsx", {"Antall": sheet})
        yield Brought(book, "nav", (indicator, "4204", "all", "both", "2031-02"), ("count", count))
    fhi = _fhi(folder / "fhi.csv", [f"Kristiansand,2031,kjønn samlet,{PUPILS},21.5"])
    yield Brought(fhi, "fhi", ("mental_distress", "4204", "13-15", "both", "2031"), ("value", 0.215))
    imdi = _imdi(folder / "imdi.csv", [AGDER_OF_IMDI])
    yield Brought(imdi, "imdi", ("upper_secondary_completed", "42", "all", "female", "2031"), ("count", 400))
    yield from more_of_hand(folder)
    for name, dress in DRESSES.items():
        (folder / name).mkdir()
        count = number("K-4203", "0", "NEET", "2031")
        file = dress(folder / name)
        yield Brought(file, "ssb", ("neet_register", "4203", "15-29", "both", "2031"), ("count", count))


def more_of_hand(folder: Path) -> Iterator[Brought]:
    """Yield what else is sent by hand: Udir, NAV by month, the same sheets and tables saved anew."""
    quit_school = udir(folder / "udir.csv", [AGDER])
    yield Brought(quit_school, "county", ("upper_secondary_quit", "42", "all", "both", "2032-33"), ("value", 0.029))
    seekers = workbook(folder / "seekers.xlsx", {"Fylker": unemployed("Fylker", rows=(("Fylker", "42 Agder"),))})
    yield Brought(seekers, "nav", ("on_measures", "42", "all", "male", "2031-05"), ("count", 624))
    women = order([person("Agder", "Kvinner", 778, None)])
    texts = [["" if cell is None else cell for cell in row] or [""] for row in women]
    saved = delimited(folder / "Nedsatt 18 - 29 år fylker.csv", texts, ";")
    yield Brought(saved, "nav", ("reduced_work_capacity", "42", "18-29", "female", "2024-03"), ("count", 778))
    own_words = "aap_recipients,42,2030-01,18-29,both,812,40600,,final,0"
    tidy = pl.read_csv(table(folder / "words", f"{HEADER}\n{own_words}\n"), infer_schema=False)
    book = workbook(folder / "tidy.xlsx", {"Tall": [tidy.columns, *tidy.rows()]})
    yield Brought(book, "nav", ("aap_recipients", "42", "18-29", "both", "2030-01"), ("count", 812))
    packed = folder / "tidy.parquet"
    tidy.with_columns(count=pl.lit(634), indicator=pl.lit("disability_benefit")).write_parquet(packed)
    yield Brought(packed, "nav", ("disability_benefit", "42", "18-29", "both", "2030-01"), ("count", 634))


def in_the_file(indicator: str, region: str, age: str, sex: str, period: str) -> dict[str, object]:
    """Return a point as the file beneath the picture has it: the file is written of what the picture is drawn from."""
    subject = exclusion.subject(indicator, region, age, sex)
    assert subject is not None
    made = PICTURES["trend"](ExclusionSelection(subject, "trend", period))
    assert isinstance(made, Chart), indicator
    read = pl.read_csv(io.BytesIO(downloads.csv(made.table, made.sources)), schema_overrides={"period": pl.String})
    return read.row(by_predicate=pl.col("period") == period, named=True)


def test_every_layout_comes_in_and_gives_its_number_on_the_page_and_in_the_file(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = build.build()
    monkeypatch.setattr(door, "build", lambda **_: report)  # one build of all of them, below
    folder, brought = tmp_path / "brought", {}
    folder.mkdir()
    for each in files(folder):
        code, told = said(capsys, "add", str(each.file), "--source", each.source, "--yes")
        assert (code, told.get("state")) == (0, "added"), (told, each)
        assert each.of[0] in told["indicators"], each
        kept = own / "raw" / each.source / told["edition"] / each.file.name
        assert kept.read_bytes() == each.file.read_bytes()
        brought[told["edition"]] = each
    build.build()
    rows, key = connection.table("observation"), ("indicator", "region_code", "age_group", "sex", "period")
    for edition, each in brought.items():
        built = rows.row(by_predicate=(pl.col("edition") == edition) & _is(dict(zip(key, each.of, strict=True))),
                         named=True)  # fmt: skip
        name, figure = each.figure
        assert built[name] == pytest.approx(figure), each
    for of, (name, figure) in {each.of: each.figure for each in brought.values()}.items():
        point = in_the_file(*of)
        assert point[name] == pytest.approx(figure), of
        assert brought[str(point["edition"])].of == of


def _is(values: dict[str, str]) -> pl.Expr:
    return pl.all_horizontal(pl.col(name) == value for name, value in values.items())
