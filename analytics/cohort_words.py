"""Words and numbers for the cohorts' sentences: decimal signs are texts, so that a language is data."""

from data import wording


def say(lang: str, key: str, **facts: object) -> str:
    """Return a text of the cohorts, `cohort.<key>` in `analytics/texts/cohorts.*.toml`."""
    return wording.say("analytics", lang, f"cohort.{key}", **facts)


def number(value: object, lang: str, decimals: int = 0) -> str:
    """Return a number with the language's signs for decimals and thousands."""
    if not isinstance(value, int | float):
        return say(lang, "unknown")
    text = f"{value:,.{decimals}f}"
    signs = {",": say(lang, "thousands"), ".": say(lang, "decimal")}
    return "".join(signs.get(letter, letter) for letter in text)


def percent(share: object, lang: str, decimals: int = 1) -> str:
    """Return a share 0–1 as percent."""
    if not isinstance(share, int | float):
        return say(lang, "unknown")
    return say(lang, "percent", number=number(100 * share, lang, decimals))
