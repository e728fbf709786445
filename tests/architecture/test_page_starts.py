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
app = app.switch_page("pages/" + sys.argv[1] + ".py").run()
told = [problem.value for problem in (*app.exception, *app.error)]
slow = sorted({"scipy", "statsmodels", "sqlalchemy"} & set(sys.modules))
print(json.dumps({"slow": slow, "told": told, "titles": len(app.title)}))
"""


@pytest.mark.parametrize("page", FIRST_PAGES)
def test_a_first_page_loads_no_statistics_library(page: str) -> None:
    command = [sys.executable, "-c", OPENED, page]
    answer = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout.splitlines()[-1]) == {"slow": [], "told": [], "titles": 1}
