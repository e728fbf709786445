"""What is hidden changes nothing that is printed: two worlds that differ only behind the protection look the same.

The deliveries of both hold small counts, and what has to be hidden for them, in numbers that differ; every total is the
same. Everything a reader can have (the warehouse, pages with their pictures, tables and sentences, CSV, XLSX, PDF, the
steering note, the bundle, JSON of the commands) must then be the same too: rates, also standardised, differences,
survival steps, projections and what came of experiments are made of what is shown. Of an experiment a few were lost,
and a few are in education; its tables are kept as they were delivered, and no reader has them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.bundle import contents, documents
from data.warehouse.build import build
from pages.components import downloads
from pages.report import document, sheet, workbook
from tests.picture_data import Link, Listener, shown, visit
from tests.printed import running
from tests.printed.two_worlds import WORLDS, home_of, of_the_build, plain

VIEWS = {
    "overview": ({"region": "4224"}, {"region": "4223"}),
    "exclusion": ({"region": "4224", "sex": "female"}, {"region": "4223"}),
    "cohorts": ({"region": "4204", "picture": "flows", "origin": "aap"}, {"region": "4223"}),
    "experiments": ({"experiment": "en-kontaktperson"},),
    "method": ({},),
}
COMMANDS = (
    "python -m data show neet_register --json",
    "python -m data show neet_register --csv",
    'python -m data sql "FROM figures ORDER BY ALL" --csv',
    'python -m data sql "FROM flows ORDER BY ALL" --csv',
    "python -m analytics rate neet_register --region 4224 --sex female --beside whole",
    "python -m analytics groups neet_register --region 4223",
    "python -m analytics standardised neet_register --region 4218",
    "python -m analytics compare neet_register --region 4218",
    "python -m analytics groups neet_register --region 4218",
    "python -m analytics ranking neet_register --region 4224 --sex female",
    "python -m analytics map neet_register --region 4224 --sex female",
    "python -m analytics funnel neet_register --region 4224 --sex female",
    "python -m analytics profile --region 4224",
    "python -m analytics counterfactual --region 4224 --sex female --start 2022",
    "python -m analytics evaluate --experiment en-kontaktperson",
    "python -m analytics cohort flows --region 4204 --origin aap",
    "python -m analytics cohort follow --region 4223",
    "python -m analytics cohort project --region 4223",
)


def _everything(patch: pytest.MonkeyPatch) -> Iterator[tuple[str, object]]:
    """Yield what a reader can have of the build that is in use."""
    files: dict[str, bytes] = {}

    def taken(label: str, data: Any, file: str, key: str) -> None:
        if key == "bundle":  # its tables are looked at below; the file itself holds when it was made
            return
        made = data() if callable(data) else data
        files[f"{key} {file}"] = plain(made.encode() if isinstance(made, str) else made)

    patch.setattr(downloads, "button", taken)
    listener = Listener(patch)
    for page, links in VIEWS.items():
        for link in links:
            yield f"{page} {link}", _seen(listener, page, link)
            yield f"{page} {link} files", dict(files)
            files.clear()
    assert listener.failures == []
    for line in COMMANDS:
        answer = running.command(line)
        assert answer.code != running.USAGE, answer.said
        yield line, answer.said
    for name, frame in contents.frames().items():
        yield f"bundle {name}", frame.drop("loaded_at", strict=False).rows()
    yield "bundle licences", documents.licence_list(contents.frames())
    for lang in ("nb", "en"):
        yield f"steering note {lang}", document.source(lang)
    note = document.note("nb")
    for kind, made in (("xlsx", workbook.xlsx(note)), ("csv", workbook.csv(note)), ("pdf", document.pdf("nb"))):
        yield f"steering note {kind}", plain(made)
    yield "sheet", plain(sheet.sheet("4224", "nb", "pdf"))


def _seen(listener: Listener, page: str, link: Link) -> dict[str, Any]:
    return shown(visit(listener, page, link), listener)


@pytest.mark.slow
def test_two_worlds_that_differ_behind_the_protection_look_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables, told = [], []
    for world in range(len(WORLDS)):
        home, var = home_of(tmp_path / f"home{world}", world), tmp_path / f"var{world}"
        monkeypatch.setenv("INNENFOR_HOME", str(home))
        monkeypatch.setenv("INNENFOR_VAR", str(var))
        build(var=var)
        tables.append(of_the_build(var))
        told.append(dict(_everything(monkeypatch)))
    hidden = [row for row in tables[0]["observation"] if "nav-trap" in row and "suppressed" in row]
    assert {row[1] for row in hidden} == {"4224", "4223", "4218"}
    assert any("nav-trap-flows" in row and "suppressed" in row for row in tables[0]["transition"])
    for page, words in (("exclusion", "nav-trap"), ("cohorts", "81 innbyggere 18–29 år"), ("experiments", "skjult")):
        assert any(words in str(said) for name, said in told[0].items() if name.startswith(page)), "not shown"
    assert "suppressed" in str(told[0]['python -m data sql "FROM flows ORDER BY ALL" --csv'])
    assert any("SKJULT" in str(said).upper() for name, said in told[0].items() if name.endswith("files"))
    assert [name for name in tables[0] if tables[0][name] != tables[1][name]] == []
    assert [name for name in told[0] if told[0][name] != told[1][name]] == []


@pytest.mark.long
def test_what_every_page_reads_is_the_same_in_both_worlds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = []
    for world in range(len(WORLDS)):
        home, var = home_of(tmp_path / f"home{world}", world), tmp_path / f"var{world}"
        monkeypatch.setenv("INNENFOR_HOME", str(home))
        build(home / "raw", var)
        tables.append(of_the_build(var))
    told = {row[0] for row in tables[0]["observation"]}, {row[0] for row in tables[0]["transition"]}
    assert told == ({"neet_register"}, {"state_after"})
    assert tables[0] == tables[1]
