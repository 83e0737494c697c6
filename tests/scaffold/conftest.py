from __future__ import annotations

import io
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from dbkit.cli.main import main

Run = Callable[..., subprocess.CompletedProcess[str]]

# Without the folder itself on the path, as the installed program has it.
DBKIT = ("-P", "-c", "from dbkit.cli.main import main; main()")


@pytest.fixture(scope="session")
def run() -> Run:
    """Run Python in a folder, and return how it ended."""

    def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def dbkit() -> Run:
    """Run the command line in a folder, in this process, and return how it ended."""

    def dbkit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        out, err = io.StringIO(), io.StringIO()
        handler = signal.getsignal(signal.SIGTERM)
        with (
            pytest.MonkeyPatch.context() as patch,
            chdir(folder),
            redirect_stdout(out),
            redirect_stderr(err),
            pytest.raises(SystemExit) as ended,
        ):
            patch.setattr(sys, "argv", ["dbkit", *arguments])
            main()
        signal.signal(signal.SIGTERM, handler)
        return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), out.getvalue(), err.getvalue())

    return dbkit


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, dbkit: Run) -> Path:
    """A new service with three new entities, one below the other."""
    folder = tmp_path_factory.mktemp("gadget")
    for command in (
        ("service", "gadget_service", "--database", "Shop", "--folder", "."),
        ("entity", "store"),
        ("entity", "gadget", "--under", "store", "--field", "price:numeric(10,2)?", "--states", "draft,listed,retired"),
        ("entity", "SparePart", "--under", "gadget", "--field", "details:json", "--field", "weight:integer"),
    ):
        done = dbkit(folder, "new", *command)
        assert done.returncode == 0, done.stderr
    return folder
