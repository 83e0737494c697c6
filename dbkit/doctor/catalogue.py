"""All checks, in the order in which they are reported."""

from __future__ import annotations

from collections.abc import Iterator

from dbkit.doctor.check import Check
from dbkit.doctor.checks import connections, network, profile, replication, roles, schema, server, sessions, storage

__all__ = ["CHECKS", "check_lines"]

CHECKS: tuple[Check, ...] = (
    *server.CHECKS,
    *profile.CHECKS,
    *connections.CHECKS,
    *network.CHECKS,
    *roles.CHECKS,
    *schema.CHECKS,
    *storage.CHECKS,
    *sessions.CHECKS,
    *replication.CHECKS,
)


def check_lines() -> Iterator[str]:
    """Yield the table of checks as a document has it."""
    yield "| check | area | healthy is | shared servers only |"
    yield "|---|---|---|---|"
    for check in CHECKS:
        yield f"| `{check.id}` | {check.area} | {check.looks_at} | {'yes' if check.for_shared else ''} |"
