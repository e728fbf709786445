"""The one list of what a page lets its reader choose: fields of a frozen dataclass, each annotated with its `Choice`.

The check of the link, the widgets, the value that is handed on and the order in the link all come from that list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Annotated, get_type_hints

from pages.format.place_names import place
from pages.format.texts import text
from pages.frame import shell
from pages.frame.url import state, widgets
from pages.frame.url.former_places import PlaceParameter
from pages.frame.url.parameters import UrlParameter


@dataclass(frozen=True)
class Choice:
    """One thing a reader chooses: what a link may ask for, how it is named, and what it is where nobody has chosen.

    may: the codes; a function where they hang on the data or on other choices. label: the text that names it.
    words: a code in words, by a text (`sex.{}`) or a function; its widget may be handed other ones. first: the code of
    an untouched choice, "" for the first that is offered. resets: the choices that hang on it and begin anew with it.
    name: in the link, the field's where none is given. many: any number of codes. kind: how the link is
    checked. buttons, quiet: as `widgets.one_of`.
    """

    may: Sequence[str] | Callable[[], Sequence[str]]
    label: str = ""
    words: str | Callable[[str], str] = str
    first: str | Callable[[], str] = ""
    resets: tuple[str, ...] = ()
    name: str = ""
    many: bool = False
    kind: type[UrlParameter] = UrlParameter
    buttons: bool = False
    quiet: bool = False

    def codes(self) -> tuple[str, ...]:
        """Return the codes a link may ask for."""
        return tuple(self.may() if callable(self.may) else self.may)

    def begins(self) -> str:
        """Return the code of an untouched choice, "" for the first that is offered."""
        return self.first() if callable(self.first) else self.first

    def worded(self, code: str) -> str:
        """Return a code in words."""
        return text(self.words.format(code)) if isinstance(self.words, str) else self.words(code)


class PageChoices:
    """What a page's selections say can be chosen; several where a page has parts with choices of their own."""

    def __init__(self, *selections: type) -> None:
        self._selections = selections

    @cached_property
    def by_name(self) -> dict[str, Choice]:
        """Return the choices by their names in the link, in the order of the fields."""
        found = [each for selection in self._selections for each in _choices(selection)]
        return {each.name: each for each in found}

    def parameters(self) -> tuple[UrlParameter, ...]:
        """Return what a link may ask for; where there is nothing to choose now, the link has no such name."""
        offered = {name: each.codes() for name, each in self.by_name.items()}
        known = ((name, self.by_name[name], codes) for name, codes in offered.items() if codes)
        return tuple(each.kind(name, codes, each.many, each.worded) for name, each, codes in known)

    def open(self, *also: UrlParameter) -> None:
        """Check the link and write the page's title; also: what lies in no list, such as numbers between two ends."""
        known = (*self.parameters(), *also)
        state.arrange(each.name for each in known)
        shell.open_page(*known)

    def draw(
        self, name: str, offered: Mapping[str, str] | Sequence[str] | None = None, *, first: str = "", label: str = "",
        resets: Sequence[str] = (),
    ) -> str:  # fmt: skip
        """Draw a choice and return its code; offered: the codes there are here, with words of their own or without.

        label, first, resets: where this draw knows better than the list, or more.
        """
        choice = self.by_name[name]
        names = self._named(choice, offered)
        begins = first or choice.begins() or next(iter(names))
        said, hang = label or text(choice.label), (*choice.resets, *resets)
        return widgets.one_of(name, names, begins, said, buttons=choice.buttons, quiet=choice.quiet, resets=hang)

    def draw_many(
        self, name: str, offered: Mapping[str, str] | Sequence[str], first: Sequence[str], *, label: str = ""
    ) -> tuple[str, ...]:
        """Draw a choice of any number of codes and return them."""
        choice = self.by_name[name]
        return widgets.several(name, self._named(choice, offered), first, label or text(choice.label))

    def linked(self, name: str) -> str:
        """Return what the link asks for, else the first: of a choice that is made by links, or is not drawn yet."""
        return widgets.linked(name, self.by_name[name].codes())

    def _named(self, choice: Choice, offered: Mapping[str, str] | Sequence[str] | None) -> Mapping[str, str]:
        if isinstance(offered, Mapping):
            return offered
        return {code: choice.worded(code) for code in (choice.codes() if offered is None else offered)}


def _choices(selection: type) -> list[Choice]:
    hints = get_type_hints(selection, include_extras=True)
    told = [(field.name, getattr(hints[field.name], "__metadata__", ())) for field in fields(selection)]
    return [replace(each, name=each.name or name) for name, found in told for each in found if isinstance(each, Choice)]


Place = Annotated[str, Choice(lambda: tuple(widgets.region_labels()), "choose.region", place, kind=PlaceParameter)]
"""The place a page is about; the sentence bar draws it."""


@dataclass(frozen=True)
class PlaceSelection:
    """The link of a page that is about a place, and nothing else can be chosen."""

    region: Place


OF_PLACE = PageChoices(PlaceSelection)
