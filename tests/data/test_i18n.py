"""Words that agree with a number."""

import pytest

from data.i18n import say


@pytest.mark.parametrize(
    ("lang", "rows", "said"),
    [("nb", 1, "1 rad i a"), ("nb", 0, "0 rader i a"), ("nb", 21, "21 rader i a"), ("en", "1", "1 row in a"),
     ("en", "1\u00a0000", "1\u00a0000 rows in a")],
)  # fmt: skip
def test_a_noun_agrees_with_its_number(lang: str, rows: object, said: str) -> None:
    assert say("data", lang, "ask.written", rows=rows, file="a") == said
