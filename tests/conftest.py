"""What every test shares: no clock in a property test (machines are shared), and the same examples in CI each time."""

import os

from hypothesis import settings

settings.register_profile("innenfor", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("innenfor")
