"""Where nobody has looked yet, two homes that differ only behind the protection look the same there too.

The search, what is told to whoever watches the server, tables of one's own, questions in SQL one by one, a notebook,
the dossier, the planner, the worth of an experiment, the programme's room, and what a command says that has no answer.
One pair of homes has an experiment whose main outcome is as small as what is hidden.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data import paths
from data.warehouse.allowed import QuestionRefused
from data.warehouse.build import build
from data.warehouse.question import ask
from pages.server import search, status
from tests.picture_data import Listener, shown, visit
from tests.printed import running
from tests.printed.two_worlds import FEW_IN_WORK, WORLDS, home_of

KEY = "en-kontaktperson"
OF_A_BUILD = ("build", "built_at", "sessions")
PIVOT = {"part": "pivot", "indicator": "neet_register", "period": "2025"}
LINKS = (
    ("experiments", {"view": "portfolio"}),
    ("experiments", {"view": "one", "experiment": KEY}),
    ("experiments", {"view": "planner", "experiment": KEY}),
    ("gains", {"experiment": KEY}),
    ("programme", {"part": "board"}),
    ("programme", {"part": "knots", "gain_from": "appraisal"}),
    ("programme", {"part": "note"}),
    ("programme", {"part": "book"}),
    ("workshop", PIVOT | {"place": "4224", "columns": "sex", "measure": "count"}),
    ("workshop", PIVOT | {"place": "4223", "rows": "age", "columns": "sex", "age": ["20-24", "25-29"]}),
    ("workshop", PIVOT | {"place": "in-42", "columns": "sex", "measure": "share"}),
    ("overview", {"region": "4218"}),
)
WHOLE = "indicator = 'neet_register' AND region_code = '4224' AND period = '2025' AND age_group = '15-29'"
QUESTIONS = (
    f"SELECT sum(count) FROM figures WHERE {WHOLE}",
    f"SELECT sum(count) FILTER (sex = 'both') - sum(count) FILTER (sex = 'female') FROM figures WHERE {WHOLE}",
    f"SELECT sum(count) FILTER (sex = 'both') - sum(count) FILTER (sex = 'male') FROM figures WHERE {WHOLE}",
    f"SELECT sex, value * population FROM figures WHERE {WHOLE} ORDER BY ALL",
    "SELECT max(count) - min(count), avg(value) FROM figures WHERE region_code IN ('4223', '4224', '4218')",
    "SELECT region_code, age_group, count FROM figures WHERE edition = 'nav-trap' ORDER BY ALL",
    "FROM (PIVOT figures ON sex USING sum(count) GROUP BY region_code, period, age_group) ORDER BY ALL",
    "SELECT destination, sum(count) FROM flows GROUP BY destination ORDER BY ALL",
    "SELECT edition, row_count FROM editions ORDER BY ALL",
    "FROM indicators ORDER BY ALL",
    "FROM experiment_cell",
    "SELECT count::DATE FROM figures WHERE region_code = '4224'",
    "SELECT error(string_agg(count, ' ' ORDER BY count)) FROM figures WHERE region_code = '4224'",
)
COMMANDS = (
    f"python -m analytics evaluate --experiment {KEY} --published",
    f"python -m analytics evaluate --experiment {KEY} --published --table",
    "python -m analytics rate neet_register --region 4223 --age 20-24",
    "python -m analytics rate neet_register --region 4223 --age 16-24",
    "python -m analytics compare neet_register --region 4224 --sex male --rule size",
    "python -m analytics cohort flows --region 4204 --origin aap --months 60",
    "python -m analytics outcomes --region 4224",
    "python -m data show flows --json",
    "python -m data check",
    f"python -m benefits appraise {KEY} --draws 200",
)


def everything(patch: pytest.MonkeyPatch) -> Iterator[tuple[str, object]]:
    """Yield what these places show of the build in use."""
    for lang in ("nb", "en"):
        yield f"search {lang}", search.entries(lang)
    yield "status", {name: each for name, each in status.status().items() if name not in OF_A_BUILD}
    for question in QUESTIONS:
        yield question, answered(question)
    for line in COMMANDS:
        answer = running.command(line)
        assert answer.code != running.USAGE, answer.said
        yield line, answer
    for place in ("4224", "4223", "4218"):
        patch.setenv("INNENFOR_PLACE", place)
        yield f"notebook {place}", notebook("any_municipality")
    listener = Listener(patch)
    for page, link in LINKS:
        yield f"{page} {link}", shown(visit(listener, page, link), listener)
    assert listener.failures == []


def answered(question: str) -> str:
    """Return what a question in SQL is answered, or told."""
    try:
        return ask(question).write_json()
    except QuestionRefused as refused:
        return repr(refused)


def notebook(name: str) -> dict[str, str]:
    """Return what a notebook makes, as it would be shown, and what it says where it stops."""
    room: dict[str, Any] = {"__name__": "read"}
    code = (paths.ROOT / "notebooks" / f"{name}.py").read_text(encoding="utf-8")
    try:
        exec(compile(code, name, "exec"), room)
    except Exception as stopped:  # noqa: BLE001 - of three municipalities in the newest year not all can be said
        room["stopped"] = repr(stopped)
    frames = {name: each.write_json() for name, each in room.items() if isinstance(each, pl.DataFrame)}
    others = {name: repr(each) for name, each in room.items() if name not in frames}
    return frames | {name: said for name, said in others.items() if " at 0x" not in said}


@pytest.mark.slow
@pytest.mark.parametrize("few", [False, True])
def test_the_same_is_found_in_both_homes(few: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for world in range(len(WORLDS)):
        home, var = home_of(tmp_path / f"{world}", world, FEW_IN_WORK[world] if few else 98), tmp_path / f"var{world}"
        monkeypatch.setenv("INNENFOR_HOME", str(home))
        monkeypatch.setenv("INNENFOR_VAR", str(var))
        build(var=var)
        told.append(dict(everything(monkeypatch)))
    assert KEY in str(told[0]), "nothing was looked at"
    assert [name for name in told[0] if str(told[0][name]) != str(told[1][name])] == []
