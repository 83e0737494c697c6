"""What a look shows and what it remarks, from one look to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import StringIO
from typing import Any

from rich.console import Console

from dbkit.cli.watch_page import page
from dbkit.pool.profiles import read_profiles
from dbkit.pool.statistics import PoolRecorder, PoolStatistics, RefusalReason
from dbkit.sqldb.activity import Activity, Sessions, TransactionSeen
from dbkit.telemetry.watched import planned_connections
from dbkit.telemetry.watching import Labels, Looking, View
from dbkit.types import Unavailable

PROFILES = read_profiles({})
API = ("prod", "api", "main")
URL = "http://pod:8000/metrics"
PRESENT: Any = {"size": 6, "idle": 4, "in_use": 2, "waiting": 0, "size_min": 6, "size_max": 6, "waiting_max": 64}


class Process:
    """A process whose pool is looked at."""

    def __init__(self) -> None:
        self.recorder = PoolRecorder()
        self.present = dict(PRESENT)
        self.now = 100.0

    def read(self) -> Mapping[Labels, PoolStatistics]:
        return {API: self.recorder.snapshot(**self.present)}

    def looking(self) -> Looking:
        return Looking(PROFILES, {}, None, {URL: self.read}, lambda: self.now)


def sessions(name: str, **changes: Any) -> Sessions:
    usual = {
        "role": "dbkit_api", "sessions": 10, "active": 2, "idle_in_transaction": 1, "waiting_for_lock": 0,
        "oldest_transaction_seconds": 0.5, "oldest_session_seconds": 900.0, "role_limit": None,
    }  # fmt: skip
    return Sessions(name=name, **{**usual, **changes})


def seen(*found: Sessions) -> View:
    oldest = (TransactionSeen(4711, found[0].name, "active", 75.0, "Lock: tuple", (4712, 4713)),)
    activity = Activity(500, 3, found, oldest)
    return Looking(PROFILES, planned_connections(PROFILES), lambda: activity, {}, lambda: 0.0).look()


def remarks(found: Sessions) -> tuple[str, ...]:
    (row,) = seen(found).server
    return row.remarks


def shown(view: View) -> str:
    console = Console(width=200, file=StringIO())
    console.print(page(view, "dbkit pool watch"))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_a_service_within_its_plan_has_no_remarks() -> None:
    (row,) = seen(sessions("dbkit/prod/api")).server
    assert (row.planned, row.remarks) == (108, ())


def test_what_is_remarkable_about_sessions() -> None:
    assert remarks(sessions("dbkit/prod/api", sessions=110)) == ("2 more than planned",)
    assert remarks(sessions("dbkit/prod/api", sessions=95, role_limit=100)) == ("its role may have 100",)
    assert remarks(sessions("dbkit/prod/api", waiting_for_lock=3)) == ("3 waiting for locks",)
    assert remarks(sessions("dbkit/prod/api", oldest_transaction_seconds=7.0)) == (
        "a transaction is older than a call may take, 6 s",
    )
    assert remarks(sessions("dbkit/prod/api", oldest_session_seconds=2000.0)) == (
        "a connection is older than its lifetime, 1800 s",
    )


def test_sessions_without_a_profile_are_shown_without_a_plan() -> None:
    for name in ("", "psql", "dbkit/prod", "dbkit/nowhere/api", "dbkit/prod/nobody"):
        (row,) = seen(sessions(name, oldest_transaction_seconds=1e6)).server
        assert (row.planned, row.remarks) == (None, ())


def test_rates_and_times_are_those_since_the_last_look() -> None:
    process = Process()
    looking = process.looking()
    process.recorder.taken(40.0)
    process.recorder.given_back(1.0, 1.0)
    (first,) = looking.look().pools
    assert (first.calls_per_second, first.refused_per_second) == (None, None)
    assert first.wait_p99_seconds is not None
    assert first.wait_p99_seconds > 20
    for _ in range(100):
        process.recorder.taken(0.0)
        process.recorder.given_back(0.3, 0.1)
    process.recorder.refused(RefusalReason.TIMED_OUT)
    process.now += 2
    (second,) = looking.look().pools
    assert (second.calls_per_second, second.refused_per_second) == (50, 0.5)
    assert second.wait_p99_seconds is not None
    assert second.wait_p99_seconds < 0.001
    assert (round(second.hold_mean_seconds or 0, 9), round(second.server_mean_seconds or 0, 9)) == (0.3, 0.1)
    assert second.remarks == ("callers are refused",)


def test_a_process_that_was_started_anew_begins_anew() -> None:
    process = Process()
    looking = process.looking()
    for _ in range(5):
        process.recorder.taken(0.0)
    looking.look()
    process.recorder = PoolRecorder()
    process.recorder.taken(0.0)
    process.now += 1
    (row,) = looking.look().pools
    assert row.calls_per_second is None


def test_what_is_remarkable_about_a_pool() -> None:
    process = Process()
    process.present |= {"in_use": 6, "waiting": 32}
    process.recorder.state_changed(is_up=False)
    (row,) = process.looking().look().pools
    assert row.remarks == ("the server cannot be reached", "all connections are in use", "the queue is half full")
    process.present |= {"waiting": 64}
    (row,) = process.looking().look().pools
    assert row.remarks[-1] == "the queue is full"


def test_what_does_not_answer_is_told_and_the_rest_shown() -> None:
    def down() -> Any:
        raise Unavailable("no server answers")

    process = Process()
    view = Looking(PROFILES, {}, down, {"http://gone": down, URL: process.read}, lambda: 0.0).look()
    assert [failure.partition(".")[0] for failure in view.failures] == [
        "the server: no server answers",
        "no server answers",
    ]
    assert [row.url for row in view.pools] == [URL]
    assert "no server answers" in shown(view)


def test_the_page_has_sessions_old_transactions_and_pools() -> None:
    text = shown(seen(sessions("dbkit/prod/api", sessions=110)))
    assert "server: 110 of 497 connections, 3 more are reserved" in text
    assert "2 more than planned" in text
    assert "4712, 4713" in text
    assert "75.0 s" in text
    process = Process()
    process.recorder.taken(0.004)
    text = shown(process.looking().look())
    assert "prod/api" in text
    assert URL in text


def test_a_look_is_json_too() -> None:
    document = json.loads(json.dumps(seen(sessions("dbkit/prod/api", sessions=110)).as_json()))
    (row,) = document["server"]["sessions"]
    assert (row["name"], row["planned"], row["remarks"]) == ("dbkit/prod/api", 108, ["2 more than planned"])
    process = Process()
    (pool,) = json.loads(json.dumps(process.looking().look().as_json()))["pools"]
    assert (pool["service"], pool["in_use"], pool["refused"]["timed_out"]) == ("api", 2, 0)
