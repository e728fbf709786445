"""Two homes that differ only in small counts and in what has to be hidden for them; every total is the same."""

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import duckdb

from tests import demo_ground
from tests.data.raw_ground import HEADER, deliver

WORLDS = ((2, 9, 3, 8), (1, 10, 2, 9))  # women and men outside, those aged 20–24 and 25–29: 11 in all both times
FLOWS = ((10, 12), (11, 11))  # those aged 25–29 who went to the allowance and to education: 22 in all both times
EXPERIMENTS = ((2, 3), (3, 1))  # of those who had no contact person: lost before they were measured, and in education
FEW_IN_WORK = (2, 3)  # of those who had no contact person, in a home whose main outcome is as small
STRATA = ((2, 19), (1, 20))  # women of 15–19 and of 20–24: 21 in all both times
YEAR = "neet_register,{},2025,{},{},{},{},,final,0"
FLOW = "state_after,4204,2019,{},both,aap,{},12,{},{}"
FLOW_HEADER = "measure,region_code,cohort,age_group,sex,origin,destination,months,count,status"
AS_DELIVERED = ("experiment_cell", "experiment_flow")
TIMES = re.compile(rb"\d{4}-\d\d-\d\dT[\d:]+Z?")


def home_of(folder: Path, world: int, in_work: int = 98) -> Path:
    """Write one of the two homes into a folder. in_work: of the experiment's control group."""
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
    _experiment(folder, *EXPERIMENTS[world], in_work)
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


def _experiment(folder: Path, lost: int, few: int, in_work: int) -> None:
    shutil.copytree(demo_ground.HOME / "experiments", folder / "experiments")
    cell = "en-kontaktperson,all,{},1,,{},{},{}"
    cells = [
        cell.format(arm, outcome, n, events)
        for arm, n, outcomes in (("control", 282, (in_work, few)), ("treatment", 289, (132, 40)))
        for outcome, events in zip(("in_work", "in_education"), outcomes, strict=True)
    ]  # fmt: skip
    flows = [f"en-kontaktperson,control,341,{282 + lost},271,282", "en-kontaktperson,treatment,338,300,271,289"]
    results = "experiment,unit,arm,period,start,outcome,n,events"
    for name, lines in (
        ("results", [results, *cells]), ("flow", ["experiment,arm,assessed,assigned,started,measured", *flows]),
    ):  # fmt: skip
        said = {"name": name, "adapter": "uia", "edition": f"uia-trap-{name}", "published": "2026-10"}
        deliver(folder / "raw", source="uia", text="\n".join([*lines, ""]).encode(), accessed="2026-11", **said)


def of_the_build(var: Path) -> dict[str, list[tuple[Any, ...]]]:
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


def plain(made: bytes) -> bytes:
    """Return a file without the time it was made: a workbook as its sheets and texts."""
    if not made.startswith(b"PK"):
        return TIMES.sub(b"", made)
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        return b"".join(book.read(name) for name in sorted(book.namelist()) if "docProps" not in name)
