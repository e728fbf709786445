"""`python -m data fetch ssb` as it is typed."""

import argparse
import json

import pytest

from data.cli import fetch
from data.pxweb.errors import FetchProblem
from tests.data.fetch_ground import server

__all__ = ["server"]  # a fixture


def command(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    fetch.add_arguments(parser)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(list(words))


@pytest.mark.long
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_command_says_what_it_did(lang, server, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    asked = ("ssb", "--table", "13556", "--base-url", server.url)
    with pytest.raises(FetchProblem, match="0301 2024") as refused:  # made-up figures, where true ones were
        fetch.run(command(*asked), lang)
    assert refused.value.code == "fetch_doubtful"
    assert fetch.run(command(*asked, "--yes"), lang) == 0
    said = capsys.readouterr()
    assert "ssb-13556-2025-11-20" in said.out
    assert "K-Rest" in said.out
    assert "verified = true" in said.out
    assert {"nb": "kommunene: spørring 1 av 1", "en": "the municipalities: question 1 of 1"}[lang] in said.err


@pytest.mark.long
def test_the_command_answers_in_json(server, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    fetch.run(command("ssb", "--table", "13556", "--base-url", server.url, "--json", "--dry-run"), "nb")
    [done] = json.loads(capsys.readouterr().out)["fetched"]
    assert (done["state"], done["rows"], done["calls"]) == ("dry_run", 216, 6)
    assert done["doubtful"] > 50_000


def test_whoever_is_there_may_take_what_is_rather_a_fault(server, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    said: list[str] = []
    monkeypatch.setattr("builtins.input", lambda question: said.append(question) or "ja")
    assert fetch.run(command("ssb", "--table", "13556", "--base-url", server.url), "nb") == 0
    assert "er mer sannsynlig enn en rettelse" in said[0]
    assert "er mer sannsynlig enn en rettelse" in capsys.readouterr().out


def test_a_table_nobody_has_mapped_is_named_with_those_that_are(server) -> None:
    with pytest.raises(FetchProblem) as caught:
        fetch.run(command("ssb", "--table", "99999", "--base-url", server.url), "nb")
    assert (caught.value.code, caught.value.expected) == ("fetch_no_mapping", "13556, 13563")
    assert server.asked == []
