"""Run by a test in a process of its own: bring a file in and wait at one moment, to be killed or told to end there."""

import sys
import time
from pathlib import Path

from data import paths
from data.__main__ import main
from data.cli.console import ready
from data.deliveries import door, edition_folder

shipped, file, moment = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
place, own = edition_folder.place, paths.shipped


def reached(name):
    if name == moment:
        sys.__stdout__.write(f"{name}\n")
        sys.__stdout__.flush()
        time.sleep(60)


def slowly(folder, target):
    reached("copied")
    placed = place(folder, target)
    reached("placed")
    return placed


def building(**_):
    reached("building")


ready()
door.build = building if moment == "building" else door.build
paths.shipped = lambda name: shipped if name == "raw" else own(name)
door.edition_folder.place = slowly
main(["add", file, "--source", "ssb", "--yes", "--edition", "cut-off", "--json"])
