"""Large pictures the server has drawn, held in memory under the hash of their content and sent once to each browser."""

import gzip
import hashlib
from collections import OrderedDict
from threading import Lock

FOLDER = "pictures"
_MOST = 64
_HELD: "OrderedDict[str, bytes]" = OrderedDict()
_LOCK = Lock()


def hold(svg: str) -> str:
    """Keep a picture and return its address, relative to the app's; the oldest gives way to the newest."""
    name = f"{hashlib.sha256(svg.encode()).hexdigest()[:20]}.svg"
    with _LOCK:
        if name not in _HELD:
            _HELD[name] = gzip.compress(svg.encode(), mtime=0)
        _HELD.move_to_end(name)
        while len(_HELD) > _MOST:
            _HELD.popitem(last=False)
    return f"./{FOLDER}/{name}"


def held(path: str) -> bytes | None:
    """Return the picture of an address, gzipped; None where none is held there."""
    folder, _, name = path.strip("/").partition("/")
    return _HELD.get(name) if folder == FOLDER else None
