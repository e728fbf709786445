"""What a run stands on: a build of the demo in a folder of its own, which goes when the run ends.

Pages are measured full: the published figures with the made-up programme over them.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.warehouse import build as building
from data.warehouse import pointer
from tests import demo_ground

VARIABLES = ("INNENFOR_HOME", "INNENFOR_VAR")


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
        build = pointer.current_build(self.var)
        assert build is not None
        return self.var / build.file

    def fresh(self, name: str) -> Path:
        """Return a new empty folder."""
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder))


@contextmanager
def ground() -> Iterator[Ground]:
    """Build the published and the made-up data and let this process, and the servers it starts, read them."""
    before = {name: os.environ.get(name) for name in VARIABLES}
    os.environ["INNENFOR_HOME"] = str(demo_ground.HOME)
    with tempfile.TemporaryDirectory(prefix="innenfor-bench-", ignore_cleanup_errors=True) as folder:
        made = Ground(Path(folder))
        building.build(var=made.var)
        os.environ["INNENFOR_VAR"] = str(made.var)
        try:
            yield made
        finally:
            for name in VARIABLES:
                os.environ.pop(name)
            os.environ.update({name: value for name, value in before.items() if value is not None})
