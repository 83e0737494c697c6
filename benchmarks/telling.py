"""What an event costs the write that tells it: `python -m benchmarks.telling [ROUNDS]`.

The same writes, in turns, by a database that stores events and by one that does not, each on one connection to a
server of its own: first with commits that wait for no disk, then with commits that do, as in production. The first
ratio is of the time a call takes, the second of the processors' time, the caller's and the server's, which says more
on a machine that has others to serve.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from psycopg.conninfo import make_conninfo
from sqlalchemy import func, select

from benchmarks.world import Sizes, World, served_world
from dbkit.database._sync.database import Database
from dbkit.sqldb import PoolConfig, PostgresBackend
from dbkit.types import (
    NewConnection,
    NewEventTopicRoute,
    NewOperation,
    NewTopic,
    NotificationType,
    OperationStatus,
)

CALLS = 30
ROUNDS = 60
WARM_UP_ROUNDS = 2
_STARTED_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)

Writes: TypeAlias = Iterator[tuple[str, list[Callable[[], Any]]]]


@dataclass(frozen=True)
class Side:
    """A database on one connection, and the server's process for it."""

    db: Database
    pid: int

    @classmethod
    def open(cls, conninfo: str, *, telling: bool) -> Side:
        """Open a database, one that tells or one that does not."""
        emissions = Database.emissions() if telling else None
        pool = PoolConfig(size_min=1, size_max=1)
        backend = PostgresBackend.open(conninfo, Database.entities(), pool=pool, emissions=emissions)
        db = Database(backend, shown_as="the benchmark's server")
        (row,) = db.execute(select(func.pg_backend_pid().label("pid")))
        return cls(db, row["pid"])

    def seconds(self, calls: list[Callable[[], Any]]) -> tuple[float, float]:
        """Return the median time of a call, and the processors' time for each, on average."""
        taken: list[float] = []
        used = time.thread_time() + self._server_seconds()
        for call in calls:
            began = time.perf_counter()
            call()
            taken.append(time.perf_counter() - began)
        used = time.thread_time() + self._server_seconds() - used
        return statistics.median(taken), used / len(calls)

    def _server_seconds(self) -> float:
        """Return what the server's process has used: Linux counts it in nanoseconds."""
        return int(Path(f"/proc/{self.pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


def main(rounds: int) -> None:
    """Measure in both ways, and print the medians."""
    for commits in ("off", "on"):
        sys.stdout.write(f"synchronous_commit={commits}\n")
        for name, by_side in measured(rounds, commits).items():
            sys.stdout.write(line(name, by_side))


def measured(rounds: int, commits: str) -> Mapping[str, Mapping[bool, list[tuple[float, float]]]]:
    """Return the times of each kind of write, of the side that tells and of the one that does not."""
    found: dict[str, dict[bool, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    with served_world(Sizes(read=100, iterated=100)) as world:
        conninfo = make_conninfo(world.conninfo, options=f"-c synchronous_commit={commits}")
        sides = {telling: Side.open(conninfo, telling=telling) for telling in (False, True)}
        add_routes(sides[False].db, world)
        for number in range(-WARM_UP_ROUNDS, rounds):
            for telling in (False, True) if number % 2 else (True, False):
                for name, calls in writes(world, sides[telling].db):
                    seconds = sides[telling].seconds(calls)
                    if number >= 0:
                        found[name][telling].append(seconds)
            world.tidy()
        for side in sides.values():
            side.db.close()
    return found


def add_routes(db: Database, world: World) -> None:
    """Have the project told of everything there is: without a route, a notification is not stored."""
    topic = db.topics.create(NewTopic(project_id=world.written, name="all"))
    for type_ in NotificationType:
        db.event_topic_routes.create(NewEventTopicRoute(project_id=world.written, event_type=type_, topic_id=topic.id))


def writes(world: World, db: Database) -> Writes:
    """Yield kinds of writes, each of which tells one event, but where its name says two."""
    world.stock([])
    polled = world.new_operations(CALLS)
    plain = [operation.model_copy(update={"next_poll_at": None}) for operation in world.new_operations(CALLS)]
    yield "create", [lambda new=new: db.operations.create(new) for new in plain]  # type: ignore[misc]
    yield "create, two events", [lambda new=new: db.operations.create(new) for new in polled]  # type: ignore[misc]
    yield "update", [lambda new=new: started(db, new) for new in plain]  # type: ignore[misc]
    connections = world.new_connections(CALLS)
    yield "create, routed", [lambda new=new: db.connections.create(new) for new in connections]  # type: ignore[misc]
    yield "upsert that changes", [lambda new=new: renamed(db, new) for new in connections]  # type: ignore[misc]
    yield "delete", [lambda new=new: deleted(db, new) for new in connections]  # type: ignore[misc]


def started(db: Database, new: NewOperation) -> object:
    """Start an operation."""
    return db.operations.update(
        new.project_id,
        new.id,
        expected_version=1,
        status=OperationStatus.RUNNING,
        started_at=_STARTED_AT,
        metadata={"objects": ["contact"]},
    )


def renamed(db: Database, new: NewConnection) -> object:
    """Give a connection that is there another account."""
    other = new.model_copy(update={"provider_metadata": {"account": 0}})
    return db.connections.upsert(other, on="uq_connections_identity_live")


def deleted(db: Database, new: NewConnection) -> None:
    """Delete a connection."""
    db.connections.delete(new.project_id, new.id, expected_version=2)


def line(name: str, by_side: Mapping[bool, list[tuple[float, float]]]) -> str:
    """Return the medians of a kind of write, and their ratios, as a line."""
    (plain, plain_used), (telling, telling_used) = (
        [statistics.median(each) * 1e6 for each in zip(*by_side[side], strict=True)] for side in (False, True)
    )
    return (
        f"{name:20} {plain:6.0f} us, with events {telling:6.0f} us: {telling / plain:5.2f}"
        f"   processors {plain_used:6.0f} us, {telling_used:6.0f} us: {telling_used / plain_used:5.2f}\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
