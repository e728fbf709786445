"""The parameters as they stand, in one hash: two notes with the same one rest on the same numbers."""

from hashlib import sha256

from data import paths


def parameters_hash() -> str:
    """Return the SHA-256 of every file of parameters, by its path."""
    folder = paths.ROOT / "benefits" / "parameters"
    sealed = sha256()
    for file in sorted(folder.rglob("*.toml")):
        sealed.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return sealed.hexdigest()
