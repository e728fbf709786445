"""What is hidden changes nothing that is printed: two worlds that differ only behind the protection look the same.

The deliveries of both hold small counts, and what has to be hidden for them, in numbers that differ; every total is the
same. Everything a reader can have (the warehouse, pages with their pictures, tables and sentences, CSV, XLSX, PDF, the
steering note, the bundle, JSON of the commands) must then be the same too: rates, also standardised, differences,
survival steps, projections and what came of experiments are made of what is shown. Of an experiment a few were lost,
and a few are in education; its tables are kept as they were delivered, and no reader has them.
"""

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.bundle import contents, documents
from data.warehouse.build import build
from pages.components import downloads
from pages.report import document, sheet, workbook
from tests import demo_ground
from tests.data.raw_ground import HEADER, deliver
from tests.picture_data import Link, Listener, shown, visit
from tests.printed import running

WORLDS = ((2, 9, 3, 8), (1, 10, 2, 9))  # women and men outside, those aged 20–24 and 25–29: 11 in all both times
FLOWS = ((10, 12), (11, 11))  # those aged 25–29 who went to the allowance and to education: 22 in all both times
EXPERIMENTS = ((2, 3), (3, 1))  # of those who had no contact person: lost before they were measured, and in education
STRATA = ((2, 19), (1, 20))  # women of 15–19 and of 20–24: 21 in all both times
YEAR = "neet_register,{},2025,{},{},{},{},,final,0"
FLOW = "state_after,4204,2019,{},both,aap,{},12,{},{}"
FLOW_HEADER = "measure,region_code,cohort,age_group,sex,origin,destination,months,count,status"
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
AS_DELIVERED = ("experiment_cell", "experiment_flow")
TIMES = re.compile(rb"\d{4}-\d\d-\d\dT[\d:]+Z?")


def _home(folder: Path, world: int) -> Path:
    women, men, young, older = WORLDS[world]
    rows = [
        YEAR.format("4224", "15-29", "both", 11, 200), YEAR.format("4224", "15-29", "female", women, 95),
        YEAR.format("4224", "15-29", "male", men, 105), YEAR.format("4223", "15-29", "both", 11, 2600),
        YEAR.format("4223", "20-24", "both", young, 900), YEAR.format("4223", "25-29", "both", older, 850),
    ]  # fmt: skip
    few, others = STRATA[world]
    strata = {"15-19": (few, 9), "20-24": (others, 30), "25-29": (20, 25), "15-29": (41, 64)}
    rows += [
        YEAR.format("4218", age, sex, counts[place], 1200 if age == "15-29" else 400)
        for age, counts in strata.items() for place, sex in enumerate(("female", "male"))
    ]  # fmt: skip
    rows += [YEAR.format("4218", "15-29", "both", 105, 2400)]
    shutil.copytree(demo_ground.HOME / "plan", folder / "plan")
    _experiment(folder, *EXPERIMENTS[world])
    raw, said = folder / "raw", {"published": "2026-10", "accessed": "2026-11"}
    deliver(raw, text="\n".join([HEADER, *rows, ""]).encode(), source="nav", edition="nav-trap", **said)
    aap, education = FLOWS[world]
    groups = {
        "18-24": {"total": 29, "work": 20, "aap": "", "education": "", "left": 5},
        "25-29": {"total": 52, "work": 30, "aap": aap, "education": education},
        "18-29": {"total": 81, "work": 50, "aap": 12, "education": 14, "left": 5},
    }
    lines = [
        FLOW.format(age, to, n, "final" if n else "suppressed") for age, own in groups.items() for to, n in own.items()
    ]
    text = "\n".join([FLOW_HEADER, *lines, ""]).encode()
    deliver(raw, text=text, source="nav", name="flows", edition="nav-trap-flows", adapter="flows", **said)
    return folder


def _experiment(folder: Path, lost: int, few: int) -> None:
    shutil.copytree(demo_ground.HOME / "experiments", folder / "experiments")
    cell = "en-kontaktperson,all,{},1,,{},{},{}"
    cells = [
        cell.format(arm, outcome, n, events)
        for arm, n, outcomes in (("control", 282, (98, few)), ("treatment", 289, (132, 40)))
        for outcome, events in zip(("in_work", "in_education"), outcomes, strict=True)
    ]  # fmt: skip
    flows = [f"en-kontaktperson,control,341,{282 + lost},271,282", "en-kontaktperson,treatment,338,300,271,289"]
    results = "experiment,unit,arm,period,start,outcome,n,events"
    for name, lines in (
        ("results", [results, *cells]), ("flow", ["experiment,arm,assessed,assigned,started,measured", *flows]),
    ):  # fmt: skip
        said = {"name": name, "adapter": "uia", "edition": f"uia-trap-{name}", "published": "2026-10"}
        deliver(folder / "raw", source="uia", text="\n".join([*lines, ""]).encode(), accessed="2026-11", **said)


def _tables(var: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything in the warehouse but experiments as delivered, checksums of files and the time of the build."""
    with duckdb.connect(str(next(var.glob("innenfor-*.duckdb"))), read_only=True) as connection:
        names = [
            name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
        ]
        without = {"edition": "EXCLUDE (sha256, loaded_at)"}
        return {
            name: connection.execute(f"SELECT * {without.get(name, '')} FROM {name} ORDER BY ALL").fetchall()
            for name in names
            if name not in AS_DELIVERED
        }


def _everything(patch: pytest.MonkeyPatch) -> Iterator[tuple[str, object]]:
    """Yield what a reader can have of the build that is in use."""
    files: dict[str, bytes] = {}

    def taken(label: str, data: Any, file: str, key: str) -> None:
        if key == "bundle":  # its tables are looked at below; the file itself holds when it was made
            return
        made = data() if callable(data) else data
        files[f"{key} {file}"] = _plain(made.encode() if isinstance(made, str) else made)

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
        yield f"steering note {kind}", _plain(made)
    yield "sheet", _plain(sheet.sheet("4224", "nb", "pdf"))


def _seen(listener: Listener, page: str, link: Link) -> dict[str, Any]:
    return shown(visit(listener, page, link), listener)


def _plain(made: bytes) -> bytes:
    """Return a file without the time it was made: a workbook as its sheets and texts."""
    if not made.startswith(b"PK"):
        return TIMES.sub(b"", made)
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        return b"".join(book.read(name) for name in sorted(book.namelist()) if "docProps" not in name)


@pytest.mark.slow
def test_two_worlds_that_differ_behind_the_protection_look_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables, told = [], []
    for world in range(len(WORLDS)):
        home, var = _home(tmp_path / f"home{world}", world), tmp_path / f"var{world}"
        monkeypatch.setenv("INNENFOR_HOME", str(home))
        monkeypatch.setenv("INNENFOR_VAR", str(var))
        build(var=var)
        tables.append(_tables(var))
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
        home, var = _home(tmp_path / f"home{world}", world), tmp_path / f"var{world}"
        monkeypatch.setenv("INNENFOR_HOME", str(home))
        build(home / "raw", var)
        tables.append(_tables(var))
    told = {row[0] for row in tables[0]["observation"]}, {row[0] for row in tables[0]["transition"]}
    assert told == ({"neet_register"}, {"state_after"})
    assert tables[0] == tables[1]
