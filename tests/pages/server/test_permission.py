"""Who may write is told by how the process was started, and by nothing else."""

import pytest

import environment
from pages.server import permission


@pytest.mark.parametrize(("said", "may"), [("1", True), ("", False), ("0", False), ("true", False), (None, False)])
def test_only_the_start_gives_leave_to_write(monkeypatch: pytest.MonkeyPatch, said: str | None, *, may: bool) -> None:
    monkeypatch.delenv(permission.LOCAL, raising=False)
    if said is not None:
        monkeypatch.setenv(permission.LOCAL, said)
    assert permission.may_write() is may


def test_the_starter_and_the_server_mean_the_same_variable() -> None:
    assert permission.LOCAL == environment.LOCAL
    assert environment.LOCAL in environment.LEFT_OUT
