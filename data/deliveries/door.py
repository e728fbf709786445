"""The one door: a file is brought into the home with its sidecar, or taken out again, whole or not at all.

The command line and the browser both go through here. Nothing is asked and nothing is printed.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import polars as pl
from filelock import FileLock, Timeout

from data import paths
from data.deliveries import edition_folder, revisions
from data.deliveries.load import Progress
from data.deliveries.preview import Preview
from data.deliveries.proposal import sidecar_of, taken
from data.deliveries.read import BESIDE, Sidecar, read_sidecar, sidecars
from data.home import HomeNotWritten
from data.ingest.contract import Problem, raise_all
from data.source_names import PUBLISHERS
from data.toml import gathered
from data.warehouse.build import BuildRunning, Report, build

EDITION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,78}[A-Za-z0-9]")
REMOVED = "removed"


def require_edition(edition: str, source: str) -> None:
    """Raise a problem where an edition cannot have a name, or something has it already."""
    if not EDITION.fullmatch(edition):
        raise Problem(code="edition_name", expected="nav-2026-01", found=edition, column="edition")
    if edition.lower() in taken(source):
        raise Problem(code="edition_taken", found=edition, column="edition")


def add(sidecar: Sidecar, source: str, progress: Progress = lambda *_: None, found: Preview | None = None) -> Report:
    """Give a checked file its place in the home, with its sidecar, and build; where the build stops, take it out again.

    sidecar: its `file` is the file as it was brought. found: what was read of it, and what it
    says otherwise than loaded editions. Raises what `build` raises, Problem and HomeNotWritten.
    """
    with alone():
        require_edition(sidecar.edition, source)
        with writing():
            folder = _placed(sidecar, source, found.notices if found else None)
        read = {sidecar.sha256: found.contents} if found and found.contents.kind == "observations" else {}
        try:
            return build(progress=progress, read=read)
        except BaseException:
            _forget(folder)
            raise


def placed_name(file: Path) -> str:
    """Return the name a file gets in the home: its own, with the ending in small letters."""
    return f"{file.stem}{file.suffix.lower()}"


def take_out(edition: str) -> Path:
    """Move an edition of the home from its deliveries to what was removed; return where its file lies now.

    The database is as it was until the next build. Raises Problem where the home has no such edition.
    """
    with alone(), writing():
        return _moved_out(own_delivery(edition))


def take_back(edition: str) -> None:
    """Take out what an addition that was killed has left: it was never loaded, so nothing of it is kept."""
    with alone(), writing():
        if paths.home().is_dir():
            shutil.rmtree(edition_folder.workplace(paths.home(), stale=0))  # and with it what was not placed yet
        _forget(own_delivery(edition).file.parent)


def taken_out(edition: str) -> Sidecar | None:
    """Return an edition among those that were taken out, None where it is not there."""
    files = (paths.home() / REMOVED).glob("*/*/*.toml")
    found = (gathered([], partial(read_sidecar, file)) for file in sorted(files))
    return next((each for each in found if each and each.edition == edition), None)


def own_delivery(edition: str) -> Sidecar:
    """Return the home's delivery of an edition. Raises Problem where it is shipped, or there is none."""
    found, own = sidecars()[0], paths.home() / "raw"
    mine = {each.edition: each for each in found if each.root == own}
    if edition in mine:
        return mine[edition]
    code = "edition_not_own" if edition in {each.edition for each in found} else "edition_unknown"
    raise Problem(code=code, expected=", ".join(mine) or "–", found=edition, column="edition")


@contextmanager
def alone() -> Iterator[None]:
    """Let nobody else change the home's deliveries meanwhile; a process that dies gives its turn back."""
    lock = FileLock(paths.var() / "door.lock", timeout=0)
    try:
        paths.var().mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise BuildRunning(where=paths.told(paths.var()), found="door.lock") from error
    except OSError as error:
        raise HomeNotWritten(where=paths.told(paths.var()), found=error.strerror or str(error)) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def writing() -> Iterator[None]:
    """Tell of a home that cannot be written as what it is."""
    try:
        yield
    except OSError as error:
        raise HomeNotWritten(where=paths.told(paths.home()), found=error.strerror or str(error)) from error


