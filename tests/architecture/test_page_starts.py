"""What a reader opens first needs no statistics library: neither statsmodels nor scipy is loaded by its pages."""

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
print(json.dumps({"slow": sorted({"scipy", "statsmodels"} & set(sys.modules)), "told": told, "titles": len(app.title)}))
"""


@pytest.mark.parametrize("page", FIRST_PAGES)
def test_a_first_page_loads_no_statistics_library(page: str) -> None:
    command = [sys.executable, "-c", OPENED, page]
    answer = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout.splitlines()[-1]) == {"slow": [], "told": [], "titles": 1}
