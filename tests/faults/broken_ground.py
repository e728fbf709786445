"""A small delivery and its build, to be broken: what is right, and what is served."""

import os
from pathlib import Path

from data.errors import InnenforError
from data.warehouse import connection, pointer
from data.warehouse.build import build
from tests.data.raw_ground import ROWS, deliver


class Ground:
    """A small delivery, its build, and the figure that is right now."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.var = folder / "raw", folder / "var"
        os.environ["INNENFOR_VAR"], os.environ["INNENFOR_HOME"] = str(self.var), str(folder / "home")
        self.right = 2400
        deliver(self.raw)
        build(self.raw, self.var)

    def deliver(self, count: int) -> None:
        """Put in another figure; it is right once it is built."""
        deliver(self.raw, ROWS[0].replace("2400", str(count)))
        self.right = count

    def file(self) -> Path:
        """Return the file of the build in use."""
        made = pointer.current_build(self.var)
        assert made is not None
        return self.var / made.file

    def served(self) -> int | str:
        """Return the figure that is served, or the code of the refusal."""
        try:
            rows = connection.query("observations_shown", indicator="neet_register", region="4204")
        except InnenforError as problem:
            return problem.code if problem.says("nb") and problem.do("en") else "without a word"
        return int(rows["count"].max())  # type: ignore[arg-type]
