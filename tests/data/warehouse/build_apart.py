"""Run by a test in a process of its own: build into a folder and wait at one moment, to be killed or met there."""

import sys
import time
from pathlib import Path

from data.warehouse import build, connection

raw, var, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
write = connection.write


def reached(name):
    sys.stdout.write(f"{name}\n")
    sys.stdout.flush()
    if name == moment:
        time.sleep(60)


def slowly(path, tables):
    reached("writing")
    write(path, tables)
    reached("written")


connection.write = slowly
build.build(raw, var)
