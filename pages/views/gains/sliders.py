"""The sliders of the gains page: they edit a copy of the scenario, and the link carries what was edited."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import streamlit as st

from benefits.parameters import parameter
from benefits.scenario.edits import own_values
from benefits.scenario.model import Scenario
from data import paths
from data.toml import toml_table
from pages.format import texts
from pages.format.numbers import nok, number
from pages.format.texts import text
from pages.frame import expander, session
from pages.frame.url import state, widgets
from pages.frame.url.parameters import UrlParameter

_TOKENS = paths.PAGES / "views" / "gains" / "sliders.toml"
_SIX, _TWELVE = 6, 12
_MONTHS = 12
_RESET = "gains-reset-asked"
# Link parameter → the name of the edit in `benefits.scenario.edits`.
EDITS = {
    "participants": "participants",
    "effect": "effect",
    "lasting": "lasting_years",
    "displacement": "displacement",
    "wage": "wage_nok",
    "share": "full_time_share",
    "horizon": "horizon_years",
    "cost": "cost_factor",
}


@cache
def settings() -> dict[str, Any]:
    """Return the settings of the gains page: `slider`, `upload`, `tornado`, `figure`, `stock`."""
    return toml_table(_TOKENS)


@dataclass(frozen=True)
class Span(UrlParameter):
    """A link parameter that is a number between two ends, written with a point and without needless zeros."""

    low: float = 0.0
    high: float = 0.0
    decimals: int = 0

    def option(self, raw: str) -> str | None:
        """Return the number as the link writes it, or None where it is no number between the ends."""
        try:
            value = float(raw)
        except ValueError:
            return None
        whole = raw.isascii() and raw == raw.strip() and "_" not in raw
        return _code(round(value, self.decimals)) if whole and self.low <= value <= self.high else None


def spans(scenario: Scenario) -> tuple[Span, ...]:
    """Return the link parameters of what can be edited in a scenario."""
    found = []
    for name in sliders(scenario):
        low, high, decimals = _low(name, scenario), settings()["slider"][name]["high"], _decimals(name)
        found.append(Span(name, (f"{_code(low)} – {_code(high)}",), low=low, high=high, decimals=decimals))
    return tuple(found)


def sliders(scenario: Scenario) -> list[str]:
    """Return the sliders a scenario has: what has no one number (a schedule of years, no cost) has none."""
    own = own_values(scenario)
    return [name for name, edit in EDITS.items() if edit in own]


def draw(scenario: Scenario, name: str, skipped: tuple[str, ...] = ()) -> dict[str, float]:
    """Draw the sliders of a scenario called `name` and return what differs from it, by edit, in the model's units."""
    shown = [slider for slider in sliders(scenario) if slider not in skipped]
    edits: dict[str, float] = {}
    if session.recall(_RESET):
        clear(name)
        session.forget(_RESET)
    if not expander.is_open():
        for shut in shown:
            edits |= _edit(scenario, shut, _asked(scenario, shut))
        return edits
    half = (len(shown) + 1) // 2
    for column, some in zip(st.columns(2, gap="large"), (shown[:half], shown[half:]), strict=True):
        with column:
            for slider in some:
                edits |= _slider(scenario, name, slider)
    st.button(text("gains.reset"), key="gains-reset", on_click=_reset)
    return edits


def clear(name: str) -> None:
    """Take every edit back, out of the link and the sliders of the scenario called `name`."""
    widgets.begin_anew(*EDITS, *(_key(name, slider) for slider in EDITS))


def question(edits: Mapping[str, float]) -> str:
    """Return what must be asked about a chosen wage: whether it is a month's, or meant so far from the usual."""
    wage, entry = edits.get("wage_nok"), parameter("innenfor.limits.plausible_wage").values[-1]
    low, high = entry.low or 0.0, entry.high or 0.0
    if wage is None or low <= wage <= high:
        return ""
    monthly = low <= _MONTHS * wage <= high
    return text(f"gains.wage_{'monthly' if monthly else 'far'}", wage=nok(wage), year=nok(_MONTHS * wage))


def described(scenario: Scenario, edits: Mapping[str, float]) -> list[str]:
    """Return the edits of a scenario in words, each `label: value`."""
    names = {edit: slider for slider, edit in EDITS.items()}
    written = partial(_written, lang=texts.language())
    return [
        f"{_name(names[edit], scenario)}: {written(names[edit], _link(names[edit], value))}"
        for edit, value in edits.items()
    ]


def _slider(scenario: Scenario, name: str, slider: str) -> dict[str, float]:
    own, asked = _own(scenario, slider), _asked(scenario, slider)
    options = _options(scenario, slider, own, asked)
    key = widgets.prepared(_key(name, slider), options, asked)
    label, written = _name(slider, scenario), partial(_written, slider, lang=texts.language())
    chosen = str(st.select_slider(label, options, key=key, format_func=written))
    if chosen == own:
        state.drop(slider)
    elif chosen != asked:
        state.put(slider, chosen)
    return _edit(scenario, slider, chosen)


def _asked(scenario: Scenario, slider: str) -> str:
    return state.get(slider) or _own(scenario, slider)


def _edit(scenario: Scenario, slider: str, chosen: str) -> dict[str, float]:
    """Return the edit a slider's stop stands for, by edit; none where it is the scenario's own number."""
    return {} if chosen == _own(scenario, slider) else {EDITS[slider]: _inside(slider, chosen)}


def _name(slider: str, scenario: Scenario) -> str:
    """Return a slider in words; how long an effect lasts is a half-life or a number of years."""
    return text(f"gains.slider.{scenario.persistence.kind if slider == 'lasting' else slider}")


def _reset() -> None:
    session.remember(_RESET)


def _key(name: str, slider: str) -> str:
    return f"{name}-{slider}"


def _options(scenario: Scenario, slider: str, *also: str) -> list[str]:
    """Return the stops of a slider with the scenario's own number and the link's among them, as codes."""
    low = _low(slider, scenario)
    stops = {float(code) for code in also}
    for first, last, step in settings()["slider"][slider]["steps"]:
        stops |= {round(first + step * i, _SIX) for i in range(round((last - first) / step) + 1)}
    return [_code(stop) for stop in sorted(stops) if stop >= low or _code(stop) in also]


def _low(slider: str, scenario: Scenario) -> float:
    """Return the least a slider may be: a horizon holds the start and every cost."""
    least = float(settings()["slider"][slider]["low"])
    if slider != "horizon":
        return least
    return max(least, scenario.start + 1.0, *(cost.year + 1.0 for cost in scenario.costs))


def _own(scenario: Scenario, slider: str) -> str:
    return _link(slider, own_values(scenario)[EDITS[slider]])


def _link(slider: str, value: float) -> str:
    return _code(round(value / float(settings()["slider"][slider]["scale"]), _SIX))


def _inside(slider: str, code: str) -> float:
    return round(float(code) * float(settings()["slider"][slider]["scale"]), _TWELVE)


def _decimals(slider: str) -> int:
    return int(settings()["slider"][slider]["decimals"])


def _code(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") if value else "0"


@cache
def _written(slider: str, code: str, lang: str) -> str:
    """Return a stop in words: a slider words every stop it has whenever any of them is moved."""
    value = float(code)
    decimals = _decimals(slider) if value != int(value) else 0
    return text(f"gains.unit.{slider}", number=number(value, decimals, lang))