def _placed(sidecar: Sidecar, source: str, notices: pl.DataFrame | None) -> Path:
    """Copy file and sidecar to a folder out of sight, read them as a build does, and give the folder its place."""
    _require_seen(sidecar.file)
    work = edition_folder.workplace(paths.home(), stale=0)
    try:
        copy = work / placed_name(sidecar.file)
        shutil.copyfile(sidecar.file, copy)
        _write_beside(sidecar, copy)
        _write_notices(sidecar, copy, notices)
        read_sidecar(copy.with_suffix(".toml"))
        return edition_folder.place(work, paths.home() / "raw" / source / sidecar.edition)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write_beside(sidecar: Sidecar, copy: Path) -> None:
    """Write a sidecar; one that lay beside the file and says the same comes as it is, with the edition's notices."""
    written = copy.with_suffix(".toml")
    if sidecar_of(sidecar.file) != sidecar:
        written.write_text(edition_folder.as_toml(sidecar), encoding="utf-8", newline="\n")
        return
    for path in _files_of(sidecar)[1:]:
        shutil.copyfile(path, copy.with_name(path.name))


def _write_notices(sidecar: Sidecar, copy: Path, notices: pl.DataFrame | None) -> None:
    """Write which published figures the delivery corrects, makes final or withdraws: those of no later publication.

    A file that brings its notices keeps them.
    """
    file = copy.with_name(f"{copy.stem}{revisions.SUFFIX}")
    if notices is None or file.is_file():
        return
    later = [each.edition for each in sidecars()[0] if each.published > sidecar.published]
    kept = notices.filter(~pl.col("old_edition").is_in(later)).with_columns(new_edition=pl.lit(sidecar.edition))
    if kept.height:
        revisions.write(file, kept)


def _files_of(sidecar: Sidecar) -> list[Path]:
    """Return the files of a delivery: its own, its sidecar, and the notices where it has some."""
    file = sidecar.file
    notices = file.with_name(f"{file.stem}{revisions.SUFFIX}")
    return [file, file.with_suffix(".toml"), *([notices] if notices.is_file() else [])]


def _require_seen(file: Path) -> None:
    """Raise a problem where the reader of `raw/` would pass over a file of this name."""
    if file.name.startswith(".") or file.name.endswith(BESIDE):
        raise_all(file.name, [Problem(code="stray_file", file=file.name, expected="x.csv", found=file.name)])


def _forget(folder: Path) -> None:
    """Take a delivery that could not be loaded out of sight in one move, then delete it."""
    work = edition_folder.workplace(paths.home(), stale=0)
    os.rename(folder, work / folder.name)
    shutil.rmtree(work, ignore_errors=True)
    _drop_empty(folder.parent)


def _moved_out(sidecar: Sidecar) -> Path:
    """Move a delivery, with its folder where it lies there alone."""
    folder, mine = sidecar.file.parent, _files_of(sidecar)
    target = _free(paths.home() / REMOVED / sidecar.folder_source / folder.name)
    if set(folder.iterdir()) <= set(mine):
        edition_folder.place(folder, target)
        _drop_empty(folder.parent)
    else:
        target.mkdir(parents=True)
        for path in mine:
            os.rename(path, target / path.name)
    return target / sidecar.file.name


def _free(folder: Path) -> Path:
    """Return a folder's path, with a number where something lies there."""
    numbered = (folder.with_name(f"{folder.name}-{number}") for number in range(2, 10_000))
    return folder if not folder.exists() else next(each for each in numbered if not each.exists())


def _drop_empty(source: Path) -> None:
    """Remove a publisher's folder and the folder of deliveries where they hold nothing more.

    The folder of a source of one's own stays: the settings have a rule for it as long as it is there.
    """
    with suppress(OSError):
        if source.name in PUBLISHERS:
            source.rmdir()
            source.parent.rmdir()
