"""A column is widened again and again under services: their prepared statements no longer fit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import psycopg
from psycopg_pool import ConnectionPool
from sqlalchemy import NullPool, create_engine

from benchmarks.migrate._async.service import async_serve
from benchmarks.migrate._sync.service import serve
from benchmarks.migrate.commands import apply_all
from benchmarks.migrate.figures import DBKIT, PLAIN_POOL, Findings
from benchmarks.migrate.lines import Revision
from benchmarks.migrate.stage import Place, Stage
from benchmarks.migrate.tables import begin, make
from benchmarks.migrate.tally import SLUG, Tally
from benchmarks.results import ASYNC, SYNC
from dbkit.models import PROVIDERS, Base

__all__ = ["widening"]

_NAME = "widening_failed"
_NARROW = 100
_INSERT = f"INSERT INTO providers (slug, display_name, base_url) VALUES ('{SLUG}', 'Acme', 'https://acme.example')"
_WIDEN = 'op.execute("ALTER TABLE providers ALTER COLUMN display_name TYPE varchar({})")'
_READ = "SELECT slug, display_name, base_url FROM providers WHERE slug = %s"


def widening(stage: Stage, findings: Findings) -> None:
    """Widen a column under a service in each colour, and under one that uses the plain pool; count what fails."""
    with stage.place() as place:
        _make_providers(place)
        widths = range(_NARROW + 1, _NARROW + 1 + stage.scale.widenings)
        begin(place, [Revision(_WIDEN.format(width), locked="providers") for width in widths])
        with _serving(place.url) as tallies:
            ran = apply_all(DBKIT, place)
    for (way, colour), tally in tallies.items():
        findings.add(_NAME, way, tally.failed, colour=colour, is_least=not ran.done)


@contextmanager
def _serving(url: str) -> Iterator[Mapping[tuple[str, str], Tally]]:
    """Let all services call for a block, which begins when their statements are prepared."""
    services = _services(url)
    tallies = {key: Tally() for key in services}
    threads = [threading.Thread(target=serve, args=(tallies[key],)) for key, serve in services.items()]
    for thread in threads:
        thread.start()
    try:
        for tally in tallies.values():
            tally.wait_until_warm()
        yield tallies
    finally:
        for tally in tallies.values():
            tally.closed = True
        for thread in threads:
            thread.join()


def _services(url: str) -> Mapping[tuple[str, str], Callable[[Tally], None]]:
    return {
        (DBKIT, SYNC): lambda tally: serve(url, tally),
        (DBKIT, ASYNC): lambda tally: asyncio.run(async_serve(url, tally)),
        (PLAIN_POOL, SYNC): lambda tally: _serve_plainly(url, tally),
    }


def _serve_plainly(url: str, tally: Tally) -> None:
    with ConnectionPool(url, min_size=1, max_size=1, kwargs={"autocommit": True}) as pool:
        while not tally.closed:
            with tally.call(), pool.connection() as connection:
                connection.execute(_READ, (SLUG,)).fetchall()


def _make_providers(place: Place) -> None:
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(place.conninfo), poolclass=NullPool)
    Base.metadata.create_all(engine, tables=[PROVIDERS.table])
    make(place, _INSERT, f"ALTER TABLE providers ALTER COLUMN display_name TYPE varchar({_NARROW})")
