"""The accessibility statement on the method page: what the law asks it to tell, in both languages."""

from types import SimpleNamespace

import pytest

from pages.views.method import accessibility
from tests.pages.test_pages import page


@pytest.mark.long
@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("nb", ("delvis i samsvar", "WCAG 2.1", "29. november 2026", "hjelp@kommune.example", "uutilsynet.no")),
        ("en", ("partly in accordance", "WCAG 2.1", "29 November 2026", "hjelp@kommune.example", "uutilsynet.no")),
    ],
)
def test_the_statement_tells_how_far_what_not_when_and_whom_to_tell(
    lang: str, told: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accessibility, "settings", lambda: SimpleNamespace(contact="hjelp@kommune.example"))
    said = "\n".join(each.value for each in page("method", lang=lang).markdown)
    assert [each for each in told if each not in said] == []


@pytest.mark.long
def test_without_a_contact_it_says_who_runs_the_site() -> None:
    said = "\n".join(each.value for each in page("method", lang="nb").markdown)
    assert "den som driver denne utgaven av Innenfor" in said
