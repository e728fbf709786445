"""What every layer of the server is: it answers what is its own, and passes everything else on to the one within."""

from starlette.types import ASGIApp


class Layer:
    """Holds the application within; a layer's own `__call__` answers one request or serves one session (ASGI)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
