"""dbkit's own line: what is said about it is true, and each of it is accepted with a reason."""

from __future__ import annotations

from dbkit.migrate.line import Line
from dbkit.migrate.linting.checking import Lint, lint
from dbkit.testing.templates import Databases


def test_nothing_is_said_that_is_not_accepted(server: Databases) -> None:
    found = lint(Lint(dev_url=server.url_for("postgres")))
    assert (found.findings, found.failures) == ((), ())
    assert len(found.revisions) == len(Line.read().revisions)
    assert found.accepted
