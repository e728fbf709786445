"""A Java for the slow tests of Spark: `python -m tests.java` fetches Debian's with apt where there is none, as root.

`run.py test slow` does so. Where there is none, those tests are skipped with the reason; on the build server they fail.
"""

import os
import shutil
import subprocess
import sys

PACKAGE = "default-jre-headless"
MISSING = (
    "Java is not installed: the tests of the Spark engine are skipped. "
    f"Install it (Debian: sudo apt install {PACKAGE}), or run `python3 run.py test slow` as root once."
)


def fetch() -> None:
    """Install Debian's headless Java where there is none, as root; else say how."""
    if not shutil.which("java") and sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "-y", "--no-install-recommends", PACKAGE]):
            subprocess.run(["apt-get", "-q", *words], env=quiet, stdout=subprocess.DEVNULL, check=False)
    if not shutil.which("java"):
        sys.stderr.write(MISSING + "\n")


if __name__ == "__main__":
    fetch()
