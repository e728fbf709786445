"""One build of the cube in a process of its own, measured from inside: `python -m tests.bench.scale_build`."""

import argparse
import json
import os
import sys
import time
from functools import partial
from pathlib import Path

from data.spells.build import SpellsOrder, build_cube
from data.spells.duckdb_engine import DuckDbEngine
from data.spells.rules import NATION


class _Keeping(DuckDbEngine):
    """The engine that ships; what it writes of each person's months stays within reach after the build."""

    kept = Path()
    rating = 0.0  # seconds spent on the monthly rates, from spells on

    def write(self, query: str, target: Path) -> None:
        begun = time.process_time()
        super().write(query, target)
        if query in ("person_months", "rates"):
            _Keeping.rating += time.process_time() - begun
        if query == "person_months":
            os.link(target, self.kept / target.name.removesuffix(".part"))


def main() -> None:
    """Build as `python -m data spells build` does, and print what it took as JSON."""
    import resource

    parser = argparse.ArgumentParser()
    for name in ("records", "out", "kept"):
        parser.add_argument(name, type=Path)
    parser.add_argument("memory")
    asked = parser.parse_args()
    asked.kept.mkdir()
    _Keeping.kept = asked.kept
    order = SpellsOrder(asked.records / "spells", asked.records / "persons", asked.out, "nav", (NATION,))
    begun = time.process_time()
    build_cube(order, "duckdb", partial(_Keeping, asked.memory), lambda *_: None)
    took, peak = time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak /= 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes elsewhere
    sys.stdout.write(json.dumps({"seconds": took, "peak": peak, "rating": _Keeping.rating}))


if __name__ == "__main__":
    main()
