"""Errors of the analysis, worded for a reader in `texts/`."""

from dataclasses import dataclass

from data import i18n
from data.errors import InnenforError


@dataclass(eq=False)
class StatisticsInputError(InnenforError, code="statistics_input"):
    """Raised for a number that cannot be: a negative count, more events than people, a level outside 0–1.

    `where` is the name of the argument, `found` what stood there, `expected` a key under `[expected]` in `texts/`.
    """

    expected: str

    def says(self, lang: str = "en") -> str:
        """Return which argument is wrong, what was found and what was expected."""
        expected = i18n.say("analytics", lang, f"expected.{self.expected}")
        key = f"error.{self.code}.says"
        return i18n.say("analytics", lang, key, where=self.where, found=self.found, expected=expected)
