"""What can go wrong on the way from SSB, with all of what was found."""

from dataclasses import dataclass

from data.ingest.contract import Problem


@dataclass(eq=False, kw_only=True)
class FetchProblem(Problem):
    """A problem of a fetch; `file` is the address or the mapping file, `detail` what was found, uncut.

    status: the HTTP status where the server gave one, else 0.
    """

    detail: str = ""
    status: int = 0


TOO_LARGE = ("fetch_too_many_cells", "fetch_address_too_long")
