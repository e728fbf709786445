"""The ports Innenfor answers on, and whether one is free. Standard library only, as `run.py`."""

import contextlib
import os
import socket

from environment import SetUpError

PORT = 8501
PORTS = {"notebooks": 8521, "docs": 8531}  # of what else is served


def require_free(port: int) -> None:
    """Raise SetUpError where the port is taken: an old server there would serve old code as if it were ours."""
    problem = port_problem(port)
    if problem:
        free = next((other for other in range(port + 1, 2**16) if not port_problem(other)), PORT)
        raise SetUpError(problem, port=port, free=free)


def port_problem(port: int) -> str:
    """Return why the app cannot have the port: "port_busy", "port_refused", or "" where it can."""
    for host in ("127.0.0.1", "::1"):
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return "port_busy"
    with socket.socket() as probe:
        if os.name != "nt":  # a port that was left a moment ago is free; on Windows the option means another thing
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError as problem:
            return "port_refused" if isinstance(problem, PermissionError) else "port_busy"
    return ""
