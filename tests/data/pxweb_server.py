"""A local server that answers as SSB's PxWebApi v2 does, errors included. Synthetic layout, made-up figures."""

import json
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from math import prod
from typing import Any
from urllib.parse import parse_qs, urlsplit

YEARS = ("2021", "2022", "2023", "2024")
LISTS = {
    "agg_KommSummer": {
        "K-0301": "Oslo", "K-4203": "Arendal", "K-4204": "Kristiansand", "K-2111": "Longyearbyen",
        "K-Rest": "Delte kommuner og uoppgitt",
    },
    "agg_KommFylker": {"F-03": "Oslo - Oslove", "F-42": "Agder", "F-21": "Svalbard"},
}  # fmt: skip
REGIONS = {"0": "Hele landet", "03": "Oslo", "0301": "Oslo", "1001": "Kristiansand (-2019)", "4204": "Kristiansand"}
SIZES = {"0": 900, "03": 120, "0301": 120, "4203": 40, "4204": 100, "42": 140}
Cell = tuple[str, str, str, str, str]  # region, status, sex, age, year


def dimensions() -> dict[str, dict[str, str]]:
    return {
        "Region": dict(REGIONS),
        "HovArbStyrkStatus": {"TOT3": "I alt", "A.01": "Sysselsatte", "NEET": "Utenfor arbeid, utdanning og tiltak"},
        "Kjonn": {"0": "Begge kjønn", "1": "Menn", "2": "Kvinner"},
        "Alder": {"15-29": "15-29 år", "20-24": "20-24 år", "25-29": "25-29 år", "30-61": "30-61 år"},
        "ContentsCode": {"Bosatte": "Bosatte", "BosatteProsent": "Andel av bosatte (prosent)"},
        "Tid": {year: year for year in YEARS},
    }


