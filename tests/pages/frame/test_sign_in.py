"""What whoever is at the browser may do: by group, by how old the sign-in is, and as it is in this moment."""

import pytest

from data.problems import Problems
from data.records import NotAllowed
from pages.frame import sign_in

RULES = sign_in.SignInRules(reader=("innsyn",), editor=("prosjekt",), approver=("styring",), minutes=60)
NOW = 1_000_000.0
FRESH = {"sub": "1", "iat": NOW - 60}


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({**FRESH, "groups": ["prosjekt", "innsyn"]}, "editor"),
        ({**FRESH, "groups": ["styring"]}, "approver"),
        ({**FRESH, "groups": "innsyn"}, "reader"),
        ({**FRESH, "groups": ["annet"]}, ""),
        ({**FRESH, "groups": None}, ""),
        (FRESH, ""),
        ({}, ""),
        ({"groups": ["styring"], "iat": NOW}, ""),
        ({"sub": "1", "groups": ["styring"]}, ""),
        ({"sub": "1", "groups": ["styring"], "iat": "yesterday"}, ""),
        ({"sub": "1", "groups": ["styring"], "iat": NOW - 3601}, ""),
    ],
)
def test_a_role_follows_from_the_groups_of_a_sign_in_that_is_not_too_old(claims, role) -> None:
    assert sign_in.role_of(claims, RULES, NOW) == role


def test_without_a_file_of_rules_nobody_has_a_role(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    assert sign_in.role_of({**FRESH, "groups": ["styring"]}, sign_in.rules(), NOW) == ""


def test_a_slip_in_the_file_of_rules_is_told(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    (tmp_path / "sign_in.toml").write_text('editors = ["prosjekt"]', encoding="utf-8")
    with pytest.raises(Problems) as told:
        sign_in.rules()
    assert "editor" in told.value.exceptions[0].do("nb")


class Signed:
    """Stands for Streamlit: somebody has signed in."""

    def __init__(self, claims: dict) -> None:
        self.claims = claims

    def to_dict(self) -> dict:
        return {"is_logged_in": True, **self.claims}


@pytest.fixture
def signed(monkeypatch, tmp_path):
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    monkeypatch.setattr(sign_in, "may_write", lambda _: False)
    monkeypatch.setattr(sign_in.time, "time", lambda: NOW)
    (tmp_path / "sign_in.toml").write_text('editor = ["prosjekt"]', encoding="utf-8")
    claims = {**FRESH, "iss": "https://provider.example", "groups": ["prosjekt"], "name": "Kari Nordmann"}
    monkeypatch.setattr(sign_in.st, "user", Signed(claims), raising=False)
    return tmp_path


def test_who_acts_is_an_id_that_tells_nothing_and_stays_the_same(signed) -> None:
    first, second = (sign_in.acting("editor", "decision") for _ in range(2))
    assert first == second
    assert first.role == "editor"
    assert "Kari" not in first.id
    assert first.id.startswith("u-")


def test_a_role_that_was_taken_away_while_signed_in_is_refused_at_the_next_action(signed) -> None:
    sign_in.acting("editor", "decision")
    (signed / "sign_in.toml").write_text('editor = ["noen-andre"]', encoding="utf-8")
    with pytest.raises(NotAllowed) as told:
        sign_in.acting("editor", "decision")
    assert "publikum" in told.value.says("nb")
    assert "redaktør" in told.value.says("nb")


def test_a_role_that_is_too_small_is_told_which_is_needed(signed) -> None:
    with pytest.raises(NotAllowed) as told:
        sign_in.acting("approver", "release")
    assert "godkjenner" in told.value.says("nb")


def test_whoever_started_the_server_here_may_all_of_it(signed, monkeypatch) -> None:
    monkeypatch.setattr(sign_in, "may_write", lambda _: True)
    assert sign_in.acting("approver", "release") == sign_in.LOCAL
    assert sign_in.inner()
