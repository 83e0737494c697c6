"""What all scenes need: a server, databases on it, and how much to do."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from benchmarks.ways.opening import url_of
from dbkit.embedded import EmbeddedServer, Launch

__all__ = ["QUICK", "Place", "Scale", "Stage", "staged"]


@dataclass(frozen=True)
class Scale:
    """How often and how much."""

    busy_rounds: int = 5
    busy_holders: int = 3
    filling_rounds: int = 2
    filling_rows: int = 2_000_000
    filling_wal_files: int = 96
    widenings: int = 20
    line_rounds: int = 3
    command_rounds: int = 10


QUICK = Scale(
    busy_rounds=1,
    filling_rounds=1,
    filling_rows=50_000,
    filling_wal_files=2,
    widenings=5,
    line_rounds=1,
    command_rounds=2,
)
"""To see it work, not to judge."""


@dataclass(frozen=True)
class Place:
    """An empty database, and an empty folder for a line of revisions."""

    conninfo: str
    folder: Path

    @property
    def url(self) -> str:
        """The database's URL."""
        return url_of(self.conninfo)

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """Open a plain connection in autocommit."""
        return psycopg.connect(self.conninfo, autocommit=True)


@dataclass
class Stage:
    """A server of the run's own."""

    server: EmbeddedServer
    folder: Path
    scale: Scale
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @contextmanager
    def place(self) -> Iterator[Place]:
        """Make a database and a folder for a block."""
        name = f"bench_{next(self._numbers)}"
        self.server.create_database(name)
        folder = self.folder / name
        folder.mkdir()
        try:
            yield Place(self.server.conninfo_for(name), folder)
        finally:
            self.server.drop_database(name)


@contextmanager
def staged(scale: Scale) -> Iterator[Stage]:
    """Start a server in a folder of its own, and remove both in the end."""
    folder = Path(tempfile.mkdtemp(prefix="dbkit-benchmarks-"))
    # PostgreSQL refuses to run as root; another account has to pass through.
    folder.chmod(0o755)
    try:
        # Files of WAL are kept to be used again, as many as a table of a scene takes.
        with EmbeddedServer.start(folder / "server", Launch({"min_wal_size": "1GB"})) as server:
            yield Stage(server, folder, scale)
    finally:
        shutil.rmtree(folder)
