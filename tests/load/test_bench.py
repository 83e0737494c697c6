"""A real server measured, in a database of the bench's own that is gone afterwards."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from dbkit.embedded.locks import ticks
from dbkit.load import bench as benching
from dbkit.load.bench import BenchPlan, bench
from dbkit.load.clients import Clients
from dbkit.load.crew import Crew
from dbkit.load.mix import CALLS
from dbkit.load.report import report_lines
from dbkit.load.result import BenchPoint, BenchResult
from dbkit.load.work import Work
from dbkit.migrate.databases import located
from dbkit.migrate.scratch import scratch_database
from dbkit.migrate.session import Target
from dbkit.seeds.credentials import PROJECT_ID
from dbkit.sqldb.facts import server_facts
from dbkit.types import ConfigurationInvalid, PermissionDenied, Unavailable
from tests.faults.fix_nodes import MakeNode
from tests.faults.pgbouncer import PgBouncer

QUICK = BenchPlan(clients=(1, 3), mix=dict.fromkeys(CALLS, 1), seconds=0.3, rounds=2, rows=100, processes=2)
NOWHERE = Work("postgresql://nobody@127.0.0.1:1/none", PROJECT_ID, {"get": 1}, 0.1, 1)


@pytest.fixture(scope="module")
def scratch(url: str) -> Iterator[Target]:
    with located(url) as server, scratch_database(server) as target:
        benching._fill(target, 20)
        yield target


@pytest.fixture(scope="module")
def measured(url: str) -> tuple[BenchResult, list[BenchPoint], list[str]]:
    """A bench's result, what it told on its way, and the databases that it made."""
    told, made = list[BenchPoint](), list[str]()

    @contextmanager
    def noted(server: Target) -> Iterator[Target]:
        with scratch_database(server) as target:
            made.append(target.shown_as.rpartition("(")[2].removesuffix(")"))
            yield target

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(benching, "scratch_database", noted)
        return bench(url, QUICK, told.append), told, made


def test_a_server_has_a_curve(measured: tuple[BenchResult, list[BenchPoint], list[str]]) -> None:
    found, told, _ = measured
    assert told == found.points
    assert [each.clients for each in found.points] == [1, 3]
    for each in found.points:
        assert each.errors == {}
        assert each.calls_per_second > 10
        assert 0 < each.p50_seconds <= each.p95_seconds <= each.p99_seconds < 1
        assert 0 < each.busiest_process <= each.client_cores
    assert found.knee.clients in (1, 3)
    assert (found.fit, found.rows, found.processes) == (None, 100, 2)


def test_nothing_is_left_behind(url: str, measured: tuple[BenchResult, list[BenchPoint], list[str]]) -> None:
    _, _, (made,) = measured
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT FROM pg_database WHERE datname = %s", [made]).fetchall() == []
        assert connection.execute("SELECT FROM pg_tables WHERE schemaname = 'public'").fetchall() == []


def test_a_report_for_people(measured: tuple[BenchResult, list[BenchPoint], list[str]]) -> None:
    lines = list(report_lines(measured[0]))
    assert lines[1] == "100 rows, 0.3 s a point, 2 processes of clients"
    assert lines[3].split() == ["clients", "calls/s", "of", "peak", "p50", "p99", "client", "cores"]
    assert any(line.startswith("knee    ") for line in lines)
    assert "USL     is not fitted: it takes 5 points" in "\n".join(lines)


def test_what_distorts_the_figures_is_said(measured: tuple[BenchResult, list[BenchPoint], list[str]]) -> None:
    assert any("the server runs on this machine" in note for note in measured[0].notes)


def test_what_else_distorts_the_figures_is_said(
    url: str, measured: tuple[BenchResult, list[BenchPoint], list[str]]
) -> None:
    point = measured[0].points[0].model_copy(update={"busiest_process": 0.97, "errors": {"timeout": 3}})
    with located(url) as server:
        facts = replace(server_facts(server.conninfo), sessions={"shop": 7})
    notes = " ".join(benching._notes([point], Target("host=db.example", "shop"), facts))
    assert "with 1 clients Python was the limit" in notes
    assert "7 other sessions were connected" in notes
    assert "3 calls failed, and are not counted" in notes
    assert "this machine" not in notes


@pytest.mark.parametrize("call", CALLS)
async def test_each_call_is_made_and_succeeds(scratch: Target, call: str) -> None:
    work = Work(scratch.conninfo, PROJECT_ID, {call: 1}, 0.1, 20)
    async with await Clients.open(work, 2, 1) as clients:
        await clients.warm_up()
        counted = await clients.run(asyncio.get_running_loop().time())
    assert counted.latencies.count > 2
    assert counted.errors == {}
    assert counted.cpu_seconds > 0


