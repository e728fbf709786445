"""Memory that Polars frees goes back to the system at once: a check of a large file would else hold twice its needs.

Import it before Polars, whose allocator reads the setting when it is loaded (of two, the last); on Windows it is
another, and does so itself. A process started by one that has Polars inherits what Polars has set there.
"""

import os

_NAME, _AT_ONCE = "_RJEM_MALLOC_CONF", "dirty_decay_ms:0,muzzy_decay_ms:0"

if not (_set := os.environ.get(_NAME, "")).endswith(_AT_ONCE):
    os.environ[_NAME] = ",".join(filter(None, (_set, _AT_ONCE)))
