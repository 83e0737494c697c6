"""What costs milliseconds: a database for the next test, by the kit and in other ways on the same server."""

from __future__ import annotations

import gc
import itertools
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks.results import Figure
from dbkit.database._sync.database import Database
from dbkit.embedded import EmbeddedServer, Launch
from dbkit.mock.factories import Factories
from dbkit.models import Base
from dbkit.testing.blueprint import blueprint_of
from dbkit.testing.kit import Kit, Options
from dbkit.testing.lending import Loan
from dbkit.testing.setup import Setup
from dbkit.testing.wanted import Isolation, Wanted

__all__ = ["isolation_figures", "test_server"]

_DBKIT = "dbkit"
_NEXT = "a database for the next test, 2 tables written"
_LIMITS: dict[str, float] = {"reset": 0.004, "clone": 0.040}
_TEMPLATE_SECONDS_MAX = 8.0
_MEMORY = Path("/dev/shm")
_NEWEST = "SELECT datname FROM pg_database WHERE datname LIKE 'dbkit_template_%'"
_TABLES = [sql.Identifier(table.name) for table in Base.metadata.sorted_tables]


@contextmanager
def test_server() -> Iterator[EmbeddedServer]:
    """Start a server with settings for tests, in a new folder, in memory where the kit would do so too."""
    folder = Path(tempfile.mkdtemp(prefix="dbkit-benchmarks-", dir=_MEMORY if _MEMORY.is_dir() else None))
    folder.chmod(0o755)
    try:
        with EmbeddedServer.start(folder / "server", Launch({"fsync": "off", "max_connections": "300"})) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def isolation_figures(rounds: int) -> Iterator[Figure]:
    """Yield the seconds to a database for the next test; and to the first one, cold and warm."""
    begin = time.perf_counter()
    with test_server() as server:
        with _kit(server) as kit:
            kit.pooled(blueprint_of(Setup(), "head"))
        yield Figure("the first database, nothing there", _DBKIT, [time.perf_counter() - begin], _TEMPLATE_SECONDS_MAX)
        yield Figure("the first database of a later run", _DBKIT, list(_warm(server, rounds)))
        with _kit(server) as kit:
            yield from _next_databases(kit, server, rounds)


def _warm(server: EmbeddedServer, rounds: int) -> Iterator[float]:
    for _ in range(min(rounds, 5)):
        begin = time.perf_counter()
        with _kit(server) as kit:
            kit.pooled(blueprint_of(Setup(), "head"))
            yield time.perf_counter() - begin


@contextmanager
def _kit(server: EmbeddedServer) -> Iterator[Kit]:
    with closing(Kit(Options(url=server.conninfo_for("postgres")))) as kit:
        yield kit


def _next_databases(kit: Kit, server: EmbeddedServer, rounds: int) -> Iterator[Figure]:
    isolations: tuple[Isolation, ...] = ("rollback", "reset", "clone")
    ways: dict[str, Callable[[], float]] = {each: _turns(kit, each) for each in isolations}
    with _emptied(server, kit) as others:
        ways |= others
        seconds: dict[str, list[float]] = {way: [] for way in ways}
        for turn in range(rounds + 1):
            for way, turns in ways.items():
                gc.collect()
                taken = turns()
                # The first turn opens connections and makes the first clone.
                if turn:
                    seconds[way].append(taken)
    for way, found in seconds.items():
        own = way in isolations
        yield Figure(_NEXT, f"{_DBKIT}, {way}" if own else way, found, _LIMITS.get(way))


def _turns(kit: Kit, isolation: Isolation) -> Callable[[], float]:
    """Return what writes 2 tables by a loan, and takes the time from there to the next one's first answer."""
    loans = (Loan(kit, Setup(), Wanted("postgres", isolation)) for _ in itertools.count())
    held = [next(loans)]
    numbers = itertools.count(1)

    def turn() -> float:
        (loan,) = held
        Factories(seed=next(numbers)).organization.create(loan.database())
        begin = time.perf_counter()
        loan.end("a benchmark", keep=False)
        held[:] = [next(loans)]
        held[0].database().providers.find("nobody")
        return time.perf_counter() - begin

    return turn


@contextmanager
def _emptied(server: EmbeddedServer, kit: Kit) -> Iterator[dict[str, Callable[[], float]]]:
    """Give the ways that one finds elsewhere, on a clone of their own."""
    blueprint = blueprint_of(Setup(), "head")
    place = kit.cloned(blueprint)
    database = Database(place.held.backend(Database.entities()), shown_as=place.name)
    names = sql.SQL(", ").join(_TABLES)
    truncate = sql.SQL("TRUNCATE {} CASCADE").format(names)
    deletes = sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(name) for name in _TABLES)
    delete = sql.SQL("SET session_replication_role = replica; {}; RESET session_replication_role").format(deletes)
    connecting = (psycopg.connect(server.conninfo_for(name), autocommit=True) for name in (place.name, "postgres"))
    connection, admin = connecting
    with connection, admin:

        def emptying(statement: sql.Composed) -> Callable[[], float]:
            def turn() -> float:
                Factories(seed=1).organization.create(database)
                begin = time.perf_counter()
                connection.execute(statement)
                return time.perf_counter() - begin

            return turn

        (template,) = admin.execute(_NEWEST).fetchone() or ("",)

        def cloning() -> float:
            begin = time.perf_counter()
            admin.execute(sql.SQL("CREATE DATABASE plain TEMPLATE {}").format(sql.Identifier(template)))
            psycopg.connect(server.conninfo_for("plain")).close()
            admin.execute("DROP DATABASE plain")
            return time.perf_counter() - begin

        yield {
            "TRUNCATE of all": emptying(truncate),
            "DELETE from all, no triggers": emptying(delete),
            "clone by default (WAL_LOG), and drop": cloning,
        }
    kit.give_up(place)
