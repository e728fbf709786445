"""Results kept between runs, keyed by the question and by what is loaded: the only home of caches of the pages."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from analytics.provenance import state
from pages.format.texts import language
from pages.frame.visit import narrow, one_state

P = ParamSpec("P")
T = TypeVar("T")
_MOST = 512


def cached_value(function: Callable[P, T]) -> Callable[P, T]:
    """Return the function with its answers kept for one state of the data.

    Its arguments are frozen values; an answer is the very one for all readers, and nobody changes it.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def asked(*arguments: P.args, **named: P.kwargs) -> T:
        question = repr((name, one_state(state), arguments, sorted(named.items())))
        answer: T = _kept(_Call(question, function, arguments, named))
        return answer

    return asked


def cached_object(function: Callable[P, T]) -> Callable[P, T]:
    """Return the function as `cached_value` does, with an answer for each language and width of screen: for pictures.

    The function must draw no widget.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def asked(*arguments: P.args, **named: P.kwargs) -> T:
        question = repr((name, one_state(state), language(), narrow(), arguments, sorted(named.items())))
        answer: T = _kept(_Call(question, function, arguments, named))
        return answer

    return asked


class _Call:
    """A call that has not been made; two of the same question are the same."""

    def __init__(
        self, question: str, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> None:
        self.question, self.function, self.arguments, self.named = question, function, arguments, named

    def __hash__(self) -> int:
        return hash(self.question)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Call) and self.question == other.question


# What is kept is found here at once; what is not, Streamlit lets one reader reckon while the others wait for it.
@lru_cache(maxsize=_MOST)
def _kept(call: _Call) -> Any:  # noqa: ANN401
    return _reckoned(question=call.question, _call=call)


# Called by keywords alone: Streamlit reads the signature anew at each call for what is given by place.
@st.cache_resource(max_entries=_MOST, show_spinner=False)
def _reckoned(*, question: str, _call: _Call) -> Any:  # noqa: ANN401, ARG001 - the key of the cache
    return _call.function(*_call.arguments, **_call.named)
