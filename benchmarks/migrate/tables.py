"""Tables to migrate, and where their line stands."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.migrate.lines import Revision, write_line
from benchmarks.migrate.stage import Place

__all__ = ["begin", "make", "make_wal"]

_FIRST = Revision('op.execute("CREATE TABLE first (id int)")')


def begin(place: Place, revisions: Sequence[Revision]) -> None:
    """Write a line of these revisions behind one that is applied already: dbkit refuses tables that no line made."""
    write_line(place.folder, [_FIRST, *revisions])
    make(place, "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
    make(place, "INSERT INTO alembic_version VALUES ('20240101000000')")


def make(place: Place, *statements: str) -> None:
    """Run statements, each for itself."""
    with place.connect() as connection:
        for statement in statements:
            connection.execute(statement.encode())


def make_wal(place: Place, files: int) -> None:
    """Let the server have files of WAL to use again, as one has that has run for a while.

    Who commits while a new one is made waits for the disk, up to 170 ms here, whatever else runs.
    """
    with place.connect() as connection:
        for _ in range(files):
            connection.execute("SELECT pg_logical_emit_message(false, 'bench', ''), pg_switch_wal()")
        connection.execute("CHECKPOINT")
