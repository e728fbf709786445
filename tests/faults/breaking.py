"""Builds, files and processes broken on purpose: what was served before is served after, or is refused in words."""

import os
import random
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from data.warehouse import pointer
from data.warehouse.build import build
from tests.faults.apart import building, heard, started
from tests.faults.broken_ground import Ground
from tests.faults.kept_things import killed_records, spoiled_copies
from tests.faults.killed_servers import killed_servers
from tests.faults.outcome import Outcome


def killed_builds(ground: Ground, chance: random.Random, trials: int) -> Outcome:
    """A build is killed at a random moment; the figure before or after it is served, and the next build is whole."""
    outcome = Outcome()
    for trial in range(trials):
        before = ground.right
        ground.deliver(1000 + trial)
        process, hears = started(building, ground.raw, ground.var)
        hears.recv()
        time.sleep(chance.uniform(0, 1.5))
        process.kill()
        process.join()
        found = ground.served()
        if found not in {before, ground.right}:
            outcome.fail(trial, found)
            continue
        build(ground.raw, ground.var)
        left = [each.name for each in ground.var.glob("unfinished-*")] + [
            each.name for each in ground.var.glob("*.new")
        ]
        if ground.served() != ground.right or left:
            outcome.fail(trial, (ground.served(), left))
        else:
            outcome.note(trial, refused=False)
    return outcome


def _spoiled(ground: Ground, trials: int, spoil: Callable[[Path], None], target: Callable[[], Path]) -> Outcome:
    """Spoil a file again and again: it is refused in words, never read, and built anew."""
    outcome = Outcome()
    for trial in range(trials):
        ground.served()
        spoil(target())
        found = ground.served()
        build(ground.raw, ground.var)
        if found not in {ground.right, "warehouse_missing"} or ground.served() != ground.right:
            outcome.fail(trial, (found, ground.served()))
        else:
            outcome.note(trial, refused=found != ground.right)
    return outcome


def cut_builds(ground: Ground, chance: random.Random, trials: int) -> Outcome:
    """The file of the build is cut at a random place, often near its end; it is never read, and built anew."""

    def cut(file: Path) -> None:
        size = file.stat().st_size
        file.write_bytes(file.read_bytes()[: -chance.choice([1, 512, 4096, chance.randint(1, size - 1)])])

    return _spoiled(ground, trials, cut, ground.file)


