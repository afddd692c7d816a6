"""Where the programs are that judge pages, and what happens to a test whose judge is not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"


def module(path: str, program: str = "node") -> Path:
    """A file of a judge from npm.  Without it, or what runs it, the test is skipped, or fails where judges are required."""
    missing = program if shutil.which(program) is None else path.partition("/")[0] if not (MODULES / path).exists() else ""
    if missing and os.environ.get("SITEGEN_JUDGES") == "required":
        pytest.fail(f"{missing} is not installed, and SITEGEN_JUDGES=required")
    if missing:
        pytest.skip(f"{missing} is not installed: .ci/run installs it")
    return MODULES / path


def said(*command: str | Path, **options: Any) -> str:
    """What a judge says, whether it is content or not; its complaints may come on either of its outputs."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, encoding="utf-8", timeout=600, check=False, **options
    )
    return done.stdout or done.stderr
