"""Run by a test in a process of its own: build into a folder, slowly, so that it can be killed or met."""

import sys
import time
from pathlib import Path

from data import building, warehouse

raw, var, pause = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
write = warehouse.write


def slowly(path, tables):
    sys.stdout.write("writing\n")
    sys.stdout.flush()
    time.sleep(pause)
    write(path, tables)
    sys.stdout.write("written\n")
    sys.stdout.flush()
    time.sleep(pause)


warehouse.write = slowly
building.build(raw, var)
