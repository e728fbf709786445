"""What a page's one list says is what its link knows, what its widgets offer, and the order its link is written in."""

from dataclasses import dataclass
from typing import Annotated

import pytest

from pages.frame.url.choices import Choice, PageChoices
from pages.views.cohorts.selection import CHOICES as COHORTS
from pages.views.exclusion.selection import CHOICES as EXCLUSION
from pages.views.exclusion.selection import OF_PICTURE
from pages.views.experiments.selection import CHOICES as EXPERIMENTS
from pages.views.experiments.selection import PLANNED
from pages.views.gains.selection import CHOICES as GAINS
from pages.views.programme.selection import CHOICES as PROGRAMME
from pages.views.workshop.pivot_choice import CHOICES as PIVOT
from tests.ground import opened
from tests.pages.frame.test_url_widgets import choose, link, notices, page

PAGES = {
    "cohorts": COHORTS, "exclusion": EXCLUSION, "experiments": EXPERIMENTS, "gains": GAINS, "programme": PROGRAMME,
    "pivot": PIVOT,
}  # fmt: skip


@dataclass(frozen=True)
class Fruit:
    """A selection with a choice under another name, two in one field, one without options, and no choice at all."""

    kind: Annotated[str, Choice(("apple", "pear"), first="pear", name="sort")]
    weights: Annotated[tuple[str, ...], Choice(("1", "2"), name="low"), Choice(("3",), name="high", many=True)]
    none: Annotated[str, Choice(())]
    ripe: bool = True


def test_the_fields_are_what_a_link_may_ask() -> None:
    known = PageChoices(Fruit).parameters()
    assert [(each.name, each.options, each.many) for each in known] == [
        ("sort", ("apple", "pear"), False), ("low", ("1", "2"), False), ("high", ("3",), True),
    ]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("name", PAGES)
def test_every_choice_of_a_page_has_codes_and_the_first_is_among_them(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(monkeypatch)
    for each in PAGES[name].by_name.values():
        assert not each.begins() or each.begins() in each.codes(), each.name


def test_a_choice_of_a_picture_is_one_of_the_list() -> None:
    assert set(OF_PICTURE) <= set(EXCLUSION.by_name)
    assert set(PLANNED) <= set(EXPERIMENTS.by_name)


@pytest.mark.long
def test_the_link_stands_in_the_order_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    app = page("exclusion", "more", year="2022", region="0301")
    choose(app, "sex", "female")
    app.run()
    choose(app, "age", "20-24")
    app.run()
    order = [name for name in EXCLUSION.by_name if name in link(app)]
    assert list(link(app)) == order == ["region", "age", "sex", "year"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("lang", "said"),
    [("nb", "Gyldige verdier er both (Begge kjønn)"), ("en", "both (Both sexes)")],
)
def test_a_refusal_names_the_options_in_words(lang: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    app = page("exclusion", region="4204", indicator="status_employed", sex="female", lang=lang)
    assert said in notices(app)
