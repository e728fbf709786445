"""Results kept between runs, keyed by the question and by what is loaded: the only home of Streamlit's caches."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from analytics.provenance import state
from pages.format.texts import language
from pages.frame.shell import narrow, one_state

P = ParamSpec("P")
T = TypeVar("T")
_MOST = 256


def cached_value(function: Callable[P, T]) -> Callable[P, T]:
    """Return the function with its answers kept for one state of the data; its arguments must be frozen values."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def asked(*arguments: P.args, **named: P.kwargs) -> T:
        question = repr((name, one_state(state), arguments, sorted(named.items())))
        answer: T = _value(question=question, _call=_Call(function, arguments, named))
        return answer

    return asked


def cached_object(function: Callable[P, T]) -> Callable[P, T]:
    """Return the function with its very answers kept for one state of the data: for pictures, drawn and never changed.

    They are kept for each language and width of screen; the function must draw no widget.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def asked(*arguments: P.args, **named: P.kwargs) -> T:
        question = repr((name, one_state(state), language(), narrow(), arguments, sorted(named.items())))
        answer: T = _object(question=question, _call=_Call(function, arguments, named))
        return answer

    return asked


class _Call:
    """A call that has not been made: hidden from the cache's key by its underscore parameter."""

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
        self.function, self.arguments, self.named = function, arguments, named


# Called by keywords alone: Streamlit reads the signature anew at each call for what is given by place.
@st.cache_data(max_entries=_MOST, show_spinner=False)
def _value(*, question: str, _call: _Call) -> Any:  # noqa: ANN401, ARG001 - the key of the cache
    return _call.function(*_call.arguments, **_call.named)


@st.cache_resource(max_entries=_MOST, show_spinner=False)
def _object(*, question: str, _call: _Call) -> Any:  # noqa: ANN401, ARG001 - the key of the cache
    return _call.function(*_call.arguments, **_call.named)
