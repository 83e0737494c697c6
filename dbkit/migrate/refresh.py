"""A fresh database in one step: dropped, created, migrated and seeded."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from dbkit.database.connect import connect
from dbkit.database.url import EmbeddedTarget, resolve
from dbkit.migrate.databases import DISPOSABLE, create_database, database_name, drop_database, located
from dbkit.migrate.runner import apply
from dbkit.seeds import SeedReport, World, load, small_world
from dbkit.seeds.credentials import API_KEY, PROJECT_ID
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Refreshed", "refresh", "seed"]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A fresh database, and what a local service needs to start on it."""

    url: str
    project_id: str
    api_key: str
    revision: str | None
    seeds: tuple[SeedReport, ...]

    @property
    def variables(self) -> dict[str, str]:
        """Return the environment variables that a service is started with."""
        return {"DBKIT_URL": self.url, "DBKIT_PROJECT_ID": self.project_id, "DBKIT_API_KEY": self.api_key}


def seed(url: str | None = None, world: World | None = None) -> SeedReport:
    """Store the rows of a world that a database lacks, the small world's unless another is given.

    The database is found as by `dbkit.connect`. Raises `ConfigurationInvalid` for memory, which
    forgets at the end of the process, and what `dbkit.seeds.load` raises.
    """
    with located(url):
        pass
    with connect(url) as database:
        return load(database, world or small_world())


def refresh(
    url: str | None = None, *, world: World | None = None, tell: Callable[[str], object] = lambda _: None
) -> Refreshed:
    """Drop a database, create it again, migrate it to head and seed it. All that was in it is lost.

    It gets the small world and, where one is given, another beside it.

    Raises `ConfigurationInvalid`, before anything is changed, in every environment (`DBKIT_ENV`) but
    local, preview and test.
    """
    environment = os.environ.get("DBKIT_ENV")
    if environment not in DISPOSABLE:
        where = f"the environment {environment}" if environment else "an unknown environment (DBKIT_ENV is not set)"
        raise ConfigurationInvalid(
            f"refresh drops the database, and this is {where}",
            advice=f"Set DBKIT_ENV to one of {', '.join(DISPOSABLE)}, if its data may go.",
        )
    with located(url) as target:
        tell(f"dropping {database_name(target)}")
        drop_database(target)
        create_database(target)
        tell("applying the revisions")
        report = apply(url)
        tell("storing the seeds")
        # The small world in any case: it has the project and the key.
        seeds = [seed(url, each) for each in (small_world(), world) if each is not None]
    revision = report.after.id if report.after else None
    return Refreshed(_url_of(url), PROJECT_ID, API_KEY, revision, tuple(seeds))


def _url_of(url: str | None) -> str:
    """Return the URL under which a service of this machine finds the database again."""
    target = resolve(url, None, None, os.environ)
    return target.shown_as if isinstance(target, EmbeddedTarget) else str(getattr(target, "url", url))
