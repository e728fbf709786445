"""The table of pages that are measured in a browser: a page adds itself by one line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Widget:
    """A widget by its key: `select` (a list) or `buttons` (a segmented control). It goes to an option not chosen."""

    kind: str
    key: str


@dataclass(frozen=True)
class PageLine:
    """One view: its link, its name in the menu's links, the charts it draws, and the widget that is turned.

    path: the page's file name; query: of its link; charts: how many are drawn at once; widget: None where there is
    none; before: the page from which it is switched to ("": the switch is not measured, as with a query);
    crowd: key of the select box that twenty readers turn ("": not measured); bounds: of D_load, D_widget, D_page.
    """

    name: str
    path: str
    charts: int
    widget: Widget | None = None
    query: str = ""
    before: str = ""
    crowd: str = ""
    load: float | None = 1.5
    turn: float | None = 2.0
    switch: float | None = 2.0


REGION = Widget("select", "choose-exclusion-region-nb")
OVERVIEW_REGION = Widget("select", "choose-overview-region-nb")
PICTURE = Widget("buttons", "choose-exclusion-picture-nb")
PAGES = (
    PageLine("overview", "", 0, OVERVIEW_REGION, before="method"),
    PageLine("exclusion", "exclusion", 1, REGION, before="method", crowd=REGION.key),
    PageLine("ranking", "exclusion", 1, PICTURE, "picture=ranking&within=nation"),
    PageLine("method", "method", 0, before="exclusion"),
)
FLOOR_CHART = PageLine("floor_chart", "chart", 1, Widget("select", "choose"))
FLOOR_TEXT = PageLine("floor_text", "", 0, before="other")
