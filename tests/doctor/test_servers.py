"""Servers settled well and badly: what is planted is found, and a sound server has nothing wrong with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from dbkit.doctor.examine import Options, examine
from dbkit.doctor.findings import Examination, Outcome, Severity
from dbkit.doctor.limits import Limits
from dbkit.doctor.opening import opened
from dbkit.embedded.locks import ticks
from dbkit.migrate.runner import apply
from dbkit.migrate.session import Target
from dbkit.pool.profiles import read_profiles
from dbkit.types.errors import Unavailable
from tests.doctor.certificates import write_certificate
from tests.faults.fix_nodes import MakeNode
from tests.faults.node import Node
from tests.faults.pgbouncer import PgBouncer
from tests.migrate.lines import LineFolder

SOUND = {
    "client_connection_check_interval": "10s",
    "fsync": "on",
    "tcp_keepalives_count": "3",
    "tcp_keepalives_idle": "60",
    "tcp_keepalives_interval": "10",
    "track_io_timing": "on",
}
BAD = {
    "archive_command": "false",
    "archive_mode": "on",
    "autovacuum": "off",
    "full_page_writes": "off",
    "max_connections": "10",
    "max_prepared_transactions": "2",
    "password_encryption": "md5",
    "synchronous_commit": "off",
    "track_counts": "off",
    "track_io_timing": "off",
}
OPEN_DOORS = """
local all all trust
host all all 127.0.0.1/32 trust
host all all 10.0.0.0/8 trust
host all all 10.1.0.0/16 md5
"""
ALMOST_DUE = {"version", "minor_version", "checksums"}
"""What depends on the server's packages and on the day, and what initdb does before PostgreSQL 18."""


@contextmanager
def built_with(library: str) -> Iterator[None]:
    """Skip the test where the machine's server was built without this library: those of a wheel are."""
    try:
        yield
    except (psycopg.errors.FeatureNotSupported, psycopg.errors.InvalidParameterValue):
        pytest.skip(f"the server is built without {library}")


def found(examination: Examination) -> set[str]:
    return {check.id for check in examination.checks if check.outcome is Outcome.FOUND}


def what(examination: Examination, check: str) -> str:
    return "\n".join(finding.what for finding in examination.check(check).findings)


def test_a_sound_server_has_nothing_wrong_with_it(make_node: MakeNode, tmp_path: Path) -> None:
    node, line = make_node(settings=SOUND), LineFolder(tmp_path / "line")
    line.tables("one", "two")
    apply(node.url(), line=line.folder)
    node.execute("create role dbkit_api login connection limit 108")
    examination = examine(
        node.url(user="dbkit_api"), Options("staging", "api", line=line.folder, ignored=("minor_version",))
    )
    assert found(examination) <= ALMOST_DUE
    assert examination.is_healthy
    asked_as_superuser = examine(node.url(), Options(line=line.folder))
    assert found(asked_as_superuser) <= ALMOST_DUE
    unseen = {check.id for check in asked_as_superuser.checks if check.outcome is Outcome.NOT_CHECKED}
    assert unseen == {"service_connects", "session_settings", "timeouts", "role_settings", "fleet", "memory"}


def test_a_badly_settled_server(make_node: MakeNode) -> None:
    node = make_node(settings=BAD, rules=OPEN_DOORS)
    node.execute("create role careless login password 'secret' createrole superuser")
    node.execute("alter role careless nosuperuser")
    node.execute("create role late login connection limit 3 valid until 'yesterday'")
    node.execute("grant create on schema public to public")
    node.execute("create database old template template0 encoding 'SQL_ASCII' locale 'C'")
    node.execute("alter system set max_locks_per_transaction = 128")
    node.execute("select pg_reload_conf()")
    with ExitStack() as stack:
        named = [stack.enter_context(node.connect(application_name="dbkit/prod/api")) for _ in range(5)]
        named[0].execute("begin; create table half (); prepare transaction 'left behind'")
        stack.enter_context(psycopg.connect(f"{node.url(user='careless')}?application_name=dbkit/prod/write"))
        wait_for_archiver(node)
        examination = examine(node.url("old"), Options(limits=Limits(prepared_seconds=0)))
        node.execute("rollback prepared 'left behind'")
    assert {
        *("autovacuum", "connections", "dead_clients", "durability", "encoding", "host_rules", "log"),
        *("passwords", "pending_restart", "powers", "prepared_transactions", "public_schema", "revision"),
        *("role_limits", "superuser", "tracking"),
    } <= found(examination) | {"public_schema"}
    assert "fsync is off" in what(examination, "durability")
    assert "full_page_writes is off" in what(examination, "durability")
    assert "synchronous_commit is off" in what(examination, "durability")
    assert "track_counts is off" in what(examination, "autovacuum")
    assert "1 role has no CONNECTION LIMIT (careless)" in what(examination, "role_limits")
    assert "connects as careless, which has CREATEROLE" in what(examination, "powers")
    assert "connects as dbkit, a superuser" in what(examination, "superuser")
    assert "lets 10.0.0.0 in without a password" in what(examination, "host_rules")
    assert "asks 10.1.0.0 for passwords by md5" in what(examination, "host_rules")
    assert "password_encryption is md5" in what(examination, "passwords")
    assert "the passwords of 1 role are kept as md5 hashes" in what(examination, "passwords")
    assert "the password of late expired" in what(examination, "passwords")
    # Those of the command line, which differ from the file, are not among them.
    assert what(examination, "pending_restart").startswith("changes of max_locks_per_transaction wait for a restart")
    assert "'left behind' of postgres" in what(examination, "prepared_transactions")
    assert "6 of 7 connections are taken" in what(examination, "connections")
    assert "encoded in SQL_ASCII" in what(examination, "encoding")
    assert "archiving the log fails" in what(examination, "log")
    assert "secret" not in str(examination.as_json())
    assert "every role may create" in what(examine(node.url()), "public_schema")


