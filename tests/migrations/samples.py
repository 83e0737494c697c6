"""Values that rows of every time have in common: texts that trip a careless statement, and what many rows refer to."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.migrations.rows import key

LONG = "long text, " * 1000
"""Far more than an index takes: for columns without one."""

ODD = ("", " ", "Ünï çødé 🙂", 'O\'Brien "Bob" \\ $1 %s :name {x}', "tab\tand\nline", "x" * 500)
"""Texts of every kind; all of them differ without regard to case, and fit into an index."""

EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
LATEST = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)

PROJECTS = {"projects": [key("project", n) for n in range(1, 5)]}
"""Parameters of statements that plant many rows: the n-th of them belongs to project `1 + n % 4`."""