async def test_calls_that_fail_are_counted_by_their_code(scratch: Target) -> None:
    work = Work(scratch.conninfo, PROJECT_ID, {"get": 1}, 0.05, 20)
    async with await Clients.open(work, 1, 1) as clients:
        await clients.warm_up()
        assert len(clients._rows) == 20
        clients._rows = [row.model_copy(update={"id": uuid.uuid4()}) for row in clients._rows]
        counted = await clients.run(asyncio.get_running_loop().time())
    assert counted.latencies.count == 0
    assert counted.errors.keys() == {"not_found"}


def test_more_clients_than_connections_are_refused(url: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="5000 clients are more than the"):
        bench(url, replace(QUICK, clients=(1, 5000)))


def test_of_the_usual_numbers_those_are_tried_that_fit(url: str) -> None:
    with located(url) as server:
        facts = replace(server_facts(server.conninfo), max_connections=30, sessions={"others": 4})
    clients, (note,) = benching._clients(BenchPlan(), facts)
    assert clients == [1, 2, 4, 8, 16]
    assert note == "32, 64, 128 clients were not tried: 20 connections were left"


def test_memory_is_no_server() -> None:
    with pytest.raises(ConfigurationInvalid, match="memory:// is no database of a server"):
        bench("memory://", QUICK)


@pytest.mark.parametrize("parameters", ["", "?pooler=pgbouncer"])
def test_behind_a_pooler_it_is_refused(make_node: MakeNode, make_folder: Callable[[], Path], parameters: str) -> None:
    pooler = PgBouncer(make_folder(), make_node())
    pooler.start()
    try:
        with pytest.raises(ConfigurationInvalid, match="a pooler stands between"):
            bench(f"{pooler.url()}{parameters}", QUICK)
    finally:
        pooler.remove()


def test_without_numpy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benching, "find_spec", lambda name: None)
    with pytest.raises(ConfigurationInvalid, match="numpy") as caught:
        bench("memory://", QUICK)
    assert "dbkit[load]" in caught.value.to_do


def test_a_role_that_may_not_create_databases_is_told_so(url: str) -> None:
    role = f"may_not_bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN")
        try:
            with pytest.raises(PermissionDenied):
                bench(url.replace("//dbkit@", f"//{role}@"), QUICK)
        finally:
            connection.execute(f"DROP ROLE {role}")


@pytest.mark.parametrize(
    "wrong", [{"seconds": 0}, {"rounds": 0}, {"rows": -1}, {"processes": -1}, {"clients": ()}, {"clients": (0,)}]
)
def test_what_cannot_be_measured_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigurationInvalid):
        BenchPlan(**wrong)  # type: ignore[arg-type]


def test_processes_that_cannot_work_say_why_and_end() -> None:
    with Crew(1) as crew, pytest.raises(Unavailable, match="a process of clients could not work: the server cannot"):
        crew.measure(NOWHERE, 1)
    assert [process.returncode for process in crew._processes] == [-signal.SIGKILL]


def test_a_process_that_has_ended_is_missed() -> None:
    with Crew(1) as crew, pytest.raises(Unavailable, match="it ended before its work was done"):
        crew._processes[0].kill()
        crew._processes[0].wait()
        crew.measure(NOWHERE, 1)


def test_an_interrupted_bench_leaves_nothing_behind(url: str) -> None:
    # By its name its sessions are told from those of other benches.
    name = f"interrupted-{uuid.uuid4().hex[:8]}"
    where = "SELECT datname FROM pg_stat_activity WHERE application_name = %s AND query LIKE %s"
    command = [sys.executable, "-c", "from dbkit.cli.main import main; main()", "pool", "bench"]
    options = [f"{url}&application_name={name}", "--clients", "2", "--seconds", "60", "--rows", "10"]
    pipe = subprocess.PIPE
    with psycopg.connect(url, autocommit=True) as connection:
        running = subprocess.Popen([*command, *options], stdout=pipe, stderr=pipe)
        try:
            for _ in ticks(120):
                # What clients alone ask.
                made = connection.execute(where, [name, "%FROM connections%"]).fetchone()
                if made is not None or running.poll() is not None:
                    break
            os.kill(running.pid, signal.SIGINT)
            out, _ = running.communicate(timeout=120)
        finally:
            running.kill()
        assert made is not None
        assert made[0].startswith("dbkit_scratch_")
        assert running.returncode != 0
        assert out == b""
        for _ in ticks(60):
            if not connection.execute(where, [name, "%"]).fetchall():
                break
        assert connection.execute(where, [name, "%"]).fetchall() == []
        assert connection.execute("SELECT FROM pg_database WHERE datname = %s", made).fetchall() == []
