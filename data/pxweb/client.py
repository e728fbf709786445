"""A client of PxWebApi v2: one call at a time, paced, retried where the server is busy, honest where it is not.

The standard library's `urllib` does it: one GET with a timeout. Nothing here needs more, and `data` then asks for no
package that is only here because Streamlit brings it. GET, not POST: an address can be read, kept and tried by hand.
"""

import json
import math
import time
import urllib.request
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from data import paths
from data.pxweb.errors import FetchProblem
from data.toml import read_toml

LIMITS_FILE = paths.DATA / "pxweb" / "client.toml"
Pairs = Sequence[tuple[str, str]]
_BUSY = (408, 425, 429, 502, 503, 504)
_DROPPED = (TimeoutError, ConnectionResetError, ConnectionAbortedError, BrokenPipeError, HTTPException)
_CHUNK, _MOST_OF_AN_ERROR = 1 << 16, 4000


@dataclass(frozen=True)
class Limits:
    """What the server bears and when it is left alone; see `pxweb.toml`."""

    base_url: str
    language: str
    cells: int
    calls: int
    window_seconds: float
    url_length: int
    halvings: int
    attempts: int
    first_wait_seconds: float
    longest_wait_seconds: float
    silence_seconds: float
    answer_seconds: float
    quiet: dict[str, str]


@cache
def limits(path: Path = LIMITS_FILE) -> Limits:
    """Return the limits of SSB's interface."""
    return read_toml(path, Limits)


class _BusyError(Exception):
    """The server or the line may do better in a while; `wait` is what the server asks for, in seconds."""

    def __init__(self, code: str, found: str, wait: float | None = None, status: int = 0) -> None:
        super().__init__(found)
        self.code, self.found, self.wait, self.status = code, found, wait, status


