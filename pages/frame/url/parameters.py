"""What a link may ask of a page, and the refusal by name of what it may not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from data.errors import InnenforError
from data.i18n import say
from pages.format import texts

_SHOWN = 12
_EXAMPLES = 4


@dataclass(frozen=True)
class UrlParameter:
    """A name a page understands in its link, and the texts it may have, the default first among equals.

    worded: what a text is called by those who read the page.

    An option that begins with a code (`4204 Kristiansand`) may also be asked for by the code alone.
    """

    name: str
    options: tuple[str, ...]
    many: bool = False
    worded: Callable[[str], str] = str

    def option(self, raw: str) -> str | None:
        """Return the option a raw value stands for, or None where there is none or more than one."""
        if raw in self.options:
            return raw
        coded = [option for option in self.options if raw and option.split(" ", 1)[0] == raw]
        return coded[0] if len(coded) == 1 else None

    def refused(self, raw: str) -> "LinkError":
        """Return why a value is refused that is none of the options."""
        return UnknownValueError(self.name, _short(raw), self.options, worded=self.worded)


@dataclass(eq=False)
class LinkError(InnenforError, package=texts.PACKAGE):
    """A link parameter the page refuses; `where` is its name, `found` its value, `options` what it could be."""

    options: tuple[str, ...] = ()
    worded: Callable[[str], str] = str

    def says(self, lang: str = "en") -> str:
        """Return what is wrong, in one sentence."""
        return say(texts.PACKAGE, lang, f"error.{self.code}.says", where=self.where, found=self.found)

    def do(self, lang: str = "en") -> str:
        """Return what the link may ask for."""
        return say(texts.PACKAGE, lang, f"error.{self.code}.do", allowed=self.allowed(lang))

    def instead(self, lang: str = "en") -> tuple[str, dict[str, str]] | None:
        """Return what may be opened instead, in words and as a link, None where that is the page as it begins."""
        del lang
        return None

    def allowed(self, lang: str = "en") -> str:
        """Return the allowed values in a sentence: all where they are few, else their number and some of them."""
        if len(self.options) <= _SHOWN:
            return say(texts.PACKAGE, lang, "link.allowed_all", options=texts.listed(self._told(), lang))
        shown = ", ".join(self._told(_EXAMPLES))
        return say(texts.PACKAGE, lang, "link.allowed_some", count=len(self.options), options=shown)

    def _told(self, most: int | None = None) -> list[str]:
        """Return the options as a link writes them, each with its words where it has other ones."""
        words = [(code, self.worded(code)) for code in self.options[:most]]
        return [code if said in ("", code) else f"{code} ({said})" for code, said in words]


class UnknownValueError(LinkError, code="unknown_value"):
    """The value is none of the options."""


class SeveralValuesError(LinkError, code="several_values"):
    """The parameter stands several times, but the page shows one."""


class UnknownKeyError(LinkError, code="unknown_key"):
    """The page has no such parameter."""

    def allowed(self, lang: str = "en") -> str:
        """Return the names the page knows."""
        return say(texts.PACKAGE, lang, "link.known_keys", options=texts.listed(self.options, lang))


def chosen(raw: Mapping[str, Sequence[str]], parameters: Sequence[UrlParameter]) -> dict[str, tuple[str, ...]]:
    """Return the options a link asks for, by parameter; what it does not name is left out.

    Raises ExceptionGroup of LinkError with every key and value the page does not know: nothing defaults silently.
    """
    known = {parameter.name: parameter for parameter in parameters}
    problems: list[LinkError] = [UnknownKeyError(_short(key), "", tuple(known)) for key in raw if key not in known]
    for name in (name for name in raw if name in known):
        problems += _problems(known[name], raw[name])
    if problems:
        raise ExceptionGroup("bad link", problems)
    return {name: tuple(known[name].option(value) or value for value in values) for name, values in raw.items()}


def _problems(parameter: UrlParameter, values: Sequence[str]) -> list[LinkError]:
    if len(values) > 1 and not parameter.many:
        return [
            SeveralValuesError(parameter.name, _short(", ".join(values)), parameter.options, worded=parameter.worded)
        ]
    refused = [value for value in values if parameter.option(value) is None]
    return [parameter.refused(value) for value in refused]


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:60] + "…"
