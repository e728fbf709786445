"""A file the system refuses is told by its name, also where the folders before it are many."""

from data.errors import worded


def told(name: str) -> str:
    return worded(OSError(28, "No space left", name)).says("en")


def test_a_long_path_is_told_by_its_end() -> None:
    assert "/copy.zip" in told("/somewhere/" + "deep/" * 30 + "copy.zip")
    assert "…" in told("/somewhere/" + "deep/" * 30 + "copy.zip")


def test_a_long_name_is_told_by_its_beginning() -> None:
    assert "copy" in told("/" + "copy" * 60)
    assert len(told("/" + "copy" * 600)) < 300


def test_a_short_path_is_told_whole() -> None:
    assert "/data/copy.zip" in told("/data/copy.zip")
