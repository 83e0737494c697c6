"""`dbkit pool watch` and what is written for those who watch: alert rules, a dashboard."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

from prometheus_client import CollectorRegistry, start_http_server
from sqlalchemy import text

import dbkit as library
from dbkit.embedded.locks import ticks
from dbkit.telemetry import expose
from tests.cli.run import Command

RUN = "from dbkit.cli.main import main; main()"


def test_sessions_of_a_server(dbkit: Command, postgres_url: str) -> None:
    with (
        library.connect(postgres_url, env="prod", service="scribe", database=library.BaseDatabase) as db,
        db.transaction() as tx,
    ):
        tx.execute(text("SELECT 'secretive'"))
        run = dbkit(f"pool watch {postgres_url} --once")
        told = json.loads(dbkit(f"pool watch {postgres_url} --json").out)
    assert (run.code, run.err) == (0, "")
    assert "dbkit/prod/scribe" in run.out
    assert "secretive" not in run.out
    (row,) = (each for each in told["server"]["sessions"] if each["name"] == "dbkit/prod/scribe")
    assert row["planned"] == 24
    assert row["idle_in_transaction"] >= 1
    assert told["failures"] == []
    assert all(each["name"] != "dbkit pool watch" for each in told["server"]["sessions"])


def test_pools_of_a_process(dbkit: Command, postgres_url: str) -> None:
    registry = CollectorRegistry()
    with library.connect(postgres_url, env="prod", service="scribe", database=library.BaseDatabase) as db:
        expose(db, registry=registry)
        server, thread = start_http_server(0, addr="127.0.0.1", registry=registry)
        try:
            with db.transaction() as tx:
                tx.execute(text("SELECT 1"))
                told = json.loads(dbkit(f"pool watch --json --metrics http://127.0.0.1:{server.server_port}").out)
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
    (pool,) = told["pools"]
    assert (pool["env"], pool["service"], pool["pool"], pool["in_use"], pool["size_max"]) == (
        "prod", "scribe", "main", 1, 4,
    )  # fmt: skip
    assert told["server"] is None


def test_what_cannot_be_looked_at_is_told(dbkit: Command) -> None:
    run = dbkit("pool watch --once --metrics http://127.0.0.1:1/metrics")
    assert run.code == 2
    assert "gives no metrics" in run.err
    assert dbkit("pool watch --once --metrics file:///x").code == 2
    assert "is no database of a server" in dbkit("pool watch memory://").err


def test_on_a_terminal_it_goes_on_until_ctrl_c(postgres_url: str) -> None:
    leader, follower = pty.openpty()
    command = [sys.executable, "-c", RUN, "pool", "watch", postgres_url, "--every", "0.2"]
    with subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, start_new_session=True) as running:
        os.close(follower)
        shown = said(leader, lambda so_far: so_far.count(b"Ctrl-C ends it") >= 2)
        running.send_signal(signal.SIGINT)
        said(leader, lambda _: running.poll() is not None)
        assert running.wait(60) == 0
    os.close(leader)
    assert b"connections" in shown


def said(terminal: int, enough: Callable[[bytes], bool]) -> bytes:
    """What was written to a terminal until it is enough; without a reader, its writer would wait."""
    found = b""
    for _ in ticks(60):
        # Its end is an error where the writer has gone.
        with suppress(OSError):
            while select.select([terminal], [], [], 0)[0] and (part := os.read(terminal, 65_536)):
                found += part
        if enough(found):
            break
    return found


def test_rules_routes_and_a_dashboard(dbkit: Command) -> None:
    rules = dbkit("pool alerts --env prod")
    assert (rules.code, rules.err) == (0, "")
    assert rules.out.startswith("# Written by `dbkit pool alerts --env prod --emit rules` from the profiles")
    assert 'name: "dbkit pools prod/api"' in rules.out
    assert len(json.loads(dbkit("pool alerts --env prod --json").out)["groups"]) == 11
    assert "name: dbkit-pagerduty" in dbkit("pool alerts --env prod --emit alertmanager").out
    assert "pagerduty" not in dbkit("pool alerts --env dev --emit alertmanager").out
    assert json.loads(dbkit("pool dashboard --env prod").out)["uid"] == "dbkit-pools-prod"


def test_an_environment_that_is_not_watched(dbkit: Command) -> None:
    for command in ("alerts", "dashboard"):
        run = dbkit(f"pool {command} --env local")
        assert (run.code, run.out) == (2, "")
        assert "local is watched by nobody" in run.err
