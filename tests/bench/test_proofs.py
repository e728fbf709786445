"""A click, a page and a crowd that did nothing fail: each proof is shown a world without the deed."""

import asyncio
import re
from dataclasses import dataclass, replace
from random import Random

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.bench import __main__ as bench
from tests.bench import crowd, pages, proofs, report, sizes, visits
from tests.bench.sessions import Session

PAGE = proofs.Seen("/exclusion", "How many", "7 of 100", "[1]", 1, "Kristiansand")
TURNED = replace(PAGE, value="Arendal", words="8 of 100", figures="[2]")
OTHER = replace(PAGE, path="/method", title="Method", figures="[]", charts=0)


def test_what_happened_is_proven() -> None:
    told = (proofs.loaded(PAGE, 1), proofs.turned(PAGE, TURNED, 1), proofs.switched(PAGE, OTHER, "method", 0))
    assert (*told, proofs.twin(PAGE, PAGE)) == ("", "", "", "")


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (replace(PAGE, charts=0), "0 charts"),
        (replace(PAGE, charts=3), "3 charts"),
        (replace(PAGE, title=""), "no title"),
        (replace(PAGE, problem="The link asks for what is not there"), "The link asks"),
    ],
)
def test_a_page_that_is_refused_or_lacks_or_exceeds_its_pictures_is_not_loaded(seen, said) -> None:
    assert said in proofs.loaded(seen, 1)


@pytest.mark.parametrize(
    ("after", "charts", "said"),
    [
        (PAGE, 1, "still says 'Kristiansand'"),
        (replace(TURNED, figures=PAGE.figures), 1, "no picture was drawn anew"),
        (replace(TURNED, words=PAGE.words), 0, "the answer is as before"),
        (replace(TURNED, problem="sorry"), 1, "sorry"),
        (replace(TURNED, charts=0), 1, "0 charts"),
    ],
)
def test_a_widget_that_changes_nothing_behind_it_is_not_turned(after, charts, said) -> None:
    assert said in proofs.turned(PAGE, after, charts)


@pytest.mark.parametrize(
    ("after", "said"),
    [(PAGE, "address"), (replace(PAGE, path="/method"), "title"), (replace(OTHER, problem="sorry"), "sorry")],
)
def test_a_page_that_stays_is_not_switched(after, said) -> None:
    assert said in proofs.switched(PAGE, after, "method", 0)


@pytest.mark.parametrize("charts", [0, 2])
def test_a_static_page_without_our_figures_is_no_twin(charts) -> None:
    assert proofs.twin(PAGE, replace(PAGE, charts=charts))


def test_a_widget_of_a_page_is_named_as_the_page_names_it() -> None:
    widgets = [page for page in pages.PAGES if page.widget]
    wrong = [page.name for page in widgets if not re.match(f"choose-{page.path or 'overview'}-", page.widget.key)]
    assert (wrong, len(widgets) > 5) == ([], True)


@dataclass
class Server:
    """A made server: its page shows an option's own answer where it hears the choice, else always the same."""

    hears: bool = True
    titled: bool = True
    loses: bool = False

    def __post_init__(self) -> None:
        self.asked = BackMsg()
        self.waiting: list[ForwardMsg] = []

    async def send(self, message: bytes) -> None:
        self.asked.ParseFromString(message)
        states = self.asked.rerun_script.widget_states.widgets
        chosen = states[0].string_value if states and self.hears and self.asked.rerun_script.page_script_hash else "a"
        self.waiting = [*self._page("a" if self.loses and chosen == "c" else chosen)]

    async def recv(self) -> bytes:
        return bytes(self.waiting.pop(0).SerializeToString())

    def _page(self, chosen: str):
        begun, place, link, title, box, answer, done = (ForwardMsg() for _ in range(7))
        begun.new_session.name = "app"
        place.navigation.page_script_hash = "hash"
        link.page_info_changed.query_string = f"region={chosen}"
        title.delta.new_element.heading.body = f"Page {self.asked.rerun_script.page_name}" if self.titled else ""
        box.delta.new_element.selectbox.id = "$$ID-0-choose"
        box.delta.new_element.selectbox.options.extend("abc")
        answer.delta.new_element.markdown.body = f"the answer to {chosen}"
        done.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
        return begun, place, link, title, box, answer, done


