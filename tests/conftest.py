from __future__ import annotations

import pytest

from dbkit.migrate.line import Line
from tests.migrations.counting import shown

pytest_plugins = ["pytester"]


# Here, because the process that leads a parallel run reads no other conftest.
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"migrations: {shown(Line.read())}")
