"""Every command and every snippet that the documents and the texts print runs in this process, or is understood."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.experiments.estimators import base
from data.cli import bundle, copying, door, erasure, fetch, new_indicator, records
from tests.architecture import tree
from tests.data.curated.test_plan import ROW
from tests.data.curated.test_plan import workbook as plan_workbook
from tests.data.layouts import ORDER_HEADS, order, person, workbook
from tests.ground import opened
from tests.printed import reading, running

FOLLOWED = "docs/how_to/"  # each followed to the letter by tests/docs
DOCUMENTS = [p for p in tree.files() if p.suffix == ".md" and not tree.name(p).startswith(FOLLOWED)]
TEXTS = [path for path in tree.files() if path.suffix == ".toml" and path.parent.name == "texts"]
NOTEBOOKS = tree.in_folder("notebooks", ".py")
EXAMPLE = re.compile(r"```toml\n(.*?)```\n\n```csv\n(.*?)```", re.DOTALL)
WORDS = {
    "INDICATOR": "neet_register", "INDIKATOR": "neet_register", "SCENARIO.toml": "ips_job_support", "<source>": "nav",
    "--port N": "--port 8502", "--only NAME": "--only D", "NUMBER PLACE": "1 reason",
    "{where}": "evaluate", "{free}": "8502",
}  # fmt: skip

COUNTS = [["Agder", "Menn", 3], ["Agder", "Kvinner", 9], ["Agder", "I alt", 12]]  # a NAV order is protected by a build


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """What stands for the names in capitals: files as their publishers deliver them, in a folder that goes."""
    opened(monkeypatch)
    monkeypatch.setattr(base, "ESTIMATORS", dict(base.ESTIMATORS))
    monkeypatch.setattr(fetch, "run", lambda *_: 0)  # what it asks the publisher is tested elsewhere
    for command in ("run_import", "run_export", "run_note"):  # what they do to a home's records is tested elsewhere
        monkeypatch.setattr(records, command, lambda *_: 0)
    for command in ("run_find", "run_redact"):
        monkeypatch.setattr(erasure, command, lambda *_: 0)
    for command in ("run_add", "run_remove"):  # what they do to a home is tested elsewhere
        monkeypatch.setattr(door, command, lambda *_: 0)
    monkeypatch.setattr(bundle, "run_bundle", lambda *_: 0)  # what it writes is tested elsewhere
    monkeypatch.setattr(new_indicator, "run_catalogue", lambda *_: 0)
    for command in ("run_backup", "run_restore"):
        monkeypatch.setattr(copying, command, lambda *_: 0)
    readme = (tree.ROOT / "analytics" / "experiments" / "README.md").read_text(encoding="utf-8")
    design, table = EXAMPLE.findall(readme)[0]
    for name, content in (("design.toml", design), ("table.csv", table)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    sheet = order([person("Agder", "Menn", 30, None)], heads=ORDER_HEADS)
    plan = plan_workbook(tmp_path, ROW)
    table = workbook(tmp_path / "counts.xlsx", {"Ark 1": [["Unge"], ["sted", "kjønn", "antall"], *COUNTS]})
    return WORDS | {
        "DESIGN.toml": str(tmp_path / "design.toml"), "TABLE.csv": str(tmp_path / "table.csv"),
        "home/experiments/KEY.toml": f"{tmp_path / 'design.toml'} --ledger {tmp_path / 'ledger.csv'}",
        "FILE --source plan": f"{plan} --source plan", "FILE --threshold": f"{table} --threshold",
        "/copies/COPY.zip": "COPY.zip", "plan-2027-01.xlsx": str(plan),
        "FOLDER": str(tmp_path / "sheets"), "CUBE": str(tmp_path / "cube"), "RECORDS": str(tmp_path / "made"),
        **{f"RECORDS/{name}": str(tmp_path / "made" / name) for name in ("spells", "persons")},
        "FILE": str(workbook(tmp_path / "order.xlsx", {"Nedsatt 18 - 29 år fylker": sheet})),
    }  # fmt: skip


def failed(commands: tuple[str, ...], stand_ins: dict[str, str]) -> dict[str, str]:
    wrong = {}
    for line in dict.fromkeys(commands):
        known = line
        for word, meant in stand_ins.items():
            known = re.sub(rf"(?<![\w/.-]){re.escape(word)}(?![\w/])", lambda _, meant=meant: meant, known)
        answer = running.command(known)
        wrong |= {line: answer.said[-300:]} if answer.code else {}
    return wrong


@pytest.mark.long
@pytest.mark.parametrize("path", DOCUMENTS, ids=tree.name)
def test_what_a_document_prints_runs(path: Path, stand_ins: dict[str, str]) -> None:
    printed = reading.in_markdown(path.read_text(encoding="utf-8"))
    assert failed(printed.commands, stand_ins) == {}
    for snippet in printed.snippets:
        running.python(snippet)


@pytest.mark.long
@pytest.mark.parametrize("path", NOTEBOOKS, ids=tree.name)
def test_what_a_notebook_prints_runs(path: Path, stand_ins: dict[str, str]) -> None:
    cells = path.read_text(encoding="utf-8").split("# %%")
    words = "\n".join(cell.replace("\n# ", "\n") for cell in cells if cell.startswith(" [markdown]"))
    assert failed(reading.in_markdown(words).commands, stand_ins) == {}


@pytest.mark.long
@pytest.mark.parametrize("path", TEXTS, ids=tree.name)
def test_what_a_text_tells_a_reader_to_run_is_understood(path: Path, stand_ins: dict[str, str]) -> None:
    sentences = list(said(tomllib.loads(path.read_text(encoding="utf-8"))))
    commands = [command for sentence in sentences for command in reading.in_text(sentence)]
    assert failed(tuple(commands), stand_ins) == {}


def said(texts: object) -> Iterator[str]:
    """Return every sentence of a file of texts."""
    if isinstance(texts, dict):
        for inner in texts.values():
            yield from said(inner)
    elif isinstance(texts, str):
        yield texts


def test_the_documents_that_teach_commands_are_read() -> None:
    found = {tree.name(path): reading.in_markdown(path.read_text(encoding="utf-8")) for path in DOCUMENTS}
    assert len(found["README.md"].commands) >= 9
    assert len(found["CONTRIBUTING.md"].commands) >= 8
    assert found["README.md"].snippets
    assert found["analytics/experiments/README.md"].snippets


@pytest.mark.parametrize(
    "text",
    ["```\npip install innenfor\n```", "```sh\npython -m data build\n```", "Run python -m data build first.",
     "`python3 -m data build`", "```\n$ python3 run.py\n```", "write `python app.py`"],
)  # fmt: skip
def test_a_command_in_a_new_form_is_noticed(text: str) -> None:
    with pytest.raises(AssertionError):
        reading.in_markdown(text)


@pytest.mark.parametrize(
    "line", ["python -m analytics no_such_question", "python3 run.py sing", "python -m data chek x"]
)
def test_a_wrong_command_is_noticed(line: str) -> None:
    assert running.command(line).code == running.USAGE
