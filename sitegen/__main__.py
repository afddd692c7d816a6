"""python -m sitegen"""

from __future__ import annotations

import atexit
import os
import sys

from sitegen.cli import main


def run() -> None:
    """The entry point: main(), and then out at once.

    Python would take apart all that a build has in memory, piece by piece, before the process ends and it is gone anyway.
    """
    code: str | int | None = 0
    try:
        main()
    except SystemExit as leaving:
        code = leaving.code
    if isinstance(code, str):
        sys.exit(code)
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = 1
    os._exit(code or 0)


if __name__ == "__main__":  # a process that is started anew imports this module too
    run()
