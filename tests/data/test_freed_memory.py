"""A command gives memory back when Polars has freed it, also where a process with Polars started it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_HELD = """
import re
from pathlib import Path
import data.__main__
import polars as pl
def held():
    return int(re.search(r"RssAnon:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
before = held()
frame = pl.DataFrame({"n": range(1_000_000)}).with_columns(text=pl.col("n").cast(pl.String), twice=pl.col("n") * 2)
full = held()
del frame
print(full - before, held() - before)
"""


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="what a process holds is told by Linux alone")
@pytest.mark.parametrize("inherited", ["", "dirty_decay_ms:500,muzzy_decay_ms:1000"])
def test_what_is_freed_goes_back_at_once(inherited: str) -> None:
    told = {**os.environ, "_RJEM_MALLOC_CONF": inherited}
    answer = subprocess.run([sys.executable, "-c", _HELD], capture_output=True, text=True, check=True, env=told)
    full, left = map(float, answer.stdout.split())
    assert full > 20
    assert left < full / 3
