"""What one process of a test run holds from test to test: a server, templates, and databases for their turn."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import psycopg

from dbkit.migrate.session import failure
from dbkit.testing.blueprint import Blueprint, blueprint_of
from dbkit.testing.place import Place
from dbkit.testing.roles import SERVICE
from dbkit.testing.servers import Server, started
from dbkit.testing.setup import Setup
from dbkit.testing.templates import Databases
from dbkit.testing.wanted import Role, Source
from dbkit.types.errors import DbkitError, Unavailable

__all__ = ["Kit", "Options"]


@dataclass(frozen=True)
class Options:
    """What the command line says about PostgreSQL: where it comes from, and whether failed tests keep databases."""

    source: Source = "auto"
    url: str | None = None
    keep: bool = False


class Kit:
    """Lends databases to tests. The server is looked for when the first test asks for it, and again when it is lost."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._server: Server | None = None
        self._databases: Databases | None = None
        self._pooled: dict[tuple[str, Role], Place] = {}
        self._refused: dict[str, DbkitError] = {}
        self._blueprints: dict[tuple[Setup, str], Blueprint] = {}

    def blueprint(self, setup: Setup, schema: str) -> Blueprint:
        """Return the blueprint for what a setup and a marker say; the line is read once, not for each test."""
        if (setup, schema) not in self._blueprints:
            self._blueprints[setup, schema] = blueprint_of(setup, schema)
        return self._blueprints[setup, schema]

    def pooled(self, blueprint: Blueprint, role: Role = "admin") -> Place:
        """Return a database of this schema, as its template is, and this process's until it is given up.

        Raises what `started` and `Databases` raise, and what a revision of the line does.
        """
        return self._healing(blueprint, partial(self._take, role=role))

    def cloned(self, blueprint: Blueprint, role: Role = "admin") -> Place:
        """Return a database of this schema that nobody has used; errors as `pooled`."""
        return self._healing(blueprint, partial(self._clone, role=role))

    def databases(self) -> Databases:
        """Return the server's databases, for tests that need several, or longer than one test lasts.

        What they clone goes at the end of the run, if not before. Raises what `started` and `Databases` raise.
        """
        return self._opened()[1]

    def leaks(self, place: Place) -> list[str]:
        """Return what a test has left on its connections and in the database, and put it right."""
        _, databases = self._opened()
        found = place.leaks()
        strangers: list[str] = []
        if place.has_strangers():
            strangers = databases.strangers(place.name, place.sessions())
            # Now that they have ended, all that they did has been counted.
            place.has_strangers()
        return [*found, *(f"another session in the database, of the application {name!r}" for name in strangers)]

    def give_up(self, place: Place) -> None:
        """Drop a database, which nobody gets any more."""
        self._remove(place)
        if self._databases is not None:
            self._databases.give_up(place.name)

    def lose(self, place: Place) -> None:
        """Drop a database whose connections broke: by the test itself, or because the server has gone."""
        try:
            self.give_up(place)
            self.databases().check()
        except (psycopg.Error, DbkitError):
            self.forget()

    def keep(self, place: Place, test: str) -> str:
        """Let a database stay after the run, which nobody gets any more; return its new URL."""
        self._remove(place)
        server, databases = self._opened()
        return server.url_for(databases.keep(place.name, test))

    def forget(self) -> None:
        """Leave the server and everything on it; the next test looks for a server again."""
        for place in self._pooled.values():
            place.close()
        self._pooled.clear()
        databases, self._databases = self._databases, None
        server, self._server = self._server, None
        with suppress(DbkitError, psycopg.Error):
            if databases is not None:
                databases.close()
        with suppress(DbkitError):
            if server is not None:
                server.close()

    def close(self) -> None:
        """Drop what this process has made, and stop the server where nobody else uses it nor has kept a database."""
        server, databases = self._server, self._databases
        with suppress(DbkitError, psycopg.Error):
            if server is not None and databases is not None and databases.has_kept():
                self._server = None
                self.forget()
                server.leave_running()
        self.forget()

    def _healing(self, blueprint: Blueprint, work: Callable[[Blueprint], Place]) -> Place:
        """Do it, once more on a new server where the one that was there has gone; what was refused stays refused."""
        if blueprint.digest in self._refused:
            raise self._refused[blueprint.digest].with_traceback(None)
        had_server = self._databases is not None
        try:
            return _typed(work, blueprint)
        except Unavailable as error:
            failed: DbkitError = error
        except DbkitError as error:
            failed = error
            had_server = False
        if had_server:
            self.forget()
            return _typed(work, blueprint)
        self._refused[blueprint.digest] = failed
        raise failed

    def _take(self, blueprint: Blueprint, role: Role) -> Place:
        place = self._pooled.get((blueprint.digest, role))
        if place is None:
            place = self._pooled[blueprint.digest, role] = self._clone(blueprint, role)
        place.prepare()
        return place

    def _clone(self, blueprint: Blueprint, role: Role) -> Place:
        server, databases = self._opened()
        name = databases.clone(databases.template(blueprint))
        acts_as = SERVICE if role == "service" and databases.is_superuser else None
        return Place(server, name, acts_as)

    def _opened(self) -> tuple[Server, Databases]:
        if self._server is None:
            self._server = started(self.options.source, self.options.url)
        if self._databases is None:
            self._databases = Databases(self._server)
        return self._server, self._databases

    def _remove(self, place: Place) -> None:
        self._pooled = {key: each for key, each in self._pooled.items() if each is not place}
        place.close()


def _typed(work: Callable[[Blueprint], Place], blueprint: Blueprint) -> Place:
    try:
        return work(blueprint)
    except psycopg.Error as error:
        failed = error
    raise failure(failed)
