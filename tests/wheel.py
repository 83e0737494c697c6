"""dbkit as its users have it: from its wheel, in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

from tests.architecture.sources import PROJECT

__all__ = ["python_with_wheel"]


def python_with_wheel(scratch: Path) -> Path:
    """Return the Python of a new environment that has dbkit from its wheel, and what dbkit needs from this one."""
    (wheel,) = WheelBuilder(str(PROJECT)).build(directory=str(scratch / "dist"), versions=["standard"])
    venv.create(scratch / "venv", symlinks=True)
    python = scratch / "venv" / "bin" / "python"
    install = ("-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index", wheel)
    subprocess.run([sys.executable, *install], check=True, capture_output=True)
    (packages,) = (scratch / "venv").glob("lib/python*/site-packages")
    (packages / "what_dbkit_needs.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return python
