"""`dbkit doctor`: what it exits with, what it prints, and that it changes nothing."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dbkit.doctor.catalogue import CHECKS
from dbkit.doctor.findings import Examination
from dbkit.embedded.locks import ticks
from dbkit.migrate.runner import apply
from tests.cli.run import Command
from tests.faults.fix_nodes import MakeNode
from tests.faults.node import Node
from tests.migrate.lines import LineFolder

SECRET = "hunter2"


@pytest.fixture
def line(tmp_path: Path) -> LineFolder:
    line = LineFolder(tmp_path / "line")
    line.tables("one")
    return line


@pytest.fixture
def sound(make_node: MakeNode, line: LineFolder) -> str:
    """A server with nothing wrong, but for the minor version of the machine's packages."""
    settings = {
        "fsync": "on",
        "tcp_keepalives_idle": "60",
        "tcp_keepalives_interval": "10",
        "tcp_keepalives_count": "3",
    }
    node = make_node(settings=settings)
    apply(node.url(), line=line.folder)
    return node.url()


def test_nothing_wrong(dbkit: Command, sound: str, line: LineFolder) -> None:
    run = dbkit(f"doctor {sound} --ignore minor_version --line", str(line.folder))
    assert (run.code, run.err) == (0, "")
    lines = run.out.splitlines()
    assert lines[0].startswith("postgresql://127.0.0.1:")
    assert ", primary, timeline 1, seen as dbkit" in lines[0]
    assert "note     client_connection_check_interval is 0" in run.out
    assert "fleet: not checked: which services connect is not known: give --fleet FLEET.toml" in lines
    assert lines[-1].startswith(f"{len(CHECKS) - 1} checks: ")
    assert lines[-1].endswith("Nothing is wrong.")


def test_what_is_not_checked_is_wrong_to_the_strict(dbkit: Command, sound: str, line: LineFolder) -> None:
    arguments = f"doctor {sound} --strict --ignore minor_version --line"
    assert dbkit(arguments, str(line.folder)).code == 1
    unasked = ["service_connects", "session_settings", "timeouts", "role_settings", "fleet", "memory"]
    ignored = [part for check in unasked for part in ("--ignore", check)]
    assert dbkit(arguments, str(line.folder), *ignored).code == 0


