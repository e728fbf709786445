"""`python -m data.cli.capped MEGABYTES PACKAGE WORD …`: a command of a package that ends rather than take all memory.

Windows has no such limit: there only the time stops it, which whoever started the process keeps.
"""

import sys

if __name__ == "__main__":  # before the libraries are loaded, whose memory counts as well
    if sys.platform != "win32":
        import resource

        most = int(sys.argv[1]) << 20
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    from importlib import import_module

    from data.cli.console import ready

    ready()
    sys.exit(import_module(f"{sys.argv[2]}.__main__").main(sys.argv[3:]))
