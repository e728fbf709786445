"""What is typed and not saved outlives the server, is each writer's own, and is gone once it is saved."""

import pytest

from data.curated import drafts


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))


def test_a_draft_is_kept_for_its_writer_and_its_record_alone() -> None:
    drafts.keep("a", "decision/new", {"title": "Ærlig <b> sak"})
    assert drafts.kept("a", "decision/new") == {"title": "Ærlig <b> sak"}
    assert drafts.kept("b", "decision/new") == drafts.kept("a", "decision/decision-1") == {}
    drafts.drop("a", "decision/new")
    assert drafts.kept("a", "decision/new") == {}


def test_a_draft_that_cannot_be_read_is_no_draft(tmp_path) -> None:
    drafts.keep("a", "right/new", {"matter": "Mål"})
    (file,) = (tmp_path / "drafts").glob("*.json")
    file.write_text("{", encoding="utf-8")
    assert drafts.kept("a", "right/new") == {}
