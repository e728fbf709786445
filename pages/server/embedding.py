"""Who may show Innenfor in a page of their own: the sites of the settings, by an address with `embed=true`."""

from urllib.parse import parse_qs

from data.errors import InnenforError
from data.settings import settings

NOBODY = "frame-ancestors 'none'"
_POLICY = "Content-Security-Policy"
_FRAMES = "X-Frame-Options"


def hosts(query: bytes) -> tuple[str, ...]:
    """Return the sites that may show the address with this raw query; none where the settings cannot be read."""
    if parse_qs(query.decode("latin-1")).get("embed") != ["true"]:
        return ()
    try:
        return settings().embed_hosts
    except (InnenforError, ExceptionGroup):
        return ()


def opened(headers: dict[str, str], query: bytes) -> dict[str, str]:
    """Return security headers opened to the sites that may show the address; as they are where there is none.

    The older header of the two knows no list of sites, and so it goes.
    """
    allowed = hosts(query)
    if not allowed:
        return headers
    policy = headers[_POLICY].replace(NOBODY, f"frame-ancestors 'self' {' '.join(allowed)}")
    return {name: value for name, value in headers.items() if name != _FRAMES} | {_POLICY: policy}
