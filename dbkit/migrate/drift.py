"""How far a database is from the models: compared as catalogues, where nothing that PostgreSQL knows goes unseen."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from dbkit.migrate.catalog import Catalog, Difference
from dbkit.migrate.databases import located
from dbkit.migrate.models import create_all, metadata_of
from dbkit.migrate.scratch import scratch_databases
from dbkit.migrate.session import Session, Target, failure

__all__ = ["Drift", "drift"]


@dataclass(frozen=True, slots=True)
class Drift:
    """What differs between a database and the models, and on which versions of PostgreSQL the two were read."""

    database: str
    differences: tuple[Difference, ...]
    database_major: int
    models_major: int

    @property
    def is_of_one_version(self) -> bool:
        """Whether both catalogues are one version's words; else a difference may be one of words alone."""
        return self.database_major == self.models_major


def drift(url: str | None = None, models: str = "dbkit.models:Base", *, dev_url: str | None = None) -> Drift:
    """Compare a database with models, which are made on a scratch server, or on that of `dev_url`.

    Partitions are left out: maintenance makes them. The database is only read. Errors as `dbkit.connect`.
    """
    metadata = metadata_of(models)
    with located(url) as target:
        database, database_major = _read(target)
        with scratch_databases(1, dev_url) as (scratch,):
            create_all(scratch, metadata)
            wanted, models_major = _read(scratch)
    return Drift(target.shown_as, tuple(database.compare(wanted)), database_major, models_major)


def _read(target: Target) -> tuple[Catalog, int]:
    try:
        with Session(target, "dbkit schema diff") as session:
            catalog = Catalog.read(session.connection).without_partitions()
            return catalog, session.connection.info.server_version // 10000
    except psycopg.Error as error:
        failed = error
    raise failure(failed)
