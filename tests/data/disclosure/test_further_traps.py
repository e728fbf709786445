"""Ten more traps, attacked by one who knows besides that persons are whole: by integer programs."""

from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from tests.data.disclosure.attacker import Attacker, Key
from tests.data.disclosure.further_traps import TRAPS
from tests.data.disclosure.trap_ground import build, known_too_well


class WholeAttacker(Attacker):
    """Knows that every innermost cell is a whole number of persons."""

    def end(self, key: Key, sign: int) -> float:
        aim = np.zeros(len(self.at))
        aim[self._columns(key)] = sign
        answer = linprog(
            aim, A_ub=self.within if self.limits else None, b_ub=self.limits or None, integrality=1,
            A_eq=self.equal if self.right else None, b_eq=self.right or None, method="highs",
        )  # fmt: skip
        if answer.status in (3, 4):  # of whole numbers HiGHS may say no more than: unbounded or infeasible
            return super().end(key, sign)
        assert answer.status in (0, 2), answer.message
        return float(np.nan) if answer.status else round(sign * float(answer.fun), 4)


@pytest.fixture(autouse=True)
def whole_persons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.data.disclosure.trap_ground.Attacker", WholeAttacker)


@pytest.mark.long
@pytest.mark.parametrize("trap", sorted(TRAPS))
def test_a_trap_gives_nothing_back_to_one_who_counts_whole_persons(trap: str, tmp_path: Path) -> None:
    rows = TRAPS[trap]
    assert known_too_well(rows, build(rows, tmp_path)) == []


@pytest.mark.slow
@pytest.mark.parametrize("trap", sorted(TRAPS))
def test_each_of_these_is_a_trap(trap: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.warehouse.build.withhold", lambda rows, *_, **__: (rows, rows.clear()))
    rows = TRAPS[trap]
    assert known_too_well(rows, build(rows, tmp_path)) != []