def test_something_wrong(dbkit: Command, url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("create table orders (paid int)")
        connection.execute("alter table orders add constraint ck_paid check (paid > 0) not valid")
    run = dbkit("doctor", url)
    assert (run.code, run.err) == (1, "")
    lines = run.out.splitlines()
    place = lines.index(
        "warning  the constraint ck_paid of public.orders was never validated: older rows may break it [constraints]"
    )
    assert lines[place + 1 : place + 3] == [
        "         Validate it, which reads the table and lets others write meanwhile:",
        "           ALTER TABLE public.orders VALIDATE CONSTRAINT ck_paid;",
    ]
    kinds = [line.split()[0] for line in lines if line.startswith(("danger ", "warning ", "note "))]
    assert kinds == sorted(kinds, key=["danger", "warning", "note"].index)


def test_json_is_what_the_types_say(dbkit: Command, url: str) -> None:
    run = dbkit("doctor --json", url)
    assert run.code == 1
    document = json.loads(run.out)
    assert Examination.model_validate(document).as_json() == document
    assert [check["id"] for check in document["checks"]] == [check.id for check in CHECKS]
    assert set(document) == {"is_healthy", "is_complete", "server", "checks"}
    assert set(document["server"]) == {
        *("database", "version", "role", "in_recovery", "system_identifier", "timeline", "environment", "services")
    }
    check = next(check for check in document["checks"] if check["findings"])
    assert set(check) == {"id", "area", "outcome", "findings", "why"}
    assert set(check["findings"][0]) == {"severity", "what", "advice", "commands"}


def test_memory_is_no_server(dbkit: Command) -> None:
    run = dbkit("doctor memory://")
    assert (run.code, run.out) == (0, "memory:// is no server: there is nothing to examine\n")
    assert json.loads(dbkit("doctor memory:// --json").out) == {
        "is_healthy": True,
        "is_complete": True,
        "server": None,
        "checks": [],
    }


def test_an_embedded_server_is_of_one_developer(dbkit: Command, make_folder: Any, line: LineFolder) -> None:
    url = f"embedded://{make_folder() / 'embedded'}"
    apply(url, line=line.folder)
    run = dbkit(f"doctor {url} --json --line", str(line.folder))
    assert run.code == 0
    outcomes = {check["id"]: check["outcome"] for check in json.loads(run.out)["checks"]}
    assert outcomes["durability"] == outcomes["superuser"] == "not_applicable"
    assert outcomes["revision"] == "passed"


def test_the_variables_say_what_is_not_said(dbkit: Command, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_URL", url)
    monkeypatch.setenv("DBKIT_ENV", "staging")
    monkeypatch.setenv("DBKIT_SERVICE", "api,read")
    run = dbkit("doctor --json")
    assert run.code == 1
    server = json.loads(run.out)["server"]
    assert (server["environment"], server["services"]) == ("staging", ["api", "read"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (f"postgresql://me:{SECRET}@127.0.0.1:1/shop", "Check that the server runs"),
        ("postgresql://127.0.0.1:1/shop --ignore nothing", "there is no check nothing"),
        ("postgresql://127.0.0.1:1/shop --env production", "there is no environment 'production'"),
        ("postgresql://127.0.0.1:1/shop --env prod --service billing", "in prod there is no service 'billing'"),
        ("postgresql://127.0.0.1:1/shop --fleet absent.toml", "absent.toml cannot be read"),
        ("postgresql://127.0.0.1:1/shop --line absent", "holds no line of migrations"),
        (f"postgresql://me:{SECRET}@127.0.0.1:1/shop?no_such=option", "the connection string is malformed"),
    ],
)
def test_what_cannot_be_examined(dbkit: Command, arguments: str, said: str) -> None:
    run = dbkit(f"doctor {arguments}")
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert len(run.err.splitlines()) == 1
    assert SECRET not in run.err


def test_a_server_without_connections_left_lets_a_superuser_look(dbkit: Command, make_node: MakeNode) -> None:
    node = make_node(settings={"max_connections": "4", "max_wal_senders": "0"})
    node.execute("create role shop login")
    with the_last_connection(node.url(user="shop")):
        run = dbkit("doctor", node.url(user="shop"))
        assert (run.code, run.out) == (2, "")
        assert "the server has no connection left" in run.err
        told = dbkit("doctor", node.url())
        assert told.code == 1
        assert "1 of 1 connections are taken" in told.out


def the_last_connection(url: str) -> psycopg.Connection[Any]:
    """Connect as soon as the sessions that are ending have ended."""
    for _ in ticks(60):
        with suppress(psycopg.OperationalError):
            return psycopg.connect(url)
    return psycopg.connect(url)


def test_names_that_a_terminal_would_take_for_commands_are_shown_as_text(dbkit: Command, node: Node) -> None:
    node.execute('create table "bad \x1b[2J [red]name" (x int)')
    node.execute('alter table "bad \x1b[2J [red]name" add constraint c check (x > 0) not valid')
    run = dbkit("doctor", node.url())
    assert "\x1b" not in run.out
    assert 'ALTER TABLE public."bad \\x1b[2J [red]name" VALIDATE CONSTRAINT c;' in run.out


def test_nothing_is_changed(dbkit: Command, make_node: MakeNode) -> None:
    node = make_node(settings={"autovacuum": "off"})
    next_id = "select pg_snapshot_xmax(pg_current_snapshot())::text"
    before = node.execute(next_id)
    assert dbkit("doctor", node.url(), "--env", "staging", "--service", "api").code == 1
    assert node.execute(next_id) == before
