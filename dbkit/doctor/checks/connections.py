"""Connections: how many are taken, what of a fleet does not fit, whom no limit keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dbkit.doctor.check import Check
from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import Facts
from dbkit.doctor.findings import Area, Finding, danger, warning
from dbkit.doctor.unseen import NotChecked, seen
from dbkit.doctor.words import listed
from dbkit.pool.facts import ServerFacts, compared, with_facts
from dbkit.pool.proof import prove

__all__ = ["CHECKS"]

_DANGER_PERCENT = 95
_FLEET = "dbkit pool fleet --server URL"


def _used(facts: Facts, expected: Expected) -> Iterator[Finding]:
    sessions, usable = seen(facts.sessions), _usable(facts)
    # This examination's own session is one more, and is gone in a moment.
    percent = 100 * len(sessions) / max(usable, 1)
    if percent >= expected.limits.connections_percent:
        counts = Counter(session.application_name or "without a name" for session in sessions)
        most = listed(f"{name}: {count}" for name, count in counts.most_common(3))
        tell = danger if percent >= _DANGER_PERCENT else warning
        yield tell(
            f"{len(sessions)} of {usable} connections are taken, those left out that are reserved ({most})",
            "End what should not be there, make pools smaller, or raise max_connections, which takes a restart",
            _FLEET,
        )
    yield from _used_by_role(facts, expected)


def _used_by_role(facts: Facts, expected: Expected) -> Iterator[Finding]:
    counts = Counter(session.role for session in seen(facts.sessions))
    for role in seen(facts.roles):
        limit, count = role.connection_limit, counts[role.name]
        # Of one or two, all may well be taken.
        if limit > 2 and count * 100 >= limit * expected.limits.connections_percent:
            yield warning(
                f"{role.name} has {count} of the {limit} connections that it may have: the next ones are refused",
                "See which of its processes have them; lower their pools, or raise its limit where the server has room",
                f"ALTER ROLE {role.name} CONNECTION LIMIT {2 * limit};",
            )


def _fleet(facts: Facts, expected: Expected) -> Iterator[Finding]:
    if expected.fleet is None:
        raise NotChecked("which services connect is not known: give --fleet FLEET.toml")
    server = _server_facts(facts)
    found, _notes = compared(expected.fleet, server)
    for each in prove(with_facts(expected.fleet, server), found).findings:
        yield warning(each.what, each.advice.removesuffix("."), _FLEET)


def _server_facts(facts: Facts) -> ServerFacts:
    """Return what the proof of a fleet takes from a server."""
    settings = facts.settings
    return ServerFacts(
        max_connections=settings.number("max_connections"),
        superuser_reserved=settings.number("superuser_reserved_connections"),
        reserved=_reserved(facts),
        shared_buffers_gib=settings.bytes("shared_buffers") / 1024**3,
        work_mem_mib=settings.bytes("work_mem") / 1024**2,
        hash_mem_multiplier=float(settings.text("hash_mem_multiplier")),
        role_limits={
            role.plain_name: None if role.connection_limit < 0 else role.connection_limit for role in seen(facts.roles)
        },
        sessions=Counter(session.application_name for session in seen(facts.sessions)),
    )


def _usable(facts: Facts) -> int:
    settings = facts.settings
    reserve = settings.number("superuser_reserved_connections") + _reserved(facts)
    return settings.number("max_connections") - reserve


def _reserved(facts: Facts) -> int:
    # There is none before PostgreSQL 16.
    return facts.settings.number("reserved_connections") if facts.settings.has("reserved_connections") else 0


CHECKS = (
    Check("connections", Area.CONNECTIONS, "there are connections left, for everybody and for each role", _used),
    Check(
        "fleet",
        Area.CONNECTIONS,
        "the fleet fits: connections, roles, cores, memory, and no sessions that nobody planned",
        _fleet,
        for_shared=True,
    ),
)
