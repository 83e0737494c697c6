"""What a test's reports are asked and told: whether it failed, and where its database was kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

__all__ = ["has_failed", "note_kept", "note_outcome", "show_kept"]

_FAILED = pytest.StashKey[bool]()
_KEPT = pytest.StashKey[str]()
# An attribute of a report crosses from a worker of a parallel run to the process that leads it.
_ATTRIBUTE = "dbkit_kept"


def note_outcome(item: pytest.Item, report: pytest.TestReport) -> None:
    """Take note of how a phase of the test ended, and tell the last report what was kept."""
    item.stash[_FAILED] = report.failed or item.stash.get(_FAILED, False)
    if report.when == "teardown" and _KEPT in item.stash:
        setattr(report, _ATTRIBUTE, item.stash[_KEPT])


def has_failed(item: pytest.Item) -> bool:
    """Tell whether a phase of the test has failed so far."""
    return item.stash.get(_FAILED, False)


def note_kept(item: pytest.Item, url: str) -> None:
    """Take note of the URL of the database that a failed test keeps."""
    item.stash[_KEPT] = url


def show_kept(reporter: pytest.TerminalReporter) -> None:
    """Write which tests have kept a database, and how to open it."""
    kept = list(_kept(reporter))
    if kept:
        reporter.section("databases of failed tests")
    for test, url in kept:
        reporter.write_line(f"{test}:\n    dbkit db shell '{url}'")
    if kept:
        reporter.write_line("They stay for some days, and their server keeps running, until they are dropped:")
        reporter.write_line("    dbkit db drop URL")


def _kept(reporter: pytest.TerminalReporter) -> Iterator[tuple[str, str]]:
    for reports in reporter.stats.values():
        for report in reports:
            if hasattr(report, _ATTRIBUTE):
                yield report.nodeid, getattr(report, _ATTRIBUTE)