def clicks(server: Server, *options: str) -> list[float]:
    async def visit() -> list[float]:
        session = Session(server)
        await session.open("exclusion")
        return [await session.turn("choose", option) for option in options]

    return asyncio.run(visit())


def test_a_click_that_is_heard_and_answered_has_a_time() -> None:
    assert len(clicks(Server(), "b", "c", "b")) == 3


@pytest.mark.parametrize(
    ("server", "options", "said"),
    [
        (Server(hears=False), ["b"], "same as before"),
        (Server(), ["b", "b"], "same as before"),
        (Server(), ["d"], "no option"),
        (Server(titled=False), [], "no title"),
    ],
)
def test_a_click_the_server_does_not_hear_is_no_click(server, options, said) -> None:
    with pytest.raises(report.Unproven, match=said):
        clicks(server, *options)


@pytest.fixture
def sessions(monkeypatch):
    """Lets sessions open on a made server, without thought between the clicks."""

    def on(server: Server) -> None:
        class Opened:
            def __init__(self, address: str) -> None:
                self.session = Session(server)

            async def __aenter__(self) -> Session:
                return self.session

            async def __aexit__(self, *_: object) -> None:
                return None

        monkeypatch.setattr(Session, "opened", Opened)
        monkeypatch.setattr(crowd, "THINK", 0.0)

    return on


CROWDED = pages.PageLine("exclusion", "exclusion", 1, crowd="choose")


def test_a_reader_who_is_shown_what_another_chose_fails_the_crowd(sessions) -> None:
    sessions(Server())
    session = Session(Server())
    asyncio.run(session.open("exclusion"))
    known = {}
    for option in ("b", "c"):
        asyncio.run(session.turn("choose", option))
        known[option] = session.answer
    assert len(asyncio.run(crowd.reader("", CROWDED, known, 6, Random(1)))) == 6
    with pytest.raises(report.Unproven, match="another answer"):
        asyncio.run(crowd.reader("", CROWDED, known | {"b": "what another reader chose"}, 6, Random(1)))


def test_a_server_that_answers_every_page_with_one_has_no_memory_to_measure(sessions) -> None:
    class Deaf(Server):
        def _page(self, chosen: str):
            made = super()._page(chosen)
            made[3].delta.new_element.heading.body = "The one page"
            made[4].delta.new_element.selectbox.id = "$$ID-0-choose-exclusion-region-nb"
            made[4].delta.new_element.selectbox.options[0] = "b"
            return made

    sessions(Deaf())
    with pytest.raises(report.Unproven, match="titles are"):
        asyncio.run(sizes.visit_every_page(""))


def test_the_crowd_is_measured_over_all_clicks_and_its_spread_over_rounds() -> None:
    found = crowd.result(
        "S_20 x", [([0.1] * 20, [0.2] * 80), ([0.1] * 20, [0.4] * 80), ([0.1] * 20, [0.3] * 80)], "S_20"
    )
    assert (found.value, found.median, found.repetitions) == (pytest.approx(4), pytest.approx(3), 3)


def test_a_crowd_is_spread_evenly_over_the_processes() -> None:
    came: list[str] = []

    class Place:
        def __init__(self, name: str) -> None:
            self.name = name

        async def reader(self, clicks: int, chance: Random) -> list[float]:
            came.append(self.name)
            return [0.1] * clicks

    seconds = asyncio.run(crowd._crowd([Place("one"), Place("two")], 10)(0))  # type: ignore[arg-type, list-item]
    assert (came.count("one"), came.count("two"), len(seconds)) == (5, 5, 10 * crowd.CLICKS)
    assert set(crowd.SIDES) == set(crowd.BOUNDS) == set(crowd.ABOUT) == set(bench.CROWDS)


def test_every_visitor_comes_and_a_few_are_there_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    came, there, most = [], set(), []

    async def visit(_address: str, number: int) -> None:
        there.add(number)
        most.append(len(there))
        await asyncio.sleep(0)
        there.remove(number)
        came.append(number)

    monkeypatch.setattr(visits, "visit", visit)
    asyncio.run(visits.visits("", range(50)))
    assert (sorted(came), max(most)) == (list(range(50)), visits.AT_ONCE)