def test_a_system_that_sorts_otherwise_than_before(node: Node) -> None:
    with built_with("ICU"):
        node.execute("create database sorted template template0 locale_provider icu icu_locale 'en-US'")
    assert examine(node.url("sorted")).check("collation").outcome is Outcome.PASSED
    node.execute("update pg_database set datcollversion = '1.0' where datname = 'sorted'")
    (finding,) = examine(node.url("sorted")).check("collation").findings
    assert "indexes were built by 1.0" in finding.what
    for command in finding.commands:
        node.execute(command, "sorted")
    assert examine(node.url("sorted")).check("collation").outcome is Outcome.PASSED


def wait_for_archiver(node: Node) -> None:
    """Have a file of the log archived, which fails."""
    node.execute("select pg_switch_wal()")
    for _ in ticks(60):
        if node.execute("select failed_count > 0 from pg_stat_archiver") == [(True,)]:
            return
    raise AssertionError(node.log)


def test_what_a_role_with_few_rights_cannot_see_is_no_pass(make_node: MakeNode) -> None:
    node = make_node(settings=SOUND)
    node.execute("create role plain login connection limit 5")
    node.execute("create sequence hidden maxvalue 10")
    node.execute("select setval('hidden', 10)")
    whys = {
        check.id: check.why
        for check in examine(node.url(user="plain")).checks
        if check.outcome is Outcome.NOT_CHECKED and check.why
    }
    assert (
        whys.items()
        >= {
            "host_rules": "needs a superuser",
            "idle_in_transaction": "what sessions of other roles do is hidden: needs pg_monitor",
            "long_transactions": "what sessions of other roles do is hidden: needs pg_monitor",
            "passwords": "needs a superuser",
            "sequences": "needs USAGE on 1 sequence (public.hidden)",
            "standbys": "needs pg_monitor",
        }.items()
    )
    node.execute("grant pg_monitor to plain")
    monitor = examine(node.url(user="plain"))
    assert {id for id, why in whys.items() if monitor.check(id).outcome is Outcome.NOT_CHECKED} & {
        *("idle_in_transaction", "long_transactions", "standbys")
    } == set()


def test_slots_and_standbys(make_node: MakeNode) -> None:
    primary = make_node(settings=SOUND)
    standby = make_node(of=primary)
    primary.execute("select pg_create_physical_replication_slot('forgotten', true)")
    primary.execute("create sequence numbers")
    primary.execute("select nextval('numbers')")
    standby.wait_until_replayed(primary.execute("select pg_current_wal_lsn()")[0][0])
    standby.execute("select pg_wal_replay_pause()")
    primary.execute("create table written as select generate_series(1, 10000)")
    for _ in ticks(60):
        if primary.execute("select sent_lsn > replay_lsn from pg_stat_replication") == [(True,)]:
            break
    examination = examine(primary.url(), Options(limits=Limits(lag_bytes=1, slot_bytes=1)))
    assert "nobody reads the slot 'forgotten'" in what(examination, "slots")
    assert examination.check("slots").findings[0].severity is Severity.DANGER
    assert examination.check("slots").findings[0].commands == ("SELECT pg_drop_replication_slot('forgotten');",)
    assert "the standby standby is" in what(examination, "standbys")
    behind = examine(standby.url(), Options(limits=Limits(lag_bytes=1)))
    assert behind.server is not None
    assert behind.server.in_recovery
    assert behind.check("sequences").outcome is Outcome.PASSED
    assert "replay is paused" in what(behind, "replay")
    assert "that it has not replayed" in what(behind, "replay")
    strangers = f"127.0.0.1:{standby.port},127.0.0.1:{make_node().port},127.0.0.1:1,127.0.0.1:{primary.port}"
    told = what(examine(f"{primary.url()}?replicas={strangers}", Options(limits=Limits(lag_bytes=1))), "replicas")
    assert f"127.0.0.1:{standby.port} has" in told
    assert "the replica 127.0.0.1:1 cannot be used" in told
    assert told.count("is none: it takes writes of its own") == 2
    primary.stop()
    for _ in ticks(60):
        if standby.execute("select count(*) from pg_stat_wal_receiver") == [(0,)]:
            break
    assert "this standby receives nothing" in what(examine(standby.url()), "replay")


