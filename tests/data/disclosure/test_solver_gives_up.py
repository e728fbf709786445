"""A solver without an answer stops the build in words: what is not known to be safe is not let through."""

from pathlib import Path

import pytest

from data.__main__ import main
from data.disclosure.program import Program
from data.warehouse import pointer
from tests.data.disclosure.traps import AGDER
from tests.data.raw_ground import deliver

LINE = "reduced_work_capacity,{},2025-01,18-29,both,{},,,{},0"
WORDS = {
    "nb": ("Løseren ga opp", "Ingenting er endret", "Tallene fra før vises"),
    "en": ("The solver gave up", "Nothing was changed", "The earlier figures are served"),
}


@pytest.mark.long
@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize("status", ["kTimeLimit", "kSolveError"])
def test_the_build_ends_with_words_and_the_old_figures_are_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, status: str
) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    build = ["build", "--raw", str(raw), "--var", str(var), "--lang", lang]
    deliver(raw, *(LINE.format(code, 40, "final") for code in AGDER), source="nav")
    assert main(build) == 0
    before = pointer.current_build(var)
    starred = LINE.format(AGDER[0], "", "suppressed")
    deliver(raw, starred, LINE.format("42", 962, "final"), source="nav", edition="later")
    monkeypatch.setattr(Program, "_solved", lambda self, _: (status, self.low))
    assert main(build) == 1
    told = capsys.readouterr().out
    assert all(words in told for words in WORDS[lang])
    assert "Traceback" not in told
    assert pointer.current_build(var) == before
    assert not list(var.glob("unfinished-*"))
