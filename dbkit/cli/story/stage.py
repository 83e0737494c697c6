"""Where the story is told: an embedded PostgreSQL that leaves nothing behind, and memory."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import dbkit
from dbkit.cli.story.cast import Cast
from dbkit.cli.story.report import Report
from dbkit.cli.story.telling import tell
from dbkit.embedded import EmbeddedServer
from dbkit.migrate.schema import create_schema

__all__ = ["perform"]


def perform() -> Report:
    """Tell the story to an embedded PostgreSQL in a temporary folder, and to memory."""
    cast = Cast()
    with tempfile.TemporaryDirectory(prefix="dbkit-demo-") as folder:
        started = time.perf_counter()
        with EmbeddedServer.start(Path(folder)) as server:
            start_seconds = time.perf_counter() - started
            url = f"embedded://{quote(folder)}"
            started = time.perf_counter()
            schema = create_schema(url)
            schema_seconds = time.perf_counter() - started
            with dbkit.connect(url) as database:
                postgresql = tell(database, cast)
    with dbkit.connect("memory://") as database:
        memory = tell(database, cast)
    return Report(str(server.version), start_seconds, schema_seconds, len(schema.tables), postgresql, memory)
