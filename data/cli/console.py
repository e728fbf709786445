"""The command line's streams: UTF-8 whatever the system says, and quiet when the reader of a pipe has gone."""

import signal
import sys
from io import TextIOWrapper


def ready() -> None:
    """Make standard output and error UTF-8, and end without a word where the other end of a pipe is closed.

    Told to end, a command first takes back what it has half done. For a process of its own only: the signals would end
    whatever else runs in it.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
