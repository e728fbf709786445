"""Results held between runs, keyed by the question and by what is loaded: the only home of Streamlit's caches."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from analytics.provenance import state
from pages.frame.shell import one_state

P = ParamSpec("P")
T = TypeVar("T")
_MOST = 256


def held(function: Callable[P, T]) -> Callable[P, T]:
    """Return the function with its answers kept for one state of the data; its arguments must be frozen values."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def asked(*arguments: P.args, **named: P.kwargs) -> T:
        answer: T = _held(
            name,
            one_state(state),
            repr(arguments) + repr(sorted(named.items())),
            _Call(function, arguments, named),
        )
        return answer

    return asked


def kept(function: Callable[P, T]) -> Callable[P, T]:
    """Return the function with its very answers kept for one state of the data: for pictures, drawn and never changed.

    Language and width of screen must be among its arguments, and it must draw no widget.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def asked(*arguments: P.args, **named: P.kwargs) -> T:
        question = repr(arguments) + repr(sorted(named.items()))
        answer: T = _kept(name, one_state(state), question, _Call(function, arguments, named))
        return answer

    return asked


class _Call:
    """A call that has not been made: hidden from the cache's key by its underscore parameter."""

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
        self.function, self.arguments, self.named = function, arguments, named


@st.cache_data(max_entries=_MOST, show_spinner=False)
def _held(name: str, loaded: str, question: str, _call: _Call) -> Any:  # noqa: ANN401, ARG001 - the key of the cache
    return _call.function(*_call.arguments, **_call.named)


@st.cache_resource(max_entries=_MOST, show_spinner=False)
def _kept(name: str, loaded: str, question: str, _call: _Call) -> Any:  # noqa: ANN401, ARG001 - the key of the cache
    return _call.function(*_call.arguments, **_call.named)
