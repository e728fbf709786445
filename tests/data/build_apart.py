"""Run by a test in a process of its own: build into a folder and wait at one moment, to be killed or met there."""

import sys
import time
from pathlib import Path

from data import building, warehouse

raw, var, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
write = warehouse.write


def reached(name):
    sys.stdout.write(f"{name}\n")
    sys.stdout.flush()
    if name == moment:
        time.sleep(60)


def slowly(path, tables):
    reached("writing")
    write(path, tables)
    reached("written")


warehouse.write = slowly
building.build(raw, var)
