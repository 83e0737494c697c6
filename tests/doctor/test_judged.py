"""What every check makes of facts: nothing of healthy ones, and of each defect what is wrong and what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dbkit.doctor.catalogue import CHECKS
from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import (
    Archiver,
    Constraint,
    DatabaseAge,
    Duplicate,
    Extension,
    Facts,
    HostRule,
    Index,
    LockWait,
    Prepared,
    Receiver,
    Role,
    RoleSetting,
    SchemaState,
    Sequence,
    ServiceState,
    Session,
    Slot,
    Standby,
    Table,
)
from dbkit.doctor.findings import Outcome, Severity
from dbkit.doctor.limits import DAY_SECONDS
from dbkit.doctor.releases import RELEASES
from dbkit.doctor.unseen import Unseen
from dbkit.migrate.errors import TwoPlaces
from dbkit.pool.fleet import shipped_fleet
from dbkit.pool.profiles import read_profiles
from dbkit.types.errors import Unavailable
from tests.doctor.healthy import FACTS, LINK, NOW_SECONDS, judged, with_link, with_settings

PROFILES = read_profiles({})
PROD_API = Expected(
    environment="prod",
    services=("api",),
    profile=PROFILES.profile("prod", ["api"]),
    fleet=shipped_fleet(PROFILES),
    cores=64,
    memory_gib=64,
    now_seconds=NOW_SECONDS,
)
NEED_MORE = {"service_connects", "session_settings", "timeouts", "role_settings", "fleet", "memory"}

SESSION = Session(11, "shop", "dbkit/prod/api", False, True, "active", 1.0, 1.0)
ROLE = Role("shop", False, False, False, False, False, True, 10, None)
TABLE = Table("public.orders", 1_000_000, 10, 10, 50.0, True, True, 60.0)
SEQUENCE = Sequence("public.orders_id_seq", "public.orders.id", "integer", 10, 2_147_483_647, True)
SLOT = Slot("'copy'", True, False, "reserved", 1024.0)
STANDBY = Standby("standby", "streaming", "async", 0.0, None)
RECEIVER = Receiver(True, False, 0.0, 5.0)
RULE = HostRule(9, "host", "10.0.0.0", "scram-sha-256", False)


def identity(**changed: object) -> Facts:
    return replace(FACTS, identity=replace(FACTS.identity, **changed))


def standby_with(receiver: Receiver) -> Facts:
    return replace(identity(in_recovery=True), receiver=receiver)


def test_nothing_is_wrong_with_healthy_facts() -> None:
    reports = {check.id: judged(check.id, FACTS) for check in CHECKS}
    assert {id for id, report in reports.items() if report.outcome is Outcome.NOT_CHECKED} == NEED_MORE
    assert [report for report in reports.values() if report.findings] == []


def test_nothing_is_wrong_with_what_is_nearly_too_much() -> None:
    facts = replace(
        FACTS,
        sessions=(SESSION, replace(SESSION, state="idle in transaction", state_seconds=59)),
        roles=(ROLE, replace(ROLE, name="nobody", may_connect=False, connection_limit=-1)),
        tables=(TABLE, replace(TABLE, dead_rows=9_999, live_rows=0), replace(TABLE, dead_rows=90_000)),
        sequences=(SEQUENCE, replace(SEQUENCE, last_value=None)),
        slots=(SLOT,),
        standbys=(STANDBY, replace(STANDBY, state="backup")),
        databases=(DatabaseAge("shop", 499_999_999, 10, 0),),
        host_rules=(
            RULE,
            replace(RULE, address="127.0.0.1", method="trust"),
            HostRule(1, "local", None, "trust", False),
        ),
        lock_waits=(LockWait(12, "dbkit/prod/api", None, 9.9, [11]),),
        prepared=(Prepared("'x'", "shop", 299),),
        extensions=(Extension("pg_trgm", "1.6", "1.6"),),
    )
    assert [found for check in CHECKS for found in judged(check.id, facts).findings] == []


DEFECTS: list[tuple[str, Facts, Severity, str, str]] = [
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
        "VALID UNTIL",
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
    (
        "revision",
        replace(FACTS, schema=SchemaState(None, TwoPlaces(), ())),
        Severity.DANGER,
        "at several revisions at once",
        "dbkit migrate status",
    ),
    (
        "extensions",
        replace(FACTS, extensions=(Extension("pg_trgm", "1.5", "1.6"),)),
        Severity.WARNING,
        "pg_trgm is at 1.5, and the server has 1.6",
        "ALTER EXTENSION pg_trgm UPDATE;",
    ),
    (
        "extensions",
        replace(FACTS, extensions=(Extension("postgis", "3.4", None),)),
        Severity.DANGER,
        "its files are not on the server",
        "",
    ),
    (
        "extensions",
        replace(FACTS, schema=SchemaState(None, None, ("pg_trgm",))),
        Severity.DANGER,
        "create the extension pg_trgm",
        'CREATE EXTENSION "pg_trgm";',
    ),
    (
        "invalid_indexes",
        replace(FACTS, invalid_indexes=(Index("public.ix", "public.orders", False, False, False),)),
        Severity.WARNING,
        "public.ix of public.orders is not valid",
        "REINDEX INDEX CONCURRENTLY public.ix;",
    ),
    (
        "invalid_indexes",
        replace(FACTS, invalid_indexes=(Index("public.ix_ccnew", "public.orders", False, True, False),)),
        Severity.WARNING,
        "its build failed",
        "DROP INDEX CONCURRENTLY public.ix_ccnew;",
    ),
    (
        "invalid_indexes",
        replace(FACTS, invalid_indexes=(Index("public.ix", "public.orders", True, False, False),)),
        Severity.WARNING,
        "a partition has none",
        "ATTACH PARTITION",
    ),
    (
        "duplicate_indexes",
        replace(FACTS, duplicate_indexes=(Duplicate("public.ix", "public.pk", "public.orders"),)),
        Severity.WARNING,
        "does what public.pk does",
        "DROP INDEX CONCURRENTLY public.ix;",
    ),
    (
        "constraints",
        replace(FACTS, constraints=(Constraint("ck", "public.orders"),)),
        Severity.WARNING,
        "never validated",
        "ALTER TABLE public.orders VALIDATE CONSTRAINT ck;",
    ),
    (
        "sequences",
        replace(FACTS, sequences=(replace(SEQUENCE, last_value=1_800_000_000),)),
        Severity.WARNING,
        "which fills public.orders.id, is at 1800000000 of 2147483647 (84 %)",
        "ALTER TABLE public.orders ALTER COLUMN id TYPE bigint;",
    ),
    (
        "sequences",
        replace(FACTS, sequences=(replace(SEQUENCE, column=None, last_value=2_147_483_647),)),
        Severity.DANGER,
        "(100 %)",
        "AS bigint",
    ),
    (
        "dead_rows",
        replace(FACTS, tables=(replace(TABLE, live_rows=10_000, dead_rows=30_000, vacuumed_seconds_ago=None),)),
        Severity.WARNING,
        "75 % of the rows of public.orders are dead (30000, vacuumed never)",
        "VACUUM (ANALYZE) public.orders;",
    ),
    (
        "statistics",
        replace(FACTS, tables=(replace(TABLE, changed_rows=20_000, was_analyzed=False),)),
        Severity.WARNING,
        "20000 rows of public.orders changed",
        "ANALYZE public.orders;",
    ),
    (
        "transaction_ids",
        replace(FACTS, databases=(DatabaseAge("shop", 600_000_000, 10, 0),)),
        Severity.WARNING,
        "28 % of its transaction ids",
        "vacuumdb --freeze",
    ),
    (
        "transaction_ids",
        replace(FACTS, databases=(DatabaseAge("shop", 10, 1_500_000_000, 0),)),
        Severity.DANGER,
        "70 % of its multixact ids",
        "vacuumdb --freeze",
    ),
    (
        "long_transactions",
        replace(FACTS, sessions=(replace(SESSION, transaction_seconds=7200),)),
        Severity.WARNING,
        "dbkit/prod/api (pid 11, role shop) has had a transaction open for 2 hours",
        "SELECT pg_terminate_backend(11);",
    ),
    (
        "idle_in_transaction",
        replace(FACTS, sessions=(replace(SESSION, state="idle in transaction", state_seconds=180),)),
        Severity.WARNING,
        "does nothing in a transaction, for 3 min now",
        "SELECT pg_terminate_backend(11);",
    ),
    (
        "lock_waits",
        replace(FACTS, lock_waits=(LockWait(12, "dbkit/prod/api", "orders", 30.0, [11, 13]),)),
        Severity.WARNING,
        "has waited 30 s for a lock of orders, held by 11, 13",
        "SELECT pg_terminate_backend(13);",
    ),
    (
        "lock_waits",
        replace(FACTS, lock_waits=(LockWait(12, "", None, 30.0, [0]),)),
        Severity.WARNING,
        "held by a prepared transaction",
        "",
    ),
    (
        "prepared_transactions",
        replace(FACTS, prepared=(Prepared("'half'", "shop", 3 * DAY_SECONDS),)),
        Severity.DANGER,
        "'half' of shop has waited 3 days",
        "ROLLBACK PREPARED 'half';",
    ),
    (
        "slots",
        replace(FACTS, slots=(replace(SLOT, is_active=False),)),
        Severity.WARNING,
        "nobody reads the slot 'copy', and it holds 1 kiB",
        "SELECT pg_drop_replication_slot('copy');",
    ),
    (
        "slots",
        replace(FACTS, slots=(replace(SLOT, is_active=False, retained_bytes=2.0**31),)),
        Severity.DANGER,
        "holds 2.0 GiB",
        "pg_drop_replication_slot",
    ),
    (
        "slots",
        replace(FACTS, slots=(replace(SLOT, retained_bytes=2.0**31),)),
        Severity.WARNING,
        "2.0 GiB of the log behind",
        "",
    ),
    (
        "slots",
        replace(FACTS, slots=(replace(SLOT, wal_status="lost", retained_bytes=None),)),
        Severity.DANGER,
        "has lost the log",
        "pg_drop_replication_slot",
    ),
    (
        "slots",
        replace(with_settings(max_slot_wal_keep_size="-1 MB"), slots=(SLOT,)),
        Severity.NOTE,
        "max_slot_wal_keep_size is -1",
        "max_slot_wal_keep_size",
    ),
    (
        "standbys",
        replace(FACTS, standbys=(replace(STANDBY, lag_seconds=90.0),)),
        Severity.WARNING,
        "the standby standby is 90 s",
        "pg_stat_activity",
    ),
    (
        "standbys",
        replace(FACTS, standbys=(replace(STANDBY, lag_bytes=2.0**30),)),
        Severity.WARNING,
        "1.0 GiB of the log behind",
        "pg_stat_activity",
    ),
    (
        "standbys",
        replace(FACTS, standbys=(replace(STANDBY, state="catchup"),)),
        Severity.WARNING,
        "its state is catchup",
        "",
    ),
    (
        "standbys",
        with_settings(synchronous_standby_names="ANY 1 (one, two)"),
        Severity.DANGER,
        "commits wait for a standby",
        "synchronous_standby_names = '';",
    ),
    ("replay", standby_with(replace(RECEIVER, is_streaming=False)), Severity.DANGER, "receives nothing", "SHOW"),
    ("replay", standby_with(replace(RECEIVER, is_paused=True)), Severity.DANGER, "replay is paused", "_resume();"),
    (
        "replay",
        standby_with(replace(RECEIVER, unreplayed_bytes=2.0**20, replayed_seconds_ago=90.0)),
        Severity.WARNING,
        "1.0 MiB of the log that it has not replayed; what it shows is 90 s old",
        "startup",
    ),
    ("log", with_settings(wal_level="minimal"), Severity.WARNING, "wal_level is minimal", "wal_level = 'replica';"),
    (
        "log",
        replace(with_settings(archive_mode="on"), archiver=Archiver(is_failing=True, failed_count=4)),
        Severity.DANGER,
        "archiving the log fails (4 times)",
        "pg_stat_archiver",
    ),
]


@pytest.mark.parametrize(
    ("check", "facts", "severity", "what", "command"), DEFECTS, ids=[f"{each[0]}-{each[3]}" for each in DEFECTS]
)
def test_a_defect_is_found(check: str, facts: Facts, severity: Severity, what: str, command: str) -> None:
    report = judged(check, facts)
    assert report.outcome is Outcome.FOUND
    (finding,) = (finding for finding in report.findings if what in finding.what)
    assert finding.severity is severity
    assert command in "\n".join(finding.commands)
    assert finding.advice


def test_of_every_check_a_defect_is_known() -> None:
    planted = {each[0] for each in DEFECTS}
    assert {check.id for check in CHECKS} - planted == NEED_MORE


EXPECTED_DEFECTS: list[tuple[str, Facts, Severity, str]] = [
    ("memory", with_settings(shared_buffers="16384 8kB"), Severity.WARNING, "shared_buffers are 128.0 MiB"),
    (
        "memory",
        with_settings(shared_buffers="6291456 8kB"),
        Severity.DANGER,
        "48.0 GiB, more than half of a server with",
    ),
    ("memory", with_settings(effective_cache_size="524288 8kB"), Severity.WARNING, "effective_cache_size is less"),
    ("fleet", with_settings(max_connections="200"), Severity.WARNING, "462 connections at the most"),
    (
        "fleet",
        replace(FACTS, roles=(replace(ROLE, name="dbkit_api", connection_limit=50),)),
        Severity.WARNING,
        "the role dbkit_api may have 50 connections, and needs up to 108",
    ),
    (
        "service_connects",
        replace(FACTS, service=ServiceState({}, {}, Unavailable())),
        Severity.DANGER,
        "the service's pool cannot connect",
    ),
    (
        "session_settings",
        replace(FACTS, service=ServiceState({"lock_timeout": "2000"}, {"lock_timeout": "0"})),
        Severity.DANGER,
        "lock_timeout is 0 in the service's sessions, and the profile prod/api says 2000",
    ),
    ("timeouts", with_settings(deadlock_timeout="3000 ms"), Severity.WARNING, "deadlock_timeout is 3 s"),
    ("timeouts", with_settings(transaction_timeout="4000 ms"), Severity.WARNING, "transaction_timeout is 4 s"),
    (
        "role_settings",
        replace(
            FACTS,
            service=ServiceState({"lock_timeout": "2000"}, {"lock_timeout": "2000"}),
            role_settings=(RoleSetting("ROLE shop", "lock_timeout", "1h"), RoleSetting("ROLE shop", "work_mem", "8MB")),
        ),
        Severity.NOTE,
        "ROLE shop has a lock_timeout of its own, 1h",
    ),
]


@pytest.mark.parametrize(
    ("check", "facts", "severity", "what"), EXPECTED_DEFECTS, ids=[f"{each[0]}-{each[3]}" for each in EXPECTED_DEFECTS]
)
def test_what_does_not_fit_is_found(check: str, facts: Facts, severity: Severity, what: str) -> None:
    (finding,) = judged(check, facts, PROD_API).findings
    assert finding.severity is severity
    assert what in finding.what


def test_what_fits_is_not_found() -> None:
    facts = replace(FACTS, service=ServiceState({"lock_timeout": "2000"}, {"lock_timeout": "2000"}))
    assert {check: judged(check, facts, PROD_API).outcome for check in NEED_MORE} == dict.fromkeys(
        NEED_MORE, Outcome.PASSED
    )


def test_a_major_version_ends() -> None:
    facts = with_link(version=150020)
    ended = Expected(now_seconds=RELEASES[15].ends.timestamp() + 1)
    assert [found.severity for found in judged("version", facts, ended).findings] == [Severity.DANGER]
    soon = Expected(now_seconds=RELEASES[15].ends.timestamp() - 100 * DAY_SECONDS)
    assert [found.severity for found in judged("version", facts, soon).findings] == [Severity.NOTE]


def test_a_clock_is_not_judged_beyond_what_the_network_allows() -> None:
    unsure = with_link(clock_offset_seconds=2.0, clock_error_seconds=3.0)
    assert judged("clock", unsure).outcome is Outcome.NOT_CHECKED
    assert judged("clock", with_link(clock_offset_seconds=1.2, clock_error_seconds=0.5)).outcome is Outcome.PASSED


def test_an_index_that_is_being_built_is_no_finding() -> None:
    facts = replace(FACTS, invalid_indexes=(Index("public.ix", "public.orders", False, False, True),))
    assert judged("invalid_indexes", facts).outcome is Outcome.PASSED


def test_a_connection_of_the_machine_needs_no_tls() -> None:
    facts = with_link(is_local=True, tls_version=None, sslmode="prefer", certificate_seconds_left=None)
    assert judged("tls", facts).outcome is Outcome.PASSED


def test_over_a_socket_keep_alives_are_those_of_other_connections() -> None:
    facts = replace(with_settings(tcp_keepalives_idle="0 s"), link=replace(LINK, is_socket=True))
    unknown = judged("dead_clients", facts)
    assert unknown.outcome is Outcome.NOT_CHECKED
    assert "shown to a connection over TCP only" in (unknown.why or "")


def test_what_protects_others_is_not_asked_of_one_developers_server() -> None:
    facts = with_settings(fsync="off", password_encryption="md5")
    for check in ("durability", "passwords"):
        report = judged(check, facts, Expected(of_one_developer=True, now_seconds=NOW_SECONDS))
        assert (report.outcome, report.why) == (Outcome.NOT_APPLICABLE, "this server is of one developer")


def test_what_was_found_before_something_could_not_be_seen_stays_found() -> None:
    hidden = replace(SEQUENCE, name="public.hidden", is_readable=False, last_value=None)
    facts = replace(FACTS, sequences=(replace(SEQUENCE, last_value=2_000_000_000), hidden))
    report = judged("sequences", facts)
    assert report.outcome is Outcome.FOUND
    assert report.why == "needs USAGE on 1 sequence (public.hidden)"


SECTIONS = [
    ("connections", "sessions"),
    ("host_rules", "host_rules"),
    ("passwords", "md5_roles"),
    ("revision", "schema"),
    ("standbys", "standbys"),
    ("transaction_ids", "databases"),
]


@pytest.mark.parametrize(("check", "section"), SECTIONS)
def test_what_cannot_be_seen_is_no_pass(check: str, section: str) -> None:
    report = judged(check, replace(FACTS, **{section: Unseen("needs pg_monitor")}))
    assert (report.outcome, report.why) == (Outcome.NOT_CHECKED, "needs pg_monitor")


def test_a_hidden_setting_is_no_pass() -> None:
    settings = {name: row for name, row in FACTS.settings.by_name.items() if name != "fsync"}
    facts = replace(FACTS, settings=type(FACTS.settings)(settings.values()))
    assert judged("durability", facts).outcome is Outcome.NOT_CHECKED
