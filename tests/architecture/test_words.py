"""Words for readers: the same in both languages, there when asked for, and for every error."""

import ast
import importlib
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import i18n
from data.errors import InnenforError
from tests.architecture import tree

NB_FILES = [path for path in tree.files() if path.parent.name == "texts" and path.name.endswith("nb.toml")]
SPEAKERS = sorted({".".join(path.parent.parent.relative_to(tree.ROOT).parts) for path in NB_FILES})


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("package", SPEAKERS)
def test_both_languages_say_the_same_things(package: str) -> None:
    assert i18n.words(package, "nb").keys() == i18n.words(package, "en").keys()


@pytest.mark.parametrize("package", SPEAKERS)
def test_both_languages_name_the_same_facts(package: str) -> None:
    norwegian, english = (i18n.words(package, lang) for lang in i18n.LANGUAGES)
    differing = {key: text for key, text in norwegian.items() if placeholders(text) != placeholders(english[key])}
    assert differing == {}


@pytest.mark.parametrize("package", SPEAKERS)
@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_no_text_is_empty(package: str, lang: str) -> None:
    assert [key for key, text in i18n.words(package, lang).items() if not text] == []


def test_every_file_of_words_has_its_other_language_beside_it() -> None:
    english = [path.with_name(path.name.replace("nb.toml", "en.toml")) for path in NB_FILES]
    assert [tree.name(path) for path in english if not path.exists()] == []
    assert len(NB_FILES) == len([path for path in tree.files() if path.match("texts/*en.toml")])


def test_every_prose_page_stands_in_both_languages() -> None:
    prose = [path for path in tree.files() if path.suffix == ".md" and path.parent.name in i18n.LANGUAGES]
    stems = {
        lang: {(path.parents[1], path.name) for path in prose if path.parent.name == lang} for lang in ("nb", "en")
    }
    assert stems["nb"] == stems["en"]


def known_errors() -> Iterator[type[InnenforError]]:
    for path in tree.files():
        if path.name == "errors.py" and tree.layer_of(path) in tree.LAYERS:
            importlib.import_module(tree.module_of(path))
    waiting = InnenforError.__subclasses__()
    while waiting:
        waiting += (kind := waiting.pop()).__subclasses__()
        yield kind


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_every_error_has_words_for_the_facts_it_carries(lang: str) -> None:
    """An error that words itself in a way of its own (`says`, `do` or both overridden) is left to its own tests."""
    alike = (error for error in known_errors() if error._word is InnenforError._word)
    for kind in (error for error in alike if "code" in vars(error)):
        words = i18n.words(kind.package or kind.__module__.split(".")[0], lang)
        facts = set(kind.__dataclass_fields__)
        for part in (part for part in ("says", "do") if getattr(kind, part) is getattr(InnenforError, part)):
            key = f"error.{kind.code}.{part}"
            assert key in words, f"{kind.__name__} has no {key} in {lang}"
            assert {name.split(".")[0] for name in placeholders(words[key])} <= facts, (
                f"{key} names what {kind.__name__} lacks"
            )


def asked_for() -> Iterator[tuple[str, str, str]]:
    """Every `say(package, lang, key)` whose package and key are written out, with where it stands."""
    for path in tree.product():
        for node in tree.nodes(tree.syntax(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("say", "wording.say") and len(node.args) == 3:
                package, _, key = node.args
                if isinstance(package, ast.Constant) and isinstance(key, ast.Constant):
                    yield f"{tree.name(path)}:{node.lineno}", str(package.value), str(key.value)


@pytest.mark.long
def test_every_word_that_is_asked_for_is_there() -> None:
    assert [ask for ask in asked_for() if ask[2] not in i18n.words(ask[1], "nb")] == []


@pytest.mark.long
def test_every_reason_of_a_non_answer_has_words() -> None:
    reasons = {
        (tree.name(path), str(node.args[0].value))
        for path in tree.in_folder("analytics")
        for node in tree.nodes(tree.syntax(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("NotEstimable") and node.args
        if isinstance(node.args[0], ast.Constant)
    }
    words = i18n.words("analytics", "nb")
    assert {reason for reason in reasons if f"not_estimable.{reason[1]}" not in words} == set()


def english_said_in(path: Path) -> Iterator[str]:
    """The English words beside Norwegian ones in a file of content: `{ nb = "…", en = "…" }`."""
    tables: list[object] = [tomllib.loads(path.read_text(encoding="utf-8"))]
    for each in tables:
        if isinstance(each, dict):
            tables.extend(each.values())
            if isinstance(each.get("en"), str):
                yield each["en"]
        elif isinstance(each, list):
            tables.extend(each)


@pytest.mark.long
def test_an_english_reader_is_told_amounts_in_nok_alone() -> None:
    """One name of the money for one reader; the krone of a tax krone is a word, not an amount."""
    told = [(key, text) for package in SPEAKERS for key, text in i18n.words(package, "en").items()]
    content = [path for layer in ("data", "benefits", "demo") for path in (tree.ROOT / layer).rglob("*.toml")]
    told += [(tree.name(path), words) for path in content for words in english_said_in(path)]
    assert len(told) > 3000
    assert [(name, words) for name, words in told if re.search(r"\bkroner\b|\d kr\b", words, re.IGNORECASE)] == []
