from __future__ import annotations

# Before any test: pytester forgets what was first imported in a run of its own, and of Alembic's `op`, which is one for
# the whole process, there were two from then on.
import alembic.op  # noqa: F401
import pytest
from hypothesis import settings

from dbkit.migrate.line import Line
from tests.migrations.counting import shown

pytest_plugins = ["pytester"]

# How long an example takes says something of the machine, not of what is tested.
settings.register_profile("dbkit", deadline=None)
settings.load_profile("dbkit")


# Here, because the process that leads a parallel run reads no other conftest.
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"migrations: {shown(Line.read())}")
