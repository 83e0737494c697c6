"""How long it takes to read the fingerprint of a wide schema: `python -m benchmarks.fingerprint`.

The wall clock belongs to a quiet machine; processor time is told beside it, for the others.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import psycopg

from dbkit.embedded import EmbeddedServer
from dbkit.migrate.catalog import Catalog
from dbkit.migrate.fingerprint.tree import fingerprint

__all__ = ["main", "wide_schema"]

_TABLES: Final = 120
_READINGS: Final = 30
_BEFORE: Final = """
CREATE TYPE mood AS ENUM ('sad', 'fine');
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
"""
_TABLE: Final = """
CREATE TABLE t{number} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant_id uuid NOT NULL DEFAULT gen_random_uuid(),
    name varchar(50) NOT NULL DEFAULT '', mood mood, price numeric(10,2), made_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz, data jsonb, parent bigint REFERENCES t{parent}, note text COLLATE "C",
    CONSTRAINT ck_t{number}_price CHECK (price > 0), CONSTRAINT ck_t{number}_name CHECK (length(name) < 40),
    CONSTRAINT uq_t{number} UNIQUE (tenant_id, name));
CREATE INDEX ix_t{number}_made_at ON t{number} (tenant_id, made_at);
CREATE INDEX ix_t{number}_parent ON t{number} (parent) WHERE price > 1;
CREATE TRIGGER touch BEFORE UPDATE ON t{number} FOR EACH ROW EXECUTE FUNCTION touch();
COMMENT ON TABLE t{number} IS 'one of many';
"""


def wide_schema(tables: int = _TABLES) -> Iterator[str]:
    """Yield scripts that make so many tables, each with ten columns, four indexes, five constraints and a trigger."""
    yield _BEFORE
    for number in range(tables):
        yield _TABLE.format(number=number, parent=max(number - 1, 0))


def main() -> None:
    """Make the schema on a server of its own, read it again and again, and print the figures."""
    with (
        tempfile.TemporaryDirectory(prefix="dbkit-bench-") as folder,
        EmbeddedServer.start(Path(folder)) as server,
        psycopg.connect(server.conninfo, autocommit=True) as connection,
    ):
        for script in wide_schema():
            connection.execute(script.encode())
        connection.execute("VACUUM ANALYZE")
        sys.stdout.write("".join(f"{line}\n" for line in _measured(connection)))


def _measured(connection: psycopg.Connection[Any]) -> Iterator[str]:
    pid, seconds = connection.info.backend_pid, []
    server, own = _processor_seconds(pid), time.process_time()
    for _ in range(_READINGS):
        start = time.perf_counter()
        fingerprint(Catalog.read(connection))
        seconds.append(time.perf_counter() - start)
    server, own = _processor_seconds(pid) - server, time.process_time() - own
    yield f"{_TABLES} tables, {_READINGS} readings on PostgreSQL {connection.info.server_version // 10_000}"
    yield f"wall clock: best {min(seconds) * 1000:.0f} ms, median {statistics.median(seconds) * 1000:.0f} ms"
    yield f"processor: server {server / _READINGS * 1000:.0f} ms, client {own / _READINGS * 1000:.0f} ms"


def _processor_seconds(pid: int) -> float:
    """Return what a process has used: Linux counts it in /proc."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
