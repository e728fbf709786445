"""A link to a place that is no longer: it is refused by its name, with the way to what it became."""

from analytics import regions
from data.i18n import say
from pages.format import texts
from pages.format.place_names import place
from pages.frame.url.parameters import LinkError, UrlParameter


class FormerPlaceError(LinkError, code="former_place"):
    """A place of earlier borders; `options` are the codes of what it became, none where that is not known."""

    def says(self, lang: str = "en") -> str:
        """Return which place the link asks for, by its name."""
        name = regions.names()[self.found]
        return say(texts.PACKAGE, lang, "error.former_place.says", place=name, found=self.found)

    def instead(self, lang: str = "en") -> tuple[str, dict[str, str]] | None:
        """Return the page of what the place became, where that is one place."""
        if len(self.options) != 1:
            return None
        words = say(texts.PACKAGE, lang, "error.former_place.open", place=place(self.options[0]))
        return words, {self.where: self.options[0]}

    def allowed(self, lang: str = "en") -> str:
        """Return what the place became; where that is not known, that another must be chosen."""
        if not self.options:
            return say(texts.PACKAGE, lang, "error.former_place.choose")
        became = texts.listed([f"{place(code)} ({code})" for code in self.options], lang)
        return say(texts.PACKAGE, lang, "error.former_place.became", places=became)


class PlaceParameter(UrlParameter):
    """A place in a link; one of earlier borders is refused by name."""

    def refused(self, raw: str) -> LinkError:
        """Return why a value is refused."""
        if raw not in regions.names():
            return super().refused(raw)
        became = tuple(code for code in regions.became(raw) if code in self.options)
        return FormerPlaceError(self.name, raw, became)
