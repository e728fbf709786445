"""Words for the cohorts' sentences."""

from data import i18n


def say(lang: str, key: str, **facts: object) -> str:
    """Return a text of the cohorts, `cohort.<key>` in `analytics/texts/cohorts.*.toml`."""
    return i18n.say("analytics", lang, f"cohort.{key}", **facts)
