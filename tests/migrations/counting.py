"""How long the line is."""

from __future__ import annotations

from dbkit.migrate.line import Line

_UP_TO = "20260228"


def count_of(line: Line) -> tuple[int, int]:
    """Return how many revisions there are, and how many of them are dated up to the end of February 2026."""
    return len(line.revisions), sum(revision.id[:8] <= _UP_TO for revision in line.revisions)


def shown(line: Line) -> str:
    """Return the count for people."""
    count, early = count_of(line)
    return f"{count} revisions, {early} of them dated up to 2026-02-28"
