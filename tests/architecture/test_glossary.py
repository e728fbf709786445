"""GLOSSARY.md is the authority on words: a Norwegian noun among the identifiers stands in it, or is not used.

A word counts as Norwegian where it holds one of the stems below or is marked as an identifier in the glossary (in
backticks). What a stem finds must be marked; the stems are a net for what was forgotten, not a list of what may be.
"""

import ast
import re
from functools import cache

import pytest

from tests.architecture import tree

GLOSSARY = tree.ROOT / "GLOSSARY.md"
STEMS = (  # noqa: SIM905 - a list of words reads best as words
    "kommune fylke bydel aap ufoer trygd sosial stoenad dagpeng tiltak arbeid utenfor grunnbeloep skole opplaer "
    "laerling loeft gevinst loenn skatt barne ungdom levek innvandr kvalifiser helse forebygg frafall fullfoer "
    "karakter videregaaende overgang egenandel tilskudd refusjon sykepeng introduksjon bostoette oppfoelg"
).split()

pytestmark = pytest.mark.skipif(not GLOSSARY.exists(), reason="GLOSSARY.md is not written yet")


@cache
def rows() -> list[list[str]]:
    """Cells of every row of the glossary's tables, header and rule left out."""
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    return [row for row in cells if not set("".join(row)) <= set("-: ") and row[0].lower() not in ("bokmål", "")]


def parts(identifier: str) -> set[str]:
    """Words of an identifier: `UfoeretrygdDayRate` and `ufoeretrygd_day_rate` both hold `ufoeretrygd`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier)
    return {word for word in re.split(r"[^a-z]+", spaced.lower()) if word}


def marked() -> set[str]:
    return {word for row in rows() for name in re.findall(r"`([^`]+)`", row[2]) for word in parts(name)}


def named(row: list[str]) -> list[str]:
    return re.findall(r"`([^`]+)`", row[2])


def names_in(module: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in tree.nodes(module):
        found |= {
            getattr(node, field)
            for field in ("id", "arg", "attr", "name")
            if isinstance(getattr(node, field, None), str)
        }
    return found


def norwegian(identifiers: set[str]) -> set[str]:
    words = {word for name in identifiers for word in parts(name)}
    return {word for word in words if any(stem in word for stem in STEMS)}


def test_every_row_of_the_glossary_has_its_five_cells() -> None:
    assert [row for row in rows() if len(row) != 5 or not all(row[cell] for cell in (0, 1, 3))] == []


@pytest.mark.long
def test_every_norwegian_identifier_in_python_stands_in_the_glossary() -> None:
    used = {tree.name(path): norwegian(names_in(tree.syntax(path))) - marked() for path in tree.product()}
    assert {path: sorted(words) for path, words in used.items() if words} == {}


def test_every_norwegian_name_of_a_file_stands_in_the_glossary() -> None:
    kept = [path for layer in tree.LAYERS for path in tree.files() if tree.layer_of(path) == layer]
    stems = {path.stem for path in kept if path.suffix in (".py", ".sql", ".toml", ".csv") and "raw" not in path.parts}
    assert sorted(norwegian(stems) - marked()) == []


def test_no_word_is_explained_twice() -> None:
    terms = [row[0].lower() for row in rows()]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


@pytest.mark.long
def test_a_method_stands_where_the_glossary_says() -> None:
    places = [(name, place) for row in rows() for place in re.findall(r"`([\w/]+\.py)`", row[4]) for name in named(row)]
    assert [each for each in places if each[0] not in names_in(tree.syntax(tree.ROOT / each[1]))] == []


@pytest.mark.parametrize("term", ["utenforskap", "NEET", "utenfor arbeid og utdanning"])
def test_the_three_words_for_being_outside_are_kept_apart(term: str) -> None:
    assert [row for row in rows() if term.lower() in re.split(r"[^\wåæø ]+", row[0].lower())], (
        f"{term} has no row of its own"
    )