@dataclass
class Client:
    """Asks the server; `now`, `clock` and `sleep` may be replaced, so that tests do not wait."""

    limits: Limits
    base_url: str
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    calls: int = 0
    _recent: deque[float] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.base_url = self.base_url.rstrip("/")
        if not _of_the_web(self.base_url):
            raise FetchProblem(code="fetch_bad_address", file=self.base_url, detail=self.base_url)

    def address(self, path: str, pairs: Pairs) -> str:
        """Return the address of a question, as the server reads it."""
        return f"{self.base_url}/{path}?{urlencode(pairs, safe='[],*:-_.')}"

    def document(self, path: str, pairs: Pairs) -> tuple[dict[str, Any], bytes]:
        """Return an answer as JSON object and as bytes. Raises FetchProblem."""
        url = self.address(path, pairs)
        for attempt in range(1, self.limits.attempts + 1):
            try:
                return self._answer(url)
            except _BusyError as busy:
                self._wait(url, busy, attempt)
        raise AssertionError(url)

    def _wait(self, url: str, busy: _BusyError, attempt: int) -> None:
        wait = self.limits.first_wait_seconds * 2 ** (attempt - 1) if busy.wait is None else busy.wait
        if attempt == self.limits.attempts or wait > self.limits.longest_wait_seconds:
            facts = {"detail": busy.found, "found": str(attempt), "expected": str(math.ceil(wait))}
            raise FetchProblem(code=busy.code, file=url, status=busy.status, **facts) from busy
        self.sleep(wait)

    def _answer(self, url: str) -> tuple[dict[str, Any], bytes]:
        self._not_in_quiet_hours(url)
        self._pace()
        content = self._bytes(url)
        try:
            document = json.loads(content)
        except ValueError as error:
            raise _BusyError("fetch_unreadable", f"{error}: {_shown(content)}") from error
        if not isinstance(document, dict):
            raise FetchProblem(code="fetch_unreadable", file=url, detail=_shown(content), found="1")
        return document, content

    def _not_in_quiet_hours(self, url: str) -> None:
        """The hours are those of SSB: a mirror or a test server is asked at any time."""
        quiet = self.limits.quiet
        there = self.now().astimezone(ZoneInfo(quiet["zone"])).strftime("%H:%M")
        same = urlsplit(self.base_url).netloc == urlsplit(self.limits.base_url).netloc
        if same and quiet["from"] <= there < quiet["to"]:
            raise FetchProblem(
                code="fetch_quiet", file=url, expected=f"{quiet['from']}–{quiet['to']}", detail=quiet["to"], found=there
            )

    def _pace(self) -> None:
        """Never more calls in a window than the server allows, tries that failed counted too."""
        window = self.limits.window_seconds
        if len(self._recent) >= self.limits.calls:
            rest = self._recent[-self.limits.calls] + window - self.clock()
            if rest > 0:
                self.sleep(rest)
        self._recent.append(self.clock())
        while len(self._recent) > self.limits.calls:
            self._recent.popleft()
        self.calls += 1

    def _bytes(self, url: str) -> bytes:
        request = urllib.request.Request(url, headers={"User-Agent": "Innenfor", "Accept": "application/json"})  # noqa: S310 - scheme checked above
        try:
            with urllib.request.urlopen(request, timeout=self.limits.silence_seconds) as answer:  # noqa: S310
                return self._read(answer)
        except HTTPError as error:
            raise self._refusal(url, error) from error
        except (OSError, HTTPException) as error:
            reason = error.reason if isinstance(error, URLError) else error
            if isinstance(reason, _DROPPED):
                raise _BusyError("fetch_unavailable", _named(reason)) from error
            detail = str(reason) if isinstance(error, URLError) else _named(error)
            raise FetchProblem(code="fetch_offline", file=url, detail=detail) from error

    def _read(self, answer: HTTPResponse) -> bytes:
        """Read what has come, to the end, but not for ever: a server that drips is given up.

        `read1`, since `read` waits for a whole chunk: a line of a byte a second would never come back to the clock.
        """
        started, parts = self.clock(), list[bytes]()
        while part := answer.read1(_CHUNK):
            parts.append(part)
            if self.clock() - started > self.limits.answer_seconds:
                raise TimeoutError(f"> {self.limits.answer_seconds} s")
        if answer.length:  # promised and not sent
            raise HTTPException(f"- {answer.length} B")
        return b"".join(parts)

    def _refusal(self, url: str, error: HTTPError) -> Exception:
        title = _title(error)
        if error.code in _BUSY:
            code = "fetch_too_many_calls" if error.code == 429 else "fetch_unavailable"
            return _BusyError(code, f"HTTP {error.code} {title}".strip(), self._asked_to_wait(error), error.code)
        code = _code_of(error.code, title, url, self.limits.url_length)
        return FetchProblem(code=code, file=url, detail=title or "–", found=str(error.code), status=error.code)

    def _asked_to_wait(self, error: HTTPError) -> float | None:
        """Return the header Retry-After in seconds; it is a number or a date."""
        asked = (error.headers.get("Retry-After") or "").strip()
        if asked.isdecimal():
            return float(asked)
        try:
            return max(0.0, (parsedate_to_datetime(asked) - self.now()).total_seconds()) if asked else None
        except (ValueError, TypeError):
            return None


def _of_the_web(url: str) -> bool:
    """Tell whether an address can be asked at all: http or https, a host, a port that is a number, no blanks."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return False
    return bool(named) and url.isascii() and " " not in url


def _code_of(status: int, title: str, url: str, longest: int) -> str:
    """Name a refusal: SSB answers 404 to a long address, an empty 500 to a repeated code, 403 or 400 to too much."""
    much = any(word in title.lower() for word in ("too many", "cell", "for mange"))
    if status == 413 or (status in (400, 403) and much) or (status == 403 and not title and "/data" in url):
        return "fetch_too_many_cells"
    if status == 414 or (status == 404 and len(url) > longest / 2):
        return "fetch_address_too_long"
    if status == 500:
        return "fetch_server_error" if title else "fetch_repeated_code"
    return "fetch_no_table" if status == 404 else "fetch_refused"


def _title(error: HTTPError) -> str:
    """Return what the server says is wrong: `title` of its JSON, else the beginning of the text."""
    try:
        body = error.read(_MOST_OF_AN_ERROR).decode("utf-8", errors="replace").strip()
    except (OSError, HTTPException):
        return ""
    try:
        document = json.loads(body)
    except ValueError:
        return "" if body.startswith("<") else body[:200]
    said = (document.get("title") or document.get("detail")) if isinstance(document, dict) else ""
    return str(said or body[:200])


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def _shown(content: bytes) -> str:
    return " ".join(content[:80].decode("utf-8", errors="replace").split())
