"""Drive a server over a range of clients, and find its knee."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import cycle
from statistics import median_low
from uuid import UUID

from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import text

from dbkit.database._sync.database import Database
from dbkit.load.clients import APPLICATION_NAME
from dbkit.load.crew import Crew
from dbkit.load.mix import MIX, mix_of
from dbkit.load.result import BenchPoint, BenchResult, Fit, Knee
from dbkit.load.work import Work
from dbkit.migrate.databases import located
from dbkit.migrate.schema import create_tables
from dbkit.migrate.scratch import scratch_database
from dbkit.migrate.session import Target
from dbkit.pool.facts import ServerFacts
from dbkit.seeds import load, small_world
from dbkit.seeds.credentials import PROJECT_ID
from dbkit.sqldb import PostgresBackend
from dbkit.sqldb.config import PoolConfig
from dbkit.sqldb.facts import server_facts
from dbkit.types import AuthScheme, ConnectionFilter, NewConnection, ProjectId
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["CLIENTS", "BenchPlan", "bench", "require_fitting"]

CLIENTS = (1, 2, 4, 8, 16, 32, 64, 128)
"""The numbers of clients that are tried where none are said, as far as the server has connections for them."""

_OWN_SESSIONS = 3
"""What the bench opens beside its clients: to make its database, and to remove it."""

_PYTHON_LIMITS = 0.9
_LOCAL_HOSTS = ("", "localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class BenchPlan:
    """What to measure: numbers of clients, the mix of their calls, seconds for each point, and rows to work on.

    Without `clients` they are the usual ones, as far as the server has connections for them. With
    `processes` 0 there is one for each core of this machine. Of several `rounds`, the one in the middle
    counts.
    """

    clients: tuple[int, ...] | None = None
    mix: dict[str, int] = field(default_factory=lambda: mix_of(MIX))
    seconds: float = 2.0
    rounds: int = 1
    rows: int = 10_000
    processes: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be measured."""
        wrong = tuple(name for name in ("seconds", "rounds", "rows") if getattr(self, name) <= 0)
        if self.processes < 0 or wrong:
            names = wrong or ("processes",)
            raise ConfigurationInvalid(f"{', '.join(names)} must be more than 0", fields=names, advice="Correct it.")
        if self.clients is not None and (not self.clients or min(self.clients) < 1):
            raise ConfigurationInvalid(
                "numbers of clients are 1 or more", fields=("clients",), advice="Write --clients 1,2,4,8."
            )


def require_fitting() -> None:
    """Raise `ConfigurationInvalid` where what fits curves is not installed: before the work, not after it."""
    if find_spec("numpy") is None:
        raise ConfigurationInvalid(
            "numpy, which fits the curve, is not installed", advice="Install it: pip install 'dbkit[load]'."
        )


def bench(
    url: str | None, plan: BenchPlan | None = None, tell: Callable[[BenchPoint], object] = lambda _: None
) -> BenchResult:
    """Measure the server of a URL with the repositories' own calls, and return its curve.

    It works in a database of its own, which it makes on that server and removes in the end, whatever
    happens; the database that the URL names is not touched. While it works the server is busy:
    whoever else works there waits. Raises `PermissionDenied` where the role may not create databases,
    `ConfigurationInvalid` for memory, behind a pooler, and for more clients than the server has
    connections for, and what connecting raises.
    """
    plan = plan or BenchPlan()
    require_fitting()
    with located(url) as server:
        facts = server_facts(server.conninfo)
        clients, dropped = _clients(plan, facts)
        processes = min(plan.processes or _cores(), max(clients))
        with scratch_database(server) as scratch, Crew(processes) as crew:
            version = _fill(scratch, plan.rows)
            work = Work(scratch.conninfo, PROJECT_ID, plan.mix, plan.seconds, plan.rows)
            points = [_measured(crew, work, count, plan.rounds, tell) for count in clients]
        notes = (*dropped, *_notes(points, server, facts))
    fit = _fit(points)
    return BenchResult(
        where=server.shown_as,
        server_version=version,
        mix=plan.mix,
        seconds=plan.seconds,
        rows=plan.rows,
        processes=processes,
        machine_cores=_cores(),
        points=points,
        knee=Knee.of(points),
        fit=fit if isinstance(fit, Fit) else None,
        unfitted=fit if isinstance(fit, str) else "",
        notes=list(notes),
    )


