from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest

from dbkit.cli import main as command_line
from tests.cli.run import Command, Run
from tests.fix_server import dbkit_setup, server

__all__ = ["dbkit", "dbkit_setup", "server"]


@pytest.fixture
def dbkit(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """Run `dbkit ...` in this process."""
    monkeypatch.delenv("DBKIT_URL", raising=False)
    monkeypatch.delenv("DBKIT_ENV", raising=False)
    handler = signal.getsignal(signal.SIGTERM)

    def run(arguments: str, *more: str) -> Run:
        monkeypatch.setattr(sys, "argv", ["dbkit", *arguments.split(), *more])
        with pytest.raises(SystemExit) as exit_:
            command_line.main()
        return Run(exit_.value.code or 0, *capfd.readouterr())

    yield run
    signal.signal(signal.SIGTERM, handler)
