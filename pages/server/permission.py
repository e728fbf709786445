"""Whether whoever is at the browser may change what lies on this machine: the one place where that is asked."""

import os

LOCAL = "INNENFOR_LOCAL"


def may_write() -> bool:
    """Return whether this process was started by `run.py --local`.

    Only the start decides: no address and no header of a request does, for anybody can write those.
    """
    return os.environ.get(LOCAL) == "1"
