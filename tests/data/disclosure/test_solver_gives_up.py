"""A solver without an answer stops the build in words: what is not known to be safe is not let through."""

from pathlib import Path

import pytest
from scipy import optimize

from data.__main__ import main
from data.warehouse import pointer
from tests.data.disclosure.traps import AGDER
from tests.data.raw_ground import deliver

LINE = "reduced_work_capacity,{},2025-01,18-29,both,{},,,{},0"
WORDS = {
    "nb": ("Løseren ga opp", "Ingenting er endret", "Tallene fra før vises"),
    "en": ("The solver gave up", "Nothing was changed", "The earlier figures are served"),
}


@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize("status", [1, 4])
def test_the_build_ends_with_words_and_the_old_figures_are_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, status: int
) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    build = ["build", "--raw", str(raw), "--var", str(var), "--lang", lang]
    deliver(raw, *(LINE.format(code, 40, "final") for code in AGDER), source="nav")
    assert main(build) == 0
    before = pointer.current_build(var)
    starred = LINE.format(AGDER[0], "", "suppressed")
    deliver(raw, starred, LINE.format("42", 962, "final"), source="nav", edition="later")
    given_up = optimize.OptimizeResult(status=status, message="Time limit reached.", x=None, fun=None)
    monkeypatch.setattr(optimize, "linprog", lambda *_, **__: given_up)
    assert main(build) == 1
    told = capsys.readouterr().out
    assert all(words in told for words in WORDS[lang])
    assert "Traceback" not in told
    assert pointer.current_build(var) == before
    assert not list(var.glob("unfinished-*"))
