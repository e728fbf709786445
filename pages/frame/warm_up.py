"""What the imports have made stays out of the garbage collector's rounds, and a page never trips over a half one.

A whole collection walks through everything that is alive, and stops every reader: with our libraries loaded it takes
longer than most pages take to draw. What was loaded with a module stays for good, so it is set aside once
(`gc.freeze`), and again only where a run has loaded more. Streamlit's own collection after every run is off
(`postScriptGC`): it walked through what all readers have open. Python collects by itself where garbage has gathered.
"""

import atexit
import gc
import importlib
import re
import sys

_HALF = re.compile(r"partially initialized module '([\w.]+)'")
_loaded = 0
atexit.register(gc.unfreeze)  # libraries that count what they leave behind see an ordinary end


def set_aside() -> None:
    """Set aside what is alive where modules have been loaded since the last time; garbage is thrown out first."""
    global _loaded  # noqa: PLW0603 - one process, one number
    if len(sys.modules) > _loaded:
        _loaded = len(sys.modules)
        gc.collect()
        gc.freeze()


def awaited(problem: BaseException) -> bool:
    """Return whether a page failed on a library that another reader's page was loading; it is whole on return.

    The large libraries are loaded by the first page that needs them, and others look into them meanwhile (Plotly asks
    every value whether it is of pandas). Python's import lock makes this wait.
    """
    found = _HALF.search(str(problem)) if isinstance(problem, AttributeError | ImportError) else None
    if found is None:
        return False
    importlib.import_module(found[1])
    return True
