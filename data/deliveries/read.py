"""Deliveries in `raw/<source>/<edition>/`, shipped or in the home: a file, its sidecar, and what is wrong with both."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from glob import escape
from pathlib import Path
from typing import Annotated

from data import paths
from data.home import folders
from data.ingest.contract import Problem, Problems
from data.ingest.refusal import refuse_text
from data.settings import Method
from data.source_names import ADAPTERS, DATA_FILES
from data.toml import Text, choice, gathered, read_toml

BESIDE = (".notices.tsv", ".md")  # may lie beside a delivery without being one


@dataclass(frozen=True)
class Sidecar:
    """What the sidecar `x.toml` says of the delivery `x.csv`: origin, dates, licence, checksum.

    adapter: one of `data.source_names.ADAPTERS`: Innenfor's own `table` or `flows`, or a publisher's.
    source: the line that credits the publisher, and names the copy it was read from where that is another hand.
    example: made-up data, watermarked wherever they show.
    """

    file: Path
    adapter: Annotated[str, choice(*sorted(ADAPTERS))]
    publisher: Text
    table: str
    title: Text
    source: Text
    published: Text
    accessed: Text
    licence: Text
    edition: Text
    sha256: Text
    title_en: str = ""
    source_en: str = ""
    url: str = ""
    note_nb: str = ""
    note_en: str = ""
    example: bool = False
    preliminary: tuple[str, ...] = ()
    method: Method = "suppress"

    @property
    def folder_source(self) -> str:
        """The source folder under `raw/`: whose disclosure rule applies."""
        return self.file.parent.parent.name

    @property
    def root(self) -> Path:
        """The folder `raw/` it lies in."""
        return self.file.parents[2]


def raw_folders(raw: Path | None = None) -> tuple[Path, ...]:
    """Return where deliveries lie: in one folder that was asked for, else the shipped ones and the home's.

    Raises HomeUnusable.
    """
    return (raw,) if raw else folders("raw") or (paths.shipped("raw"),)


def sidecars(raw: Path | None = None) -> tuple[list[Sidecar], list[Problem]]:
    """Return every delivery's sidecar, and all problems with them: nothing in `raw/` is passed over in silence.

    A delivery in the home that came with Innenfor later, the same edition and the same file, is read once: as shipped.
    """
    places = raw_folders(raw)
    files = [path for each in places for path in sorted(each.glob("*/*/*.toml")) if not path.name.startswith(".")]
    problems: list[Problem] = []
    found = [sidecar for path in files if (sidecar := gathered(problems, partial(read_sidecar, path)))]
    if not files:
        problems.append(_problem("raw_empty", places[0], expected="raw/<source>/<edition>/*.toml", found="–"))
    problems += [problem for each in places for path in _files(each) if (problem := _misplaced(path, each)) is not None]
    first = {sidecar.edition: sidecar for sidecar in reversed(found)}
    kept = [sidecar for sidecar in found if not _came_later(sidecar, first[sidecar.edition])]
    return kept, [*problems, *_repeated_editions(kept)]


def read_sidecar(path: Path) -> Sidecar:
    """Return what a sidecar says of the file beside it. Raises Problems where it, or the file, is not as it says."""
    data_file = _data_file(path)
    if path.is_file():
        refuse_text(path.read_bytes().decode("utf-8", "replace"), path.name)
    sidecar = read_toml(path, Sidecar, file=data_file or path)
    if data_file is None:
        missing = _problem("delivery_missing", path, expected=f"{path.stem}.csv / .xlsx / .json", found="–")
        raise Problems(path.name, [missing])
    checksum = hashlib.sha256(data_file.read_bytes()).hexdigest()
    if checksum != sidecar.sha256.strip().lower():
        raise Problems(path.name, [_problem("checksum", data_file, expected=sidecar.sha256, found=checksum)])
    return sidecar


def _came_later(sidecar: Sidecar, first: Sidecar) -> bool:
    """Return whether a delivery is the same as one that is shipped."""
    return sidecar.root != first.root and sidecar.sha256 == first.sha256


def _files(raw: Path) -> list[Path]:
    """Return every file under `raw/` that is meant to be there: hidden files and folders are not."""
    return [
        path
        for path in sorted(raw.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(raw).parts)
    ]


def _misplaced(path: Path, raw: Path) -> Problem | None:
    """Return why a file that is no delivery of its own cannot stay, None where it can."""
    sidecar = path.with_suffix(".toml")
    placed = len(path.relative_to(raw).parts) == 3
    if path.name.endswith(BESIDE) or (placed and path.suffix == ".toml"):
        return None
    if not placed or path.suffix.lower() not in DATA_FILES:
        return _problem("stray_file", path, expected=", ".join(DATA_FILES), found=path.suffix or "–")
    if not sidecar.exists():
        return _problem("sidecar_missing", path, expected=sidecar.name, found="–")
    first = _data_file(sidecar)
    if first != path:
        return _problem("several_files", path, expected=sidecar.name, found=first.name if first else "–")
    return None


def _data_file(sidecar: Path) -> Path | None:
    """Return the file beside a sidecar; its ending may be written in capitals."""
    beside = [file for file in sidecar.parent.glob(f"{escape(sidecar.stem)}.*") if file.stem == sidecar.stem]
    found = {file.suffix.lower(): file for file in sorted(beside, reverse=True) if file.is_file()}
    return next((found[suffix] for suffix in DATA_FILES if suffix in found), None)


def problems_in(error: BaseException) -> list[Problem]:
    """Return the problems an error holds, however deeply grouped. Anything else is a defect and is raised again."""
    if isinstance(error, BaseExceptionGroup):
        return [problem for part in error.exceptions for problem in problems_in(part)]
    if isinstance(error, Problem):
        return [error]
    raise error


def _repeated_editions(found: list[Sidecar]) -> Iterator[Problem]:
    seen: dict[str, Sidecar] = {}
    for sidecar in found:
        if sidecar.edition in seen:
            other = seen[sidecar.edition].file.with_suffix(".toml")
            code = "edition_repeated" if seen[sidecar.edition].root == sidecar.root else "edition_shipped"
            found_as = other.name if code == "edition_repeated" else paths.told(other)
            yield _problem(code, sidecar.file, expected=sidecar.edition, found=found_as)
        seen[sidecar.edition] = sidecar


def _problem(code: str, path: Path, *, expected: str, found: str) -> Problem:
    return Problem(code=code, file=path.name, sheet="", cell="", expected=expected, found=found)
