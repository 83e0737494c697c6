"""Without FastAPI installed, the module says what to install."""

from __future__ import annotations

import subprocess
import sys

WITHOUT = """
import importlib.util, sys
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == "fastapi" else found(name, package)
import dbkit.fastapi
"""


def test_it_says_what_to_install() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ConfigurationInvalid: FastAPI is not installed. Run pip install 'dbkit[fastapi]'." in done.stderr
