"""What a run stands on: a build of the default data in a folder of its own, which goes when the run ends."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.warehouse import build as building
from data.warehouse import connection


@dataclass(frozen=True)
class Ground:
    """The folder of a run and the build in it; `var` is what a server gets as INNENFOR_VAR."""

    folder: Path

    @property
    def var(self) -> Path:
        """Where the build lies."""
        return self.folder / "var"

    @property
    def file(self) -> Path:
        """The DuckDB file of the build."""
        build = connection.current_build(self.var)
        assert build is not None
        return self.var / build.file

    def fresh(self, name: str) -> Path:
        """Return a new empty folder."""
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder))


@contextmanager
def ground() -> Iterator[Ground]:
    """Build the default data and let this process read them."""
    before = os.environ.get("INNENFOR_VAR")
    with tempfile.TemporaryDirectory(prefix="innenfor-bench-", ignore_cleanup_errors=True) as folder:
        made = Ground(Path(folder))
        building.build(var=made.var)
        os.environ["INNENFOR_VAR"] = str(made.var)
        try:
            yield made
        finally:
            os.environ.pop("INNENFOR_VAR")
            os.environ.update({"INNENFOR_VAR": before} if before else {})
