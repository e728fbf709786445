"""What lies in `raw/` otherwise than the build in use has it: a build is due."""

from data.deliveries.read import sidecars
from data.warehouse.connection import query


def pending() -> tuple[str, ...]:
    """Return the editions that were added, changed or taken away since the build in use, and the files at fault.

    Raises WarehouseMissing and HomeUnusable.
    """
    found, problems = sidecars()
    lying = {each.edition: each.sha256.strip().lower() for each in found}
    loaded = {name: sha256.strip().lower() for name, sha256 in query("editions").select("edition", "sha256").rows()}
    other = {name for name in lying.keys() | loaded.keys() if lying.get(name) != loaded.get(name)}
    return tuple(sorted(other | {each.file for each in problems}))
