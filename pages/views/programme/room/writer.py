"""Who writes in the room: asked again at every act, on the server."""

from analytics.programme.room import Who
from pages.frame import sign_in


def may_write() -> bool:
    """Return whether whoever is at the browser may write."""
    return sign_in.may("editor")


def may_release() -> bool:
    """Return whether whoever is at the browser may release, take back and close."""
    return sign_in.may("approver")


def who() -> Who:
    """Return who writes. Raises NotAllowed where they may not, or no longer."""
    return sign_in.acting("editor", "records")
