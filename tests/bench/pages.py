"""The table of pages that are measured in a browser: a page adds itself by one line."""

from dataclasses import dataclass

from tests.bench import bare_query


@dataclass(frozen=True)
class Widget:
    """A widget by its key: `select` (a list), `buttons` (a segmented control) or `slider`.

    It goes to an option not chosen; a slider goes one stop to the right.
    """

    kind: str
    key: str


@dataclass(frozen=True)
class PageLine:
    """One view: its link, its name in the menu's links, the charts it draws, and the widget that is turned.

    path: the page's file name; query: of its link; charts: how many are drawn at once, neither more nor fewer; widget:
    None where there is none; turned: how many are drawn once it is turned (None: as many as before); returned: how many
    when the reader comes back to what was turned (None: as many as at first); before: the page
    from which it is switched to ("": the switch is not measured, as with a query); crowd: key of the select box that
    twenty readers turn ("": not measured); linked: whether its link says what is chosen; asks: turning the widget runs
    the query of `bare_query`, so its time is part of the floor, and `{place}` in the link is another place each time;
    bounds: of D_load, D_widget, D_page.
    """

    name: str
    path: str
    charts: int
    widget: Widget | None = None
    query: str = ""
    before: str = ""
    crowd: str = ""
    turned: int | None = None
    returned: int | None = None
    linked: bool = True
    asks: bool = False
    load: float | None = 1.2
    turn: float | None = 1.4
    switch: float | None = 2.0


REGION = Widget("select", "choose-exclusion-region-nb")
OVERVIEW_REGION = Widget("select", "choose-overview-region-nb")
COHORTS_REGION = Widget("select", "choose-cohorts-region-nb")
EXPERIMENTS_VIEW = Widget("buttons", "choose-experiments-view-nb")
GAINS_SLIDER = Widget("slider", "choose-gains-ips_job_support-displacement-nb")
PIVOT_COLUMNS = Widget("select", "choose-workshop-columns-nb")
PAGES = (
    PageLine("overview", "", 0, OVERVIEW_REGION, before="method"),
    PageLine(
        "exclusion", "exclusion", 3, REGION, before="method", crowd=REGION.key, turned=2, returned=2
    ),  # the nation
    PageLine("ranking", "exclusion", 1, REGION, "picture=ranking&within=nation"),
    PageLine("method", "method", 0, before="exclusion"),
    PageLine("cohorts", "cohorts", 2, COHORTS_REGION, before="method"),
    PageLine("experiments", "experiments", 0, EXPERIMENTS_VIEW, before="method", turned=3, turn=None),
    PageLine("gains", "gains", 0, before="method"),
    PageLine("gains_slider", "gains", 0, GAINS_SLIDER, "displacement=20", turn=1.5),
    PageLine("pivot", "workshop", 1, PIVOT_COLUMNS, bare_query.LINK, asks=True, turn=1.5),
    PageLine("programme", "programme", 1, before="method"),
)
FLOOR_CHART = PageLine("floor_chart", "chart", 1, Widget("select", "choose"), crowd="choose", linked=False)
FLOOR_TEXT = PageLine("floor_text", "", 0, before="other")


def charts_at(path: str) -> int:
    """Return how many charts the page with a file name draws at once; none where no line measures it."""
    return next((page.charts for page in PAGES if page.path == path and not page.query), 0)
