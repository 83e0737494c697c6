"""What every check makes of facts: nothing of healthy ones, and of each defect what is wrong and what to do."""

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest

from dbkit.doctor.catalogue import CHECKS
from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import (
    DatabaseAge,
    Extension,
    Facts,
    HostRule,
    Index,
    LockWait,
    Prepared,
    RoleSetting,
    ServiceState,
)
from dbkit.doctor.findings import Outcome, Severity
from dbkit.doctor.limits import DAY_SECONDS
from dbkit.doctor.releases import RELEASES
from dbkit.doctor.unseen import Unseen
from dbkit.pool.fleet import shipped_fleet
from dbkit.pool.profiles import read_profiles
from dbkit.types.errors import Unavailable
from tests.doctor import database_defects, server_defects
from tests.doctor.healthy import (
    FACTS,
    LINK,
    NOW_SECONDS,
    RECEIVER,
    ROLE,
    RULE,
    SEQUENCE,
    SESSION,
    SLOT,
    STANDBY,
    TABLE,
    judged,
    standby_with,
    with_link,
    with_settings,
)

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


def test_nothing_is_wrong_with_healthy_facts() -> None:
    reports = {check.id: judged(check.id, FACTS) for check in CHECKS}
    assert {id for id, report in reports.items() if report.outcome is Outcome.NOT_CHECKED} == NEED_MORE
    assert [report for report in reports.values() if report.findings] == []


def test_nothing_is_wrong_with_what_is_nearly_too_much() -> None:
    facts = replace(
        FACTS,
        sessions=(SESSION, replace(SESSION, state="idle in transaction", state_seconds=59)),
        roles=(
            ROLE,
            replace(ROLE, name="nobody", may_connect=False, connection_limit=-1),
            replace(ROLE, plain_name="cloudsqlagent", connection_limit=-1),
        ),
        tables=(TABLE, replace(TABLE, dead_rows=9_999, live_rows=0), replace(TABLE, dead_rows=90_000)),
        sequences=(SEQUENCE, replace(SEQUENCE, last_value=None)),
        slots=(SLOT,),
        standbys=(STANDBY, replace(STANDBY, state="backup")),
        databases=(DatabaseAge("shop", 499_999_999, 10, 0),),
        host_rules=(
            RULE,
            replace(RULE, address="127.0.0.1", method="trust"),
            HostRule("pg_hba.conf", 1, "local", None, "trust", False),
        ),
        lock_waits=(LockWait(12, "dbkit/prod/api", None, 9.9, [11]),),
        prepared=(Prepared("'x'", "shop", 299),),
        extensions=(Extension("pg_trgm", "1.6", "1.6"),),
    )
    assert [found for check in CHECKS for found in judged(check.id, facts).findings] == []


DEFECTS = [*server_defects.DEFECTS, *database_defects.DEFECTS]


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
        replace(FACTS, roles=(replace(ROLE, plain_name="dbkit_api", connection_limit=50),)),
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


def test_of_a_major_version_that_nobody_knows_no_minor_is_known() -> None:
    report = judged("minor_version", with_link(version=190000))
    assert (report.outcome, report.why) == (Outcome.NOT_CHECKED, "no minor versions of PostgreSQL 19 are known")


def test_a_clock_is_not_judged_beyond_what_the_network_allows() -> None:
    unsure = with_link(clock_offset_seconds=2.0, clock_error_seconds=3.0)
    assert judged("clock", unsure).outcome is Outcome.NOT_CHECKED
    assert judged("clock", with_link(clock_offset_seconds=1.2, clock_error_seconds=0.5)).outcome is Outcome.PASSED


def test_an_index_that_is_being_built_is_no_finding() -> None:
    facts = replace(FACTS, invalid_indexes=(Index("public.ix", "public.orders", False, False, True),))
    assert judged("invalid_indexes", facts).outcome is Outcome.PASSED


def test_a_standby_that_restores_from_an_archive_need_not_stream() -> None:
    facts = standby_with(replace(RECEIVER, is_streaming=False, restores_from_archive=True))
    assert judged("replay", facts).outcome is Outcome.PASSED


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


def test_commands_for_a_shell_hold_no_command_of_a_name() -> None:
    name = "x'; reboot #"
    facts = replace(FACTS, md5_roles=(f'"{name}"',), databases=(DatabaseAge(name, 2_000_000_000, 1, 0),))
    found = (*judged("passwords", facts).findings, *judged("transaction_ids", facts).findings)
    commands = [finding.commands[0] for finding in found]
    assert [shlex.split(command)[-1] for command in commands] == [f'\\password "{name}"', f"--dbname={name}"]
