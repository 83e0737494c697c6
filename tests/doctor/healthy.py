"""Facts of a server on which nothing is wrong, and what checks make of changed ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias

from dbkit.doctor.catalogue import CHECKS
from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import (
    Archiver,
    Build,
    Facts,
    HostRule,
    Identity,
    Receiver,
    Role,
    SchemaState,
    Sequence,
    Session,
    Slot,
    Standby,
    Table,
)
from dbkit.doctor.findings import CheckReport, Severity
from dbkit.doctor.link import Link
from dbkit.doctor.releases import RELEASES
from dbkit.doctor.settings import Setting, Settings
from dbkit.doctor.unseen import Unseen

__all__ = [
    "BUILD",
    "FACTS",
    "LINK",
    "NOW_SECONDS",
    "RECEIVER",
    "ROLE",
    "RULE",
    "SEQUENCE",
    "SESSION",
    "SLOT",
    "STANDBY",
    "TABLE",
    "Defect",
    "identity",
    "judged",
    "standby_with",
    "with_link",
    "with_settings",
]

NOW_SECONDS = 1_780_000_000.0
"""A day in May 2026."""

_SETTINGS = {
    "archive_mode": "off",
    "autovacuum": "on",
    "client_connection_check_interval": "10000 ms",
    "data_checksums": "on",
    "deadlock_timeout": "1000 ms",
    "effective_cache_size": "6291456 8kB",
    "fsync": "on",
    "full_page_writes": "on",
    "hash_mem_multiplier": "2",
    "max_connections": "500",
    "max_slot_wal_keep_size": "51200 MB",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "2097152 8kB",
    "superuser_reserved_connections": "3",
    "synchronous_commit": "on",
    "synchronous_standby_names": "",
    "tcp_keepalives_count": "3",
    "tcp_keepalives_idle": "60 s",
    "tcp_keepalives_interval": "10 s",
    "track_activities": "on",
    "track_counts": "on",
    "track_io_timing": "on",
    "wal_level": "replica",
    "work_mem": "32768 kB",
}
LINK = Link(
    version=180000 + RELEASES[18].minor,
    version_text="18",
    host="db.example.com",
    is_socket=False,
    is_local=False,
    told_pid=7,
    says_pooler=False,
    sslmode="verify-full",
    tls_version="TLSv1.3",
    certificate_seconds_left=90 * 86_400,
    clock_offset_seconds=0.001,
    clock_error_seconds=0.002,
)


def _setting(name: str, text: str, *, pending_restart: bool = False) -> Setting:
    value, _, unit = text.partition(" ")
    return Setting(name, value, unit or None, value, pending_restart)


BUILD = Build("7000000000000000000", 1)
FACTS = Facts(
    link=LINK,
    identity=Identity(
        role="people",
        database="shop",
        is_superuser=False,
        sees_sessions=True,
        in_recovery=False,
        encoding="UTF8",
        collation_version="2.36",
        collation_version_now="2.36",
        public_may_create=False,
        pid=7,
    ),
    settings=Settings(_setting(name, text) for name, text in _SETTINGS.items()),
    build=BUILD,
    sessions=(),
    lock_waits=(),
    prepared=(),
    roles=(),
    role_settings=(),
    md5_roles=(),
    host_rules=(),
    databases=(),
    tables=(),
    invalid_indexes=(),
    duplicate_indexes=(),
    constraints=(),
    sequences=(),
    extensions=(),
    slots=(),
    standbys=(),
    receiver=Unseen("this server is no standby"),
    archiver=Archiver(is_failing=False, failed_count=0),
    schema=SchemaState(None, None, ()),
)


SESSION = Session(11, "shop", "dbkit/prod/api", False, True, "active", 1.0, 1.0)
ROLE = Role("shop", "shop", False, False, False, False, False, True, 10, None)
TABLE = Table("public.orders", 1_000_000, 10, 10, 50.0, True, True, 60.0)
SEQUENCE = Sequence("public.orders_id_seq", "public.orders.id", "integer", 10, 2_147_483_647, True)
SLOT = Slot("'copy'", True, False, "reserved", 1024.0)
STANDBY = Standby("standby", "streaming", "async", 0.0, None)
RECEIVER = Receiver(True, False, False, 0.0, 5.0)
RULE = HostRule("pg_hba.conf", 9, "host", "10.0.0.0", "scram-sha-256", False)


Defect: TypeAlias = tuple[str, Facts, Severity, str, str]
"""A check, facts with a defect, and how bad, in which words, and with which command it is found."""


def identity(**changed: object) -> Facts:
    return replace(FACTS, identity=replace(FACTS.identity, **changed))


def standby_with(receiver: Receiver) -> Facts:
    return replace(identity(in_recovery=True), receiver=receiver)


def with_settings(*, pending: str = "", **changed: str) -> Facts:
    """Return the facts with other settings; `pending` is one that waits for a restart."""
    texts = {**_SETTINGS, **changed}
    return replace(
        FACTS, settings=Settings(_setting(name, text, pending_restart=name == pending) for name, text in texts.items())
    )


def with_link(**changed: Any) -> Facts:
    """Return the facts with another connection."""
    return replace(FACTS, link=replace(LINK, **changed))


def judged(check: str, facts: Facts, expected: Expected | None = None) -> CheckReport:
    """Return what a check makes of facts."""
    (found,) = (each for each in CHECKS if each.id == check)
    return found.report(facts, expected or Expected(now_seconds=NOW_SECONDS))
