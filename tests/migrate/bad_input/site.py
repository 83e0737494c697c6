"""A database that a job migrates while a test has something go wrong, and what has to come of it in the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from dbkit.embedded.locks import ticks
from dbkit.migrate.catalog import Catalog
from tests.cli.run import Command, Run
from tests.faults.node import Node
from tests.migrate.lines import LineFolder

__all__ = ["FIRST", "GATED", "LAST", "Site"]

FIRST, GATED, LAST = "20240101000001", "20240101000002", "20240101000003"

# The server looks again; no test sleeps.
_GATE = "DO $$ BEGIN WHILE EXISTS (SELECT FROM gate.closed) LOOP PERFORM pg_sleep(0.01); END LOOP; END $$"
_AT_THE_GATE = "SELECT FROM pg_stat_activity WHERE datname = %s AND query LIKE %s AND pid <> pg_backend_pid()"
_SECONDS = 10.0


@dataclass
class Site:
    """A line of three revisions, whose second one stops at a gate when half of it is done, and a database for it."""

    node: Node
    database: str
    line: LineFolder
    command: Command
    user: str = "dbkit"

    @classmethod
    def made(cls, node: Node, database: str, folder: Path, command: Command, *, where: str = "") -> Site:
        """Make the database, and the line's first revision."""
        node.execute(f"CREATE DATABASE {database} TEMPLATE template0 {where}")
        site = cls(node, database, LineFolder(folder), command)
        site.execute("CREATE SCHEMA gate CREATE TABLE closed (since timestamptz DEFAULT now())")
        site.line.tables("a")
        return site

    def add_gated(self, *, transactional: bool = True, more: tuple[str, ...] = (), locks: str = "{}") -> None:
        """Append the revision with the gate, and one behind it."""
        statements = ("CREATE TABLE IF NOT EXISTS b (id int)", *more, _GATE, "CREATE TABLE IF NOT EXISTS c (id int)")
        self.line.add("gated", *statements, transactional=transactional, locks=locks)
        self.line.tables("d")

    @property
    def url(self) -> str:
        """The URL that the job gets."""
        return self.node.url(self.database, self.user)

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        """Run a statement as the superuser."""
        return self.node.execute(statement, self.database)

    def apply(self, arguments: str = "", *, url: str | None = None) -> Run:
        """Run the job's command."""
        return self.command(f"migrate apply {url or self.url} {arguments}", "--line", str(self.line.folder))

    @contextmanager
    def at_the_gate(self, happens: Callable[[], object]) -> Iterator[None]:
        """Let something happen as soon as a job in the block is at the gate, which then opens."""

        def happen_and_open() -> None:
            happens()
            # Where the server has gone, there is nobody to let through.
            with suppress(psycopg.OperationalError):
                self.execute("DELETE FROM gate.closed")

        with self.closed_gate(), self.happening(happen_and_open):
            yield

    @contextmanager
    def happening(self, happens: Callable[[], object]) -> Iterator[None]:
        """Let something happen as soon as a job in the block is at the gate."""

        def wait_and_do() -> None:
            self.wait_for_job()
            happens()

        thread = threading.Thread(target=wait_and_do)
        thread.start()
        try:
            yield
        finally:
            thread.join()

    @contextmanager
    def closed_gate(self) -> Iterator[None]:
        """Close the gate for a block."""
        self.execute("INSERT INTO gate.closed DEFAULT VALUES")
        try:
            yield
        finally:
            self.execute("DELETE FROM gate.closed")

    def wait_for_job(self) -> None:
        """Wait until a job is at the gate."""
        with self.node.connect() as connection:
            for _ in ticks(_SECONDS):
                if connection.execute(_AT_THE_GATE, (self.database, "%gate.closed%")).fetchone() is not None:
                    return
        raise AssertionError("nobody came to the gate")

    def as_role(self, name: str) -> str:
        """Make a role that may migrate, and have the job run as it; return its name."""
        name = f"{name}_of_{self.database}"
        self.node.execute(f"CREATE ROLE {name} LOGIN")
        self.execute(f"GRANT CREATE ON SCHEMA public TO {name}")
        self.execute(f"GRANT USAGE ON SCHEMA gate TO {name}; GRANT SELECT ON gate.closed TO {name}")
        self.user = name
        return name

    def is_at(self) -> str | None:
        """Return where the database says that it is."""
        if self.execute("SELECT to_regclass('alembic_version')") == [(None,)]:
            return None
        return "".join(str(row[0]) for row in self.execute("SELECT version_num FROM alembic_version"))

    def has(self, table: str) -> bool:
        """Tell whether there is a table."""
        return self.execute(f"SELECT to_regclass('{table}')") != [(None,)]

    def ends_well(self, arguments: str = "") -> Run:
        """Run the same command again, and see it end at the head, with the catalogue of an undisturbed run."""
        run = self.apply(arguments)
        assert run.code == 0, run.err
        self.node.execute(f"CREATE DATABASE {self.database}_undisturbed TEMPLATE template0")
        undisturbed = Site(self.node, f"{self.database}_undisturbed", self.line, self.command)
        undisturbed.execute("CREATE SCHEMA gate CREATE TABLE closed (since timestamptz DEFAULT now())")
        assert undisturbed.apply().code == 0
        assert self._catalog().compare(undisturbed._catalog()) == []
        assert self.is_at() == undisturbed.is_at()
        return run

    def _catalog(self) -> Catalog:
        with psycopg.connect(self.node.conninfo(self.database)) as connection:
            return Catalog.read(connection)
