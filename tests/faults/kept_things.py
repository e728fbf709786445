"""Records and copies broken on purpose: what was called saved is there, and what comes back is what was copied."""

import random
import shutil
import time

from data import home_copy, paths
from data.records import Records
from data.records.verify import verify
from tests.faults.apart import heard, recording, started
from tests.faults.broken_ground import Ground
from tests.faults.outcome import Outcome


def killed_records(ground: Ground, chance: random.Random, trials: int) -> Outcome:
    """Whoever writes records is killed in the middle; what was called saved is there, and the chain holds."""
    outcome = Outcome()
    address = f"sqlite:///{ground.var.parent / 'records.sqlite'}"
    for trial in range(trials):
        process, hears = started(recording, address)
        first = hears.recv()
        time.sleep(chance.uniform(0, 0.5))
        process.kill()
        process.join()
        said = [first, *heard(hears)]
        found = verify(Records(address, "4204"))
        saved = [each for each in said if isinstance(each, int)]
        if found.faults or len(saved) != len(said) or found.events < max(saved, default=0):
            outcome.fail(trial, (said[-1:], found))
        else:
            outcome.note(trial, refused=False)
    return outcome


def spoiled_copies(ground: Ground, chance: random.Random, trials: int) -> Outcome:
    """A copy is cut or has another bit: all comes back to the bit, or nothing, with a word why."""
    outcome, home = Outcome(), paths.home()
    (home / "plan").mkdir(parents=True, exist_ok=True)
    (home / "plan" / "a.toml").write_bytes(chance.randbytes(5000))
    whole, copy = (home / "plan" / "a.toml").read_bytes(), ground.var.parent / "copy.zip"
    home_copy.backup(copy)
    kept = copy.read_bytes()
    for trial in range(trials):
        at = chance.randrange(len(kept))
        flipped = bytearray(kept)
        flipped[at] ^= 1 << chance.randrange(8)
        copy.write_bytes(chance.choice([kept[:at], bytes(flipped)]))
        shutil.rmtree(home)
        try:
            home_copy.restore(copy)
            back = (home / "plan" / "a.toml").read_bytes() == whole
            outcome.note(trial, refused=False) if back else outcome.fail(trial, "another file came back")
        except home_copy.CopyDamaged:
            left = [each for each in home.rglob("*") if each.is_file()]
            outcome.fail(trial, left) if left else outcome.note(trial, refused=True)
    return outcome