def flipped_bits(ground: Ground, chance: random.Random, trials: int) -> Outcome:
    """One bit of the file of the build is another; it is never read, and built anew."""

    def flip(file: Path) -> None:
        whole = bytearray(file.read_bytes())
        whole[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        file.write_bytes(bytes(whole))

    return _spoiled(ground, trials, flip, ground.file)


def odd_pointers(ground: Ground, chance: random.Random, trials: int) -> Outcome:
    """The pointer is cut, has another bit, or holds something else; what it says is followed only where it is whole."""

    def spoil(file: Path) -> None:
        text = bytearray(file.read_bytes())
        at = chance.randrange(len(text))
        flipped = text.copy()
        flipped[at] ^= 1 << chance.randrange(8)
        file.write_bytes(chance.choice([b"7", b"null", b"[]", b"", b'"x"', bytes(text[:at]), bytes(flipped)]))

    return _spoiled(ground, trials, spoil, lambda: ground.var / pointer.POINTER)


def full_disks(ground: Ground, chance: random.Random, trials: int) -> Outcome:
    """The disk takes no more at a random size; the build is refused in words and the old figure is served."""
    return _refused_builds(ground, trials, lambda: {"most_bytes": chance.randint(1, 700_000)})


def read_only(ground: Ground, chance: random.Random, trials: int) -> Outcome:
    """The folder of builds cannot be written; the build is refused in words and the old figure is served."""
    ground.var.chmod(0o555)
    try:
        return _refused_builds(ground, trials, lambda: {"nobody": True})
    finally:
        ground.var.chmod(0o755)


def _refused_builds(ground: Ground, trials: int, given: Callable[[], dict]) -> Outcome:
    outcome, before = Outcome(), ground.served()
    for trial in range(trials):
        ground.deliver(3000 + trial)
        process, hears = started(_building_with, ground.raw, ground.var, given())
        said = heard(hears)[-1]
        process.join()
        if said == "built" and ground.served() == ground.right:  # there was room enough
            before = ground.right
            outcome.note(trial, refused=False)
        elif said.startswith("refused") and ground.served() == before:
            outcome.note(trial, refused=True)
        else:
            outcome.fail(trial, (said, ground.served(), before))
    return outcome


def _building_with(says, raw: Path, var: Path, given: dict) -> None:
    building(says, raw, var, **given)


def three_builds(ground: Ground, chance: random.Random, trials: int) -> Outcome:
    """Three builds begin at once: one builds, the others say so or have nothing to do."""
    outcome = Outcome()
    for trial in range(trials):
        ground.deliver(4000 + trial)
        begun = [started(building, ground.raw, ground.var) for _ in range(3)]
        said = sorted(heard(hears)[-1] for _, hears in begun)
        for process, _ in begun:
            process.join()
        others = set(said) - {"built", "nothing to do", "refused: build_running"}
        if others or said.count("built") != 1 or ground.served() != ground.right:
            outcome.fail(trial, said)
        else:
            outcome.note(trial, refused="refused: build_running" in said)
    return outcome


def clock_back(ground: Ground, chance: random.Random, trials: int) -> Outcome:
    """A delivery is older or younger than all else by the clock; what it holds counts, not when it came."""
    outcome = Outcome()
    for trial in range(trials):
        ground.deliver(5000 + trial)
        when = chance.choice([0, 10**9, time.time() + 3e9])
        for each in (*ground.raw.rglob("*.*"), ground.file()):
            os.utime(each, (when, when))
        fresh, again = build(ground.raw, ground.var).fresh, build(ground.raw, ground.var).fresh
        if (fresh, again, ground.served()) != (True, False, ground.right):
            outcome.fail(trial, (fresh, again, ground.served()))
        else:
            outcome.note(trial, refused=False)
    return outcome


def swapped_under_readers(ground: Ground, chance: random.Random, trials: int) -> Outcome:
    """Twenty readers ask while builds replace each other: every answer is one that was right at that time."""
    outcome, over, right, odd = Outcome(), threading.Event(), {ground.right}, list[object]()

    def read() -> None:
        while not over.is_set():
            try:
                if (found := ground.served()) not in right:
                    odd.append(found)
            except Exception as problem:  # noqa: BLE001 - told to the test
                odd.append(repr(problem))
            time.sleep(0.2)

    readers = [threading.Thread(target=read) for _ in range(20)]
    for each in readers:
        each.start()
    for trial in range(trials):
        right.add(6000 + trial)
        ground.deliver(6000 + trial)
        build(ground.raw, ground.var)
        if odd:
            outcome.fail(trial, odd[0])
            odd.clear()
        else:
            outcome.note(trial, refused=False)
    over.set()
    for each in readers:
        each.join()
    return outcome


FAULTS: dict[str, tuple[Callable[[Ground, random.Random, int], Outcome], int]] = {
    function.__name__: (function, trials)
    for function, trials in (
        (killed_builds, 50), (cut_builds, 50), (flipped_bits, 20), (odd_pointers, 50), (full_disks, 20), (read_only, 3),
        (three_builds, 5), (clock_back, 10), (swapped_under_readers, 10), (killed_records, 20), (spoiled_copies, 50),
        (killed_servers, 2),
    )
}  # fmt: skip


def tried(name: str, seed: int = 18) -> Outcome:
    """Try a fault as often as it is to be tried, on ground of its own."""
    function, trials = FAULTS[name]
    before = {key: os.environ.get(key) for key in ("INNENFOR_VAR", "INNENFOR_HOME")}
    with tempfile.TemporaryDirectory(prefix="innenfor-faults-") as folder:
        Path(folder).chmod(0o755)
        try:
            return function(Ground(Path(folder)), random.Random(seed), trials)
        finally:
            os.environ.update({key: value for key, value in before.items() if value is not None})
            for key in (key for key, value in before.items() if value is None):
                os.environ.pop(key, None)
