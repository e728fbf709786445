"""What every test shares: no clock in a property test (machines are shared), the same examples in CI, and no own home.

A developer's own home lies over the defaults that the tests know: they look at a home that is not there.
"""

import os

import pytest
from hypothesis import settings

import run
from data import paths
from tests import demo_ground

settings.register_profile("innenfor", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("innenfor")
os.environ["INNENFOR_VAR"] = str(paths.var())
os.environ["INNENFOR_HOME"] = run.NO_HOME["INNENFOR_HOME"]


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test is in the demo: the made-up programme lies over what is published."""
    demo_ground.opened(monkeypatch)