def test_a_service_that_writes_cannot_connect_to_a_standby(make_node: MakeNode) -> None:
    standby = make_node(of=make_node())
    examination = examine(standby.url(), Options("staging", "write"))
    assert "the service's pool cannot connect" in what(examination, "service_connects")
    assert examination.check("session_settings").outcome is Outcome.NOT_CHECKED


def test_a_certificate_that_ends(node: Node) -> None:
    write_certificate(node, datetime.now(UTC) + timedelta(days=10, hours=1))
    with built_with("TLS"):
        node.execute("alter system set ssl = on")
    node.execute("select pg_reload_conf()")
    for _ in ticks(60):
        if node.execute("show ssl") == [("on",)]:
            break
    examination = examine(f"{node.url()}?sslmode=require")
    assert what(examination, "certificate") == "the server's certificate ends in 10 days"
    assert examination.check("certificate").findings[0].severity is Severity.WARNING
    assert examination.check("tls").outcome is Outcome.PASSED
    far = Options(limits=Limits(certificate_seconds=0))
    assert examine(f"{node.url()}?sslmode=require", far).check("certificate").outcome is Outcome.PASSED


def test_a_pooler_in_between(node: Node, make_folder: Callable[[], Path]) -> None:
    pooler = PgBouncer(make_folder(), node)
    try:
        pooler.start()
        examination = examine(pooler.url())
        assert "a pooler is in between" in what(examination, "pooler")
        said = examine(pooler.url(parameters="?pooler=pgbouncer"), Options("staging", "api"))
        assert said.check("pooler").outcome is Outcome.PASSED
        assert said.check("session_settings").outcome is Outcome.PASSED
    finally:
        pooler.remove()
    direct = examine(f"{node.url()}?pooler=pgbouncer")
    assert "the URL says that a pooler is in between, and there is none" in what(direct, "pooler")


def test_a_server_that_stops_answering_is_left(node: Node) -> None:
    with pytest.raises(Unavailable), opened(Target(node.url(), "frozen"), seconds=0.2) as connection:
        node.freeze([connection.info.backend_pid])
        connection.execute("select 1")


def test_clocks_that_do_not_agree(url: str) -> None:
    examination = examine(url, Options(clock=lambda: time.time() - 90))
    assert "the server's clock is 90.0 s ahead of this machine's" in what(examination, "clock")
    assert examine(url).check("clock").outcome is Outcome.PASSED


def test_limits_that_a_fleet_exceeds(url: str) -> None:
    examination = examine(url, Options("prod", "api"))
    assert "268 for the fleet" in what(examination, "fleet")
    assert "on a server with 256 GiB" in what(examination, "memory")
    assert "connects as" in what(examination, "superuser")


def test_a_services_sessions_are_what_its_profile_says(url: str) -> None:
    profile = read_profiles({}).profile("prod", ["api"])
    with psycopg.connect(url, autocommit=True) as connection:
        (database,) = connection.execute("select quote_ident(current_database())").fetchone() or ("",)
        connection.execute(f"alter database {database} set statement_timeout = '1h'".encode())
    examination = examine(url, Options("prod", "api"))
    assert examination.check("service_connects").outcome is Outcome.PASSED
    assert examination.check("session_settings").outcome is Outcome.PASSED
    (told,) = examination.check("role_settings").findings
    assert told.what.startswith(f"DATABASE {database} has a statement_timeout of its own, 1h")
    assert f"sets it to {profile.figures.statement_timeout_seconds * 1000:.0f}" in told.what
    fighting = examine(f"{url}&keepalives=0", Options("prod", "api"))
    assert "keepalives=0 in the URL fights the profile of prod/api" in what(fighting, "service_connects")
