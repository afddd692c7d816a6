"""Runs the program in a process of its own, as the command line does, or bound by permissions even as root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Any

import pytest
from conftest import PROJECT

ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}


def run(*arguments: str, before: tuple[str, ...] = (), **more: Any) -> subprocess.CompletedProcess[str]:
    """The program with these arguments; `before` are the words before it."""
    command = [*before, sys.executable, "-m", "sitegen", *arguments]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=120, **more)


def bound_by_permissions(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The same where even root must keep to the permissions of files."""
    if os.geteuid() != 0:
        return run(*arguments)
    if not shutil.which("setpriv"):
        pytest.skip("root may write everything, and there is no setpriv to forbid it")
    return run(*arguments, before=("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"))
