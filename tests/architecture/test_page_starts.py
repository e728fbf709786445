"""What a reader opens first loads neither a statistics library (statsmodels, scipy) nor a database library."""

import json
import subprocess
import sys

import pytest

from tests.architecture import tree

pytestmark = pytest.mark.walk
FIRST_PAGES = ("overview", "exclusion", "method", "cohorts", "gains")
OPENED = """
import json, sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=120).run()
for page in sys.argv[1:]:
    app = app.switch_page(f"pages/{page}.py").run()
    told = [problem.value for problem in (*app.exception, *app.error)]
    slow = sorted({"scipy", "statsmodels", "sqlalchemy"} & set(sys.modules))
    print(json.dumps({"page": page, "slow": slow, "told": told, "titles": len(app.title)}))
"""


def test_no_first_page_loads_a_statistics_library() -> None:
    """In one process, one after the other: what all of them leave unloaded, none of them loads."""
    command = [sys.executable, "-c", OPENED, *FIRST_PAGES]
    answer = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    told = [json.loads(line) for line in answer.stdout.splitlines() if line.startswith("{")]
    assert told == [{"page": page, "slow": [], "told": [], "titles": 1} for page in FIRST_PAGES]
