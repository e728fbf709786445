"""Finding what is printed: commands and Python in documents, in texts and on pages, also in a form that is new."""

import re
from dataclasses import dataclass

STARTS = ("python -m ", "python3 -m pip ", "python3 run.py", "uv pip compile ")
IN_A_BOX = re.compile(r"^docker compose .* (?=python -m )")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
LIKE_A_COMMAND = re.compile(r"\bpython3? +-[mc] \S+|\bpython3? +\w+\.py|(?<!`)\brun\.py (?:-|[a-z]+ -)")
LIKE_PYTHON = re.compile(r"^(?:from [\w.]+ import |import \w+)", re.MULTILINE)
IN_A_SENTENCE = re.compile(r"python3? (?:-m|run\.py).*?(?=[.:]? [A-ZÆØÅ]\w+ |\.?$|\.?\n|`| \(|\.?</)", re.MULTILINE)


@dataclass(frozen=True)
class Printed:
    """What one document or page prints for a reader to run."""

    commands: tuple[str, ...]
    snippets: tuple[str, ...]


def in_markdown(text: str) -> Printed:
    """Return the commands and snippets of a document; AssertionError where one stands in a form not known."""
    fences = FENCE.findall(text)
    lines = [line.strip() for lang, body in fences if lang in ("", "bash") for line in body.splitlines()]
    told = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in told if not line.startswith(STARTS)] == [], "a block of commands holds something else"
    spoken = [IN_A_BOX.sub("", span) for span in SPAN.findall(FENCE.sub("", text))]
    spans = [span for span in spoken if span.startswith(STARTS)]
    all_found(text, (*told, *spans))
    return Printed((*told, *spans), tuple(body for lang, body in fences if lang == "python"))


def in_text(text: str) -> tuple[str, ...]:
    """Return the commands in a sentence for a reader."""
    found = tuple(hit.strip() for hit in IN_A_SENTENCE.findall(text))
    all_found(text, found)
    return found


def all_found(text: str, commands: tuple[str, ...]) -> None:
    """Fail where a text says something that looks like a command and is not among those found."""
    left = text
    for each in sorted(commands, key=len, reverse=True):
        left = left.replace(each, "")
    assert LIKE_A_COMMAND.findall(left) == [], "a command in a form this test does not find"
