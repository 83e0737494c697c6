"""Defects of a server, its network and its roles, and what is said of each."""

from __future__ import annotations

from dataclasses import replace

from dbkit.doctor.facts import (
    DatabaseAge,
)
from dbkit.doctor.findings import Severity
from dbkit.doctor.limits import DAY_SECONDS
from dbkit.doctor.releases import RELEASES
from tests.doctor.healthy import FACTS, ROLE, RULE, SESSION, TABLE, Defect, identity, with_link, with_settings

__all__ = ["DEFECTS"]

DEFECTS: list[Defect] = [
    ("version", with_link(version=190000), Severity.WARNING, "19 is newer than", ""),
    ("minor_version", with_link(version=180000), Severity.WARNING, f"18.{RELEASES[18].minor} is out", ""),
    ("durability", with_settings(fsync="off"), Severity.DANGER, "fsync is off", "SET fsync = on;"),
    (
        "durability",
        with_settings(full_page_writes="off"),
        Severity.DANGER,
        "full_page_writes is off",
        "SET full_page_writes = on;",
    ),
    (
        "durability",
        with_settings(synchronous_commit="off"),
        Severity.WARNING,
        "last commits that were acknowledged",
        "SET synchronous_commit = on;",
    ),
    ("checksums", with_settings(data_checksums="off"), Severity.NOTE, "data_checksums is off", "pg_checksums --enable"),
    (
        "checksums",
        replace(FACTS, databases=(DatabaseAge("shop", 10, 10, 3),)),
        Severity.DANGER,
        "3 damaged pages were read in shop",
        "",
    ),
    ("autovacuum", with_settings(autovacuum="off"), Severity.DANGER, "autovacuum is off", "SET autovacuum = on;"),
    ("autovacuum", with_settings(track_counts="off"), Severity.DANGER, "track_counts is off", "SET track_counts = on;"),
    (
        "autovacuum",
        replace(FACTS, tables=(replace(TABLE, is_vacuumed=False),)),
        Severity.WARNING,
        "leaves public.orders out",
        "ALTER TABLE public.orders RESET (autovacuum_enabled);",
    ),
    ("tracking", with_settings(track_activities="off"), Severity.WARNING, "track_activities is off", "= on;"),
    ("tracking", with_settings(track_io_timing="off"), Severity.NOTE, "track_io_timing is off", "= on;"),
    ("pending_restart", with_settings(pending="work_mem"), Severity.WARNING, "changes of work_mem wait", ""),
    ("encoding", identity(encoding="SQL_ASCII"), Severity.DANGER, "encoded in SQL_ASCII", "ENCODING 'UTF8'"),
    (
        "collation",
        identity(collation_version_now="2.39"),
        Severity.DANGER,
        "indexes were built by 2.36",
        "ALTER DATABASE shop REFRESH COLLATION VERSION;",
    ),
    (
        "connections",
        replace(FACTS, sessions=(SESSION,) * 400),
        Severity.WARNING,
        "400 of 497 connections are taken, those left out that are reserved (dbkit/prod/api: 400)",
        "dbkit pool fleet",
    ),
    ("connections", replace(FACTS, sessions=(SESSION,) * 480), Severity.DANGER, "480 of 497", "dbkit pool fleet"),
    (
        "connections",
        replace(FACTS, sessions=(SESSION,) * 9, roles=(ROLE,)),
        Severity.WARNING,
        "shop has 9 of the 10 connections that it may have",
        "ALTER ROLE shop CONNECTION LIMIT 20;",
    ),
    ("tls", with_link(tls_version=None), Severity.DANGER, "db.example.com is not encrypted", ""),
    ("tls", with_link(sslmode="prefer"), Severity.WARNING, "sslmode is prefer", ""),
    ("tls", with_link(sslmode="require"), Severity.NOTE, "sslmode is require", ""),
    ("tls", with_link(tls_version="TLSv1.1"), Severity.DANGER, "TLSv1.1, which is broken", "ssl_min_protocol_version"),
    ("certificate", with_link(certificate_seconds_left=10 * DAY_SECONDS), Severity.WARNING, "ends in 10 days", ""),
    ("certificate", with_link(certificate_seconds_left=-3 * DAY_SECONDS), Severity.DANGER, "ended 3 days ago", ""),
    (
        "host_rules",
        replace(FACTS, host_rules=(replace(RULE, method="trust"),)),
        Severity.DANGER,
        "line 9 of pg_hba.conf lets 10.0.0.0 in without a password",
        "scram-sha-256",
    ),
    (
        "host_rules",
        replace(FACTS, host_rules=(replace(RULE, method="password"),)),
        Severity.DANGER,
        "send passwords as they are",
        "hostssl",
    ),
    ("host_rules", replace(FACTS, host_rules=(replace(RULE, method="md5"),)), Severity.WARNING, "by md5", "scram"),
    ("host_rules", replace(FACTS, host_rules=(replace(RULE, is_broken=True),)), Severity.DANGER, "cannot be read", ""),
    ("pooler", with_link(told_pid=99), Severity.WARNING, "a pooler is in between", ""),
    ("pooler", with_link(says_pooler=True), Severity.WARNING, "and there is none", ""),
    ("clock", with_link(clock_offset_seconds=90.0), Severity.WARNING, "90.0 s ahead of this machine's", "chronyc"),
    ("clock", with_link(clock_offset_seconds=-90.0), Severity.WARNING, "90.0 s behind this machine's", "chronyc"),
    (
        "dead_clients",
        with_settings(tcp_keepalives_idle="7200 s"),
        Severity.WARNING,
        "vanished lasts 2 hours",
        "SET tcp_keepalives_idle = 60;",
    ),
    ("dead_clients", with_settings(tcp_keepalives_idle="0 s"), Severity.WARNING, "lasts for ever", "= 60;"),
    (
        "dead_clients",
        with_settings(client_connection_check_interval="0 ms"),
        Severity.NOTE,
        "runs on to its end",
        "client_connection_check_interval = '10s';",
    ),
    (
        "role_limits",
        replace(FACTS, roles=(replace(ROLE, connection_limit=-1),)),
        Severity.WARNING,
        "1 role has no CONNECTION LIMIT (shop)",
        "ALTER ROLE shop CONNECTION LIMIT 10;",
    ),
    ("passwords", with_settings(password_encryption="md5"), Severity.WARNING, "password_encryption is md5", "scram"),
    ("passwords", replace(FACTS, md5_roles=("shop",)), Severity.WARNING, "kept as md5 hashes", "\\password shop"),
    (
        "passwords",
        replace(FACTS, roles=(replace(ROLE, expires_in_seconds=3 * DAY_SECONDS),)),
        Severity.WARNING,
        "the password of shop expires in 3 days",
        "VALID UNTIL",
    ),
    (
        "passwords",
        replace(FACTS, roles=(replace(ROLE, expires_in_seconds=-60),)),
        Severity.DANGER,
        "the password of shop expired 60 s ago",
        "ALTER ROLE shop VALID UNTIL '2026-08-26';",
    ),
    ("public_schema", identity(public_may_create=True), Severity.DANGER, "every role may create", "REVOKE CREATE"),
    (
        "superuser",
        replace(FACTS, sessions=(SESSION,), roles=(replace(ROLE, is_superuser=True),)),
        Severity.DANGER,
        "a service connects as shop, a superuser",
        "CREATE ROLE",
    ),
    (
        "powers",
        replace(FACTS, sessions=(SESSION,), roles=(replace(ROLE, may_create_roles=True, may_create_databases=True),)),
        Severity.WARNING,
        "has CREATEROLE and CREATEDB",
        "ALTER ROLE shop NOCREATEROLE NOCREATEDB;",
    ),
]