def _clients(plan: BenchPlan, facts: ServerFacts) -> tuple[list[int], list[str]]:
    """Return the numbers of clients to try, and what of the usual ones the server has no connections for."""
    taken = sum(facts.sessions.values()) + _OWN_SESSIONS
    free = facts.max_connections - facts.superuser_reserved - facts.reserved - taken
    wanted = sorted(set(plan.clients or CLIENTS))
    found = [count for count in wanted if count <= free]
    if not found or (plan.clients is not None and found != wanted):
        raise ConfigurationInvalid(
            f"{max(wanted)} clients are more than the {max(free, 0)} connections that the server has left",
            fields=("clients",),
            advice="Try fewer clients, or end other sessions.",
        )
    left = [count for count in wanted if count not in found]
    return found, [f"{', '.join(map(str, left))} clients were not tried: {free} connections were left"] if left else []


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _fill(scratch: Target, rows: int) -> str:
    """Make the schema, a tenant, and rows to read and to change; return the server's version."""
    pool = PoolConfig(size_min=0, size_max=1)
    backend = PostgresBackend.open(scratch.conninfo, Database.entities(), application_name=APPLICATION_NAME, pool=pool)
    with Database(backend, shown_as=scratch.shown_as) as database:
        with database.transaction() as tx:
            create_tables(tx)
        load(database, small_world())
        wanted = ConnectionFilter(project_id=ProjectId(UUID(PROJECT_ID)))
        patterns = database.connections.page(wanted).items
        database.connections.create_many(
            NewConnection(
                project_id=pattern.project_id,
                provider=pattern.provider,
                group_ref=pattern.group_ref,
                consumer_ref=pattern.consumer_ref,
                provider_workspace_ref=f"workspace-{number}",
                auth_scheme=AuthScheme.API_KEY,
            )
            for number, pattern in zip(range(rows), cycle(patterns), strict=False)
        )
        database.execute(text("ANALYZE"))
        return str(database.execute(text("SHOW server_version"))[0]["server_version"])


def _measured(crew: Crew, work: Work, clients: int, rounds: int, tell: Callable[[BenchPoint], object]) -> BenchPoint:
    """Measure a number of clients several times, and return the run in the middle."""
    points = [crew.measure(work, clients) for _ in range(rounds)]
    middle = median_low(point.calls_per_second for point in points)
    point = next(point for point in points if point.calls_per_second == middle)
    tell(point)
    return point


def _fit(points: Sequence[BenchPoint]) -> Fit | str:
    from dbkit.load.usl import fitted

    return fitted(points)


def _notes(points: Sequence[BenchPoint], server: Target, facts: ServerFacts) -> Iterator[str]:
    """Yield what has to be known about the figures."""
    limited = [str(point.clients) for point in points if point.busiest_process >= _PYTHON_LIMITS]
    if limited:
        yield (
            f"with {', '.join(limited)} clients Python was the limit, not the server: a process of clients took a whole"
            " core. Take more processes, or more machines"
        )
    host = str(conninfo_to_dict(server.conninfo).get("host") or "")
    if host in _LOCAL_HOSTS or host.startswith("/"):
        used = max(point.client_cores for point in points)
        yield (
            f"the server runs on this machine: its clients took up to {used:.1f} of {_cores()} cores, so the knee is"
            " that of both together, and less than the server's own"
        )
    others = sum(facts.sessions.values())
    if others:
        yield f"{others} other sessions were connected: what they did is missing from the figures"
    failed = sum(sum(point.errors.values()) for point in points)
    if failed:
        yield f"{failed} calls failed, and are not counted"
