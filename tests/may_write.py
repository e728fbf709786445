"""Run by a test as if it were the server: ends with 0 where it may write, else 1."""

import sys

from pages.server.permission import may_write

sys.exit(0 if may_write({}) else 1)
