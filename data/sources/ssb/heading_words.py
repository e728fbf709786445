"""What the words of a Statbank heading mean: stacked over several rows, or joined in one text."""

import re

from data.ingest.sheet import trim
from data.sources.ssb.region_labels import is_place, place_of
from data.sources.ssb.vocabulary import PERIOD, age_of, meaning, period_of, role_of, sex_of

FIELDS = {"age": "age_group", "sex": "sex", "contents": "measure"}
_PERIOD_AT_END = re.compile(rf"^(.*?)\s*({PERIOD})$", re.IGNORECASE)
_AGE_WITHIN = re.compile(
    r"\b(?:\d[\d+-]* )?(\d+ ?[-–] ?\d+ (?:år|years)|\d+ (?:år (?:eller|og) eldre|years or older)"
    r"|alle aldre|all ages)\b",
    re.IGNORECASE,
)
_SEX_WITHIN = re.compile(r"\b(?:[0-2] )?(begge kjønn|kvinner|menn|both sexes|females|males)\b", re.IGNORECASE)


def means(levels: list[str], names: list[str], *, places: bool) -> dict[str, str]:
    """Return what the stacked headings of one column mean; one row of headings joins them in a single text.

    places: whether regions are among them.
    """
    if len(levels) == 1 and not _is_one_of(names[0], levels[0]):
        return _joined(levels[0], places=places)
    facts: dict[str, str] = {}
    others: list[str] = []
    for level, (text, name) in enumerate(zip(levels, names, strict=True), start=1):
        role = role_of(name) if name else _guess(text, facts)
        if role == "time":
            facts |= {"period": period_of(text) or text, "mark": "*" if text.endswith("*") else ""}
        elif role == "region":
            facts |= place_of(text)
        elif role in ("age", "sex"):
            facts[FIELDS[role]] = meaning(role, text) or text
        elif role == "contents" or (not name and "measure" not in facts):
            facts["measure"] = text
        else:
            others.append(f"{name or f'heading{level}'}={text}")
    return facts | {"dimensions": ";".join(others)}


def _is_one_of(name: str, text: str) -> bool:
    """Tell whether a heading is a category of that dimension, and no text that joins those of several."""
    role = role_of(name)
    return bool(name and (meaning(role, text) if role in ("age", "sex") else role != "time" or period_of(text)))


def _guess(text: str, facts: dict[str, str]) -> str:
    if text.lower() in ("i alt", "total", "totalt"):
        return ""
    if "period" not in facts and period_of(text):
        return "time"
    return next((role for role in ("sex", "age") if FIELDS[role] not in facts and meaning(role, text)), "")


def _joined(text: str, *, places: bool) -> dict[str, str]:
    """Take a heading such as `Personer 15-29 år Begge kjønn 2021` apart; what is left is the measure."""
    place, text = _place_within(text) if places else ("", text)
    facts = place_of(place) if place else {}
    period = _PERIOD_AT_END.match(text)
    if period:
        text = period.group(1)
        facts |= {
            "period": period_of(period.group(2)) or period.group(2),
            "mark": "*" if period.group(2)[-1] == "*" else "",
        }
    for pattern, field, reader in ((_AGE_WITHIN, "age_group", age_of), (_SEX_WITHIN, "sex", sex_of)):
        hit = pattern.search(text)
        if hit and trim(pattern.sub("", text)):
            facts[field] = reader(hit.group(1))
            text = trim(pattern.sub("", text))
    return facts | {"measure": trim(text)}


def _place_within(text: str) -> tuple[str, str]:
    """Return the region that a heading has among its words, with its number or by name alone, and what is left."""
    words = text.split()
    parts = [range(start, end) for end in range(len(words), 0, -1) for start in range(end)]
    for part in sorted(parts, key=len, reverse=True):
        label = " ".join(words[part.start : part.stop])
        if is_place(label):
            return label, " ".join([*words[: part.start], *words[part.stop :]])
    return "", text
