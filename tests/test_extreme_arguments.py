"""Absurd arguments end in a sentence, never in a traceback and never in a wait."""

import contextlib
import io

import pytest

from tests.ground import opened
from tests.printed.running import MAINS

LONG = "x" * 300
ABSURD = (
    ("analytics", "power --n 1e300"), ("analytics", "power --n 400 --sd 1e300"), ("analytics", "power --n inf"),
    ("analytics", "power --n 400 --cv 1e200 --clusters 20"), ("analytics", "power --n 400 --steps 10000000"),
    ("analytics", "power --n 400 --steps 0"), ("analytics", "power --n 400 --looks 100000"),
    ("analytics", "power --effect nan"), ("analytics", f"pool {LONG}"), ("analytics", f"look {LONG}"),
    ("analytics", f"evaluate {LONG} y.csv"), ("analytics", f"rate neet_register --region {LONG}"),
    ("analytics", "rate neet_register --period 99999999999999"), ("analytics", f"counterfactual --region {LONG}"),
    ("data", f"check {LONG} --source nav"), ("data", f"protect {LONG} --threshold 4 --method suppress"),
    ("data", f"audit {LONG} --threshold 4"), ("data", f"catalogue {LONG}"), ("data", f"show {LONG}"),
    ("data", f"add {LONG} --source nav --yes"), ("data", f"remove {LONG}"),
    ("benefits", f"appraise {LONG}"), ("benefits", "appraise ips_job_support --draws 100000000000"),
    ("benefits", "must-be-true ips_job_support --seed -1"), ("benefits", "must-be-true ips_job_support --draws 0"),
    ("benefits", "programme three_measures_with_stimulab --draws -1"), ("benefits", "parameters --at 99999-01-01"),
    ("pages.report", f"sheet --region 4204 --out {LONG}"),
)  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(("layer", "line"), ABSURD, ids=lambda part: part[:40])
def test_what_is_absurd_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, layer: str, line: str) -> None:
    opened(monkeypatch)
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            code = MAINS[layer](line.split())
        except SystemExit as ended:  # argparse's own refusal
            code = int(ended.code or 0)
    assert code in {1, 2}
    assert said.getvalue().strip()
    assert "Traceback" not in said.getvalue()
