"""What every test shares: no clock in a property test (machines are shared), the same examples in CI, and its kinds."""

import os

import pytest
from hypothesis import settings

from tests.kinds import kinds

settings.register_profile("innenfor", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("innenfor")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function):
            for kind in kinds(item.path, item.module, item.obj):
                item.add_marker(kind)
