"""`python -m data.cli.capped MEGABYTES WORD …`: a command of `python -m data` that ends rather than take all memory.

Windows has no such limit: there only the time stops it, which whoever started the process keeps.
"""

import sys

if __name__ == "__main__":  # before the libraries are loaded, whose memory counts as well
    if sys.platform != "win32":
        import resource

        most = int(sys.argv[1]) << 20
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    from data.__main__ import main
    from data.cli.console import ready

    ready()
    sys.exit(main(sys.argv[2:]))
