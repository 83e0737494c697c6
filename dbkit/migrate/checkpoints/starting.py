"""A run on a database that has nothing yet begins from a checkpoint, where the line has one on the way."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import metadata
from typing import Any

import psycopg

from dbkit.migrate.checkpoints.agreement import require_current
from dbkit.migrate.checkpoints.applying import run_checkpoint, write_version_rows
from dbkit.migrate.checkpoints.file import Checkpoint, start_of
from dbkit.migrate.line import Revision
from dbkit.migrate.place import Place
from dbkit.migrate.running.history import Record
from dbkit.migrate.session import Session
from dbkit.migrate.surroundings import Surroundings

__all__ = ["begun_from"]


def begun_from(
    session: Session, place: Place, revisions: Sequence[Revision], around: Surroundings, hashes: Mapping[str, str]
) -> Checkpoint | None:
    """Make what a checkpoint stands for, where the database has nothing and is to have all of it; return which.

    The version rows and a row of history for each of its revisions, which says where it came from, are there
    when all the rest is. Returns None where the revisions have to be applied one by one. Raises
    `CheckpointStale`, and what `run_checkpoint` raises.
    """
    if place.count or around.options.from_zero:
        return None
    checkpoint = start_of(place.line, len(revisions))
    if checkpoint is None:
        return None
    require_current(place.line, checkpoint)
    started = time.monotonic()
    run_checkpoint(session.target, checkpoint, partial(_note, place, checkpoint, session.schema, hashes), around.stop)
    around.watch.began(checkpoint.name, checkpoint.count, time.monotonic() - started)
    return checkpoint


def _note(
    place: Place,
    checkpoint: Checkpoint,
    schema: str,
    hashes: Mapping[str, str],
    connection: psycopg.Connection[Any],
) -> None:
    line, version = place.line, metadata.version("dbkit")
    heads = [each.id for each in line.heads(checkpoint.count)]
    write_version_rows(connection, line.version_table, schema, heads)
    about = {"seconds": 0.0, "tries": 0, "waited_seconds": 0.0, "dbkit_version": version}
    with connection.pipeline():
        for each in line.revisions[: checkpoint.count]:
            record = Record(each.id, "up", hash=hashes[each.name], note=f"from {checkpoint.name}", **about)  # type: ignore[arg-type]
            record.write(connection, schema)
