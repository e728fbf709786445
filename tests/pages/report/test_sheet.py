"""A place's sheet on paper: one page, the numbers the command gives, and a sentence where it cannot be made."""

import datetime as dt
import io
import json
from pathlib import Path

import pypdf
import pytest

from analytics import __main__ as analytics_command
from data.i18n import LANGUAGES
from pages.components.rates import FEW
from pages.format.numbers import percent
from pages.report import __main__ as command
from pages.report.sheet import sheet

pytestmark = pytest.mark.long
DAY = dt.date(2026, 11, 29)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", ["4204", "1151", "0", "42"])
def test_a_sheet_is_one_tagged_page_with_what_the_command_says(region: str, lang: str, capsys) -> None:
    read = pypdf.PdfReader(io.BytesIO(sheet(region, lang, "pdf", DAY)))
    assert len(read.pages) == 1
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    analytics_command.main(["rate", "neet_register", "--region", region, "--age", "15-29"])
    rows = json.loads(capsys.readouterr().out)["rows"]
    told = max((row for row in rows if row["region_code"] == region and row["value"]), key=lambda row: row["period"])
    said = read.pages[0].extract_text().replace("\u00a0", " ").replace("\u202f", " ")
    share = percent(told["value"], lang=lang).replace("\u00a0", " ").replace("\u202f", " ")
    fewer = any(f"{FEW} {of} {told['population']:g}" in said for of in ("av", "of"))
    assert (share in said, fewer) == ((False, True) if told["count"] < FEW else (True, False))


def test_the_same_day_gives_the_same_bytes() -> None:
    assert sheet("4204", "nb", "pdf", DAY) == sheet("4204", "nb", "pdf", DAY)


def test_the_command_writes_a_picture(tmp_path: Path, capsys) -> None:
    assert command.main(["sheet", "--region", "4204", "--kind", "png", "--out", str(tmp_path / "ark")]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("lang", "words"), [("nb", "finnes ikke"), ("en", "does not exist")])
def test_a_place_that_is_not_there_is_named_with_what_could_be(tmp_path: Path, capsys, lang: str, words: str) -> None:
    assert command.main(["sheet", "--region", "9999", "--lang", lang, "--out", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "9999" in said
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, capsys) -> None:
    (tmp_path / "fil").write_text("")
    assert command.main(["sheet", "--region", "4204", "--out", str(tmp_path / "fil" / "ark"), "--lang", "nb"]) == 1
    assert "mappen finnes" in capsys.readouterr().err