@dataclass
class PxWebServer:
    """What the server holds and how it fails.

    faults: taken one a call, before the answer: ("status", 429, {"Retry-After": "3"}, "body"), ("drop",),
    ("truncate",), ("not_json",), ("slow", seconds), ("drip", seconds between the bytes), ("short",),
    ("moved", address), or None for a good answer.
    cells: figures that are not the made-up ones: cell → (value or None, status symbol).
    """

    table: str = "13556"
    updated: str = "2025-11-20T07:00:00Z"
    most_cells: int = 800_000
    longest_url: int = 2100
    too_large_status: int = 403
    too_large_title: str = "Too many cells selected"
    sparse: bool = False
    index_as_list: bool = False
    dims: dict[str, dict[str, str]] = field(default_factory=dimensions)
    lists: dict[str, dict[str, str]] = field(default_factory=lambda: {name: dict(of) for name, of in LISTS.items()})
    cells: dict[Cell, tuple[float | None, str]] = field(default_factory=dict)
    faults: deque[Any] = field(default_factory=deque)
    stamps: deque[str] = field(default_factory=deque)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def data_calls(self) -> list[str]:
        return [path for path in self.asked if "/data?" in path]

    def answer(self, path: str) -> tuple[int, bytes]:
        """Return status and body for one question."""
        parts = urlsplit(path)
        asked = {key.lower(): values[0] for key, values in parse_qs(parts.query).items()}
        if f"/tables/{self.table}/" not in parts.path or len(path) > self.longest_url:
            return 404, b""
        dims, wrong = self.dims_of(asked)
        if wrong:
            return wrong
        if parts.path.endswith("/metadata"):
            return 200, json.dumps(self.head(dims)).encode()
        return self.data(asked, dims)

    def dims_of(self, asked: dict[str, str]) -> tuple[dict[str, dict[str, str]], tuple[int, bytes] | None]:
        dims = dict(self.dims)
        name = asked.get("codelist[region]")
        if name is not None and name not in self.lists:
            return dims, refusal(400, "Non-existent codelist")
        return dims | ({"Region": self.lists[name]} if name else {}), None

    def data(self, asked: dict[str, str], dims: dict[str, dict[str, str]]) -> tuple[int, bytes]:
        chosen: dict[str, dict[str, str]] = {}
        for name, labels in dims.items():
            given = asked.get(f"valuecodes[{name.lower()}]")
            if given is None:
                return refusal(400, "Missing selection for mandantory variable")
            codes = list(labels) if given == "*" else given.split(",")
            if len(set(codes)) < len(codes):
                return 500, b""
            if set(codes) - labels.keys():
                return refusal(400, "Non-existent value")
            chosen[name] = {code: labels[code] for code in labels if code in codes}
        if prod(len(codes) for codes in chosen.values()) > self.most_cells:
            return refusal(self.too_large_status, self.too_large_title)
        return 200, json.dumps(self.dataset(chosen), ensure_ascii=False).encode()

    def dataset(self, chosen: dict[str, dict[str, str]]) -> dict[str, Any]:
        figures = [self.figure(dict(zip(chosen, place, strict=True))) for place in product(*chosen.values())]
        values: Any = [value for value, _ in figures]
        if self.sparse:
            values = {str(index): value for index, value in enumerate(values) if value is not None}
        status = {str(index): symbol for index, (_, symbol) in enumerate(figures) if symbol}
        stamp = {"updated": self.stamps.popleft()} if self.stamps else {}
        return self.head(chosen) | stamp | {"value": values} | ({"status": status} if status else {})

    def head(self, dims: dict[str, dict[str, str]]) -> dict[str, Any]:
        return {
            "version": "2.0", "class": "dataset", "label": f"{self.table}: Arbeidsstyrkestatus (inkl. NEET)",
            "source": "Statistisk sentralbyrå", "updated": self.updated, "id": list(dims),
            "size": [len(codes) for codes in dims.values()],
            "role": {"time": ["Tid"], "metric": ["ContentsCode"], "geo": ["Region"]},
            "dimension": {name: self.dimension(name, labels) for name, labels in dims.items()},
            "extension": {"px": {"tableid": self.table}},
        }  # fmt: skip

    def dimension(self, name: str, labels: dict[str, str]) -> dict[str, Any]:
        index: Any = list(labels) if self.index_as_list else {code: place for place, code in enumerate(labels)}
        category: dict[str, Any] = {"index": index, "label": labels}
        if name == "ContentsCode":
            category["unit"] = {code: {"base": "prosent" if "Prosent" in code else "personer"} for code in labels}
        offered = [{"id": one, "type": "Aggregation"} for one in self.lists] if name == "Region" else []
        return {"label": name.lower(), "category": category, "extension": {"elimination": False, "codelists": offered}}

    def figure(self, at: dict[str, str]) -> tuple[float | None, str]:
        region = at["Region"].split("-")[-1]
        cell = (region, at.get("HovArbStyrkStatus", ""), at["Kjonn"], at["Alder"], at["Tid"])
        if cell in self.cells:
            return self.cells[cell]
        if region not in SIZES:
            return None, "."
        size = SIZES[region] * {"0": 2, "1": 1, "2": 1}[at["Kjonn"]] * {"15-29": 3}.get(at["Alder"], 1)
        share = {"TOT3": 1.0, "NEET": 0.1}.get(cell[1], 0.5)
        return int((size * 10 + int(at["Tid"]) - 2020) * share), ""


def refusal(status: int, title: str) -> tuple[int, bytes]:
    return status, json.dumps({"type": "Parameter error", "title": title, "status": status}).encode() if title else b""


class Handler(BaseHTTPRequestHandler):
    """Speaks for a `PxWebServer`."""

    held: PxWebServer

    def do_GET(self) -> None:
        self.held.asked.append(self.path)
        fault = self.held.faults.popleft() if self.held.faults else None
        status, body = self.held.answer(self.path)
        kind = fault[0] if fault else ""
        if kind == "drop":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if kind == "status":
            self.reply(fault[1], fault[3].encode() if len(fault) > 3 else b"", fault[2] if len(fault) > 2 else {})
            return
        if kind == "moved":
            self.reply(301, b"", {"Location": fault[1]})
            return
        if kind == "slow":
            time.sleep(fault[1])
        if kind == "drip":
            self.drip(body, fault[1])
            return
        body = {"truncate": body[: len(body) // 2], "not_json": b"<html>Sign in</html>"}.get(kind, body)
        self.reply(status, body, {"Content-Length": str(len(body) + 10)} if kind == "short" else {})

    def reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        try:
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass

    def drip(self, body: bytes, seconds: float) -> None:
        """Send the answer a byte at a time, for as long as somebody listens."""
        try:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for byte in body:
                self.wfile.write(bytes([byte]))
                time.sleep(seconds)
        except OSError:
            pass

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def serving(held: PxWebServer) -> Iterator[PxWebServer]:
    """Let the server answer on 127.0.0.1 while the body runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"held": held}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    held.url = f"http://127.0.0.1:{server.server_address[1]}/api/pxwebapi/v2"
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
