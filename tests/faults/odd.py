"""What nobody expects in a text, a cell or an argument."""

import random

ODD = (
    "", "0", "-1", "1e300", "nan", "inf", "null", "true", "=1+1", "\t=1", "<b>", "../../etc", "'; --", "æøå", "\u202e",
    "9" * 400, "x" * 5000, "\0", "🙂", "4204", "15-29", "2024", "--help", "٣", "½", "1 000", "1,5", "01.02.2024",
)  # fmt: skip


def spoiled(text: str, chance: random.Random) -> str:
    """Return a text with some of it cut, doubled, or replaced by what nobody expects."""
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(text) + 1)
        to = min(len(text), at + chance.choice([0, 1, 5, 50]))
        text = text[:at] + chance.choice(["", text[at:to] * 2, chance.choice(ODD)]) + text[to:]
    return text
