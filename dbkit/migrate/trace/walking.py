"""Walk a line on a scratch server, and see what each revision does.

One database goes along the line, with no rows but those of the revisions themselves. Each revision
that is to be seen runs first on a filled copy of it, so that what was seen of one does not depend
on the ones before it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace

from sqlalchemy import Connection as AlchemyConnection

from dbkit.migrate import step
from dbkit.migrate.bookkeeping import TABLES, ensure
from dbkit.migrate.catalog import Catalog
from dbkit.migrate.errors import RevisionFailed
from dbkit.migrate.foreign.revision import ForeignRevision
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.report import Options, Watch
from dbkit.migrate.scratch import scratch_database, scratch_server
from dbkit.migrate.session import Session, Target
from dbkit.migrate.stop import Stop
from dbkit.migrate.surroundings import Surroundings, within
from dbkit.migrate.trace.file import hashes
from dbkit.migrate.trace.filling import fill
from dbkit.migrate.trace.measuring import Measure
from dbkit.migrate.trace.model import RevisionTrace, table_of
from dbkit.migrate.trace.taking import columns_retyped, objects_taken
from dbkit.migrate.worker import RevisionError, connected

__all__ = ["Seen", "known_keys", "walk"]

_KEYS = {"DBKIT_ENV": "test", "DBKIT_KEY_SERVICE": "", "DBKIT_MASTER_KEY": ""}


@dataclass(frozen=True, slots=True)
class Seen:
    """A revision and its trace; `ended_midway` is whether it ended a transaction that is not its own."""

    revision: Revision
    trace: RevisionTrace
    ended_midway: bool


def walk(
    line: Line,
    wanted: Collection[Revision] | None = None,
    *,
    dev_url: str | None = None,
    tell: Callable[[Revision], None] = lambda _revision: None,
) -> Iterator[Seen]:
    """Walk a line up to the last of the wanted revisions, all of them unless said otherwise; give what is seen of each.

    It runs on the server of `dev_url`, else on one of its own. What revisions seal, they seal with the key that
    everybody knows. Raises `RevisionFailed` for one that cannot be applied, and what a server raises.
    """
    wanted_ids = {each.id for each in (line.revisions if wanted is None else wanted)}
    last = max((place for place, each in enumerate(line.revisions) if each.id in wanted_ids), default=-1)
    hash_of = hashes(line)
    with known_keys(), scratch_server(dev_url) as server, scratch_database(server) as base:
        with Session(base, "dbkit migrate trace") as session:
            ensure(session.connection)
        for revision in line.revisions[: last + 1]:
            tell(revision)
            if revision.id in wanted_ids:
                found = _seen(server, base, revision, line.version_table.name)
                yield replace(found, trace=replace(found.trace, hash=hash_of[revision.name]))
            _run(base, revision)


def _seen(server: Target, base: Target, revision: Revision, version_table: str) -> Seen:
    """See a revision on a filled copy; where it fails with the rows of that, on an empty one."""
    try:
        return _on_a_copy(server, base, revision, version_table)
    except RevisionFailed as error:
        refused = error.happened.rpartition(": ")[2]
    return _on_a_copy(server, base, revision, version_table, refused)


def _on_a_copy(
    server: Target, base: Target, revision: Revision, version_table: str, refused: str | None = None
) -> Seen:
    with scratch_database(server, template=base) as copy, Session(copy, "dbkit migrate trace") as session:
        failed = {} if refused is not None else fill(session.connection, (version_table, *TABLES))
        before = Catalog.read(session.connection)
        measure = _run(copy, revision, measured_without=(version_table, *TABLES))
        assert measure is not None
        differences = before.compare(Catalog.read(session.connection))
        touched = {table_of(name) for each in measure.statements for name in (*each.locks, *each.scans, *each.writes)}
        if refused is not None:
            tables = {each.name for each in measure.before.relations.values() if each.kind in "rp"}
            failed = dict.fromkeys(tables, f"the revision fails with rows: {refused}")
        empty = {name: why for name, why in sorted(failed.items()) if name in touched}
        taken, retyped = tuple(objects_taken(differences)), tuple(columns_retyped(differences))
        trace = RevisionTrace(revision.name, "", measure.statements, taken, retyped, empty)
        return Seen(revision, trace, revision.header.transactional and measure.ended_midway)


def _run(target: Target, revision: Revision, *, measured_without: Sequence[str] = ()) -> Measure | None:
    """Apply a revision as its header says."""
    transactional = revision.header.transactional
    level = "READ COMMITTED" if transactional else "AUTOCOMMIT"
    session = Session(target, "dbkit migrate trace")
    connection = connected(session, Stop()).execution_options(isolation_level=level)
    try:
        around = within(Surroundings(revision, session.target, Options(), Stop(), Watch()))
        # One of Alembic's without a transaction begins its parts itself.
        begun = connection.begin() if transactional or not isinstance(revision, ForeignRevision) else nullcontext()
        with around, begun:
            return _upgraded(session, connection, revision, measured_without)
    except Exception as error:  # noqa: BLE001 (whatever a revision raises)
        failed = RevisionError(error, revision)
    finally:
        connection.invalidate()
        with suppress(Exception):
            connection.close()
    where = f"{revision}{f' (line {failed.line})' if failed.line else ''}"
    raise RevisionFailed(
        f"{where}: {type(failed.error).__name__}", advice="It fails on a scratch server without rows: mend it first."
    )


def _upgraded(
    session: Session, connection: AlchemyConnection, revision: Revision, without: Sequence[str]
) -> Measure | None:
    if not without:
        step.upgrade(connection, revision)
        return None
    with Measure(session.connection, without) as measure:
        step.upgrade(connection, revision)
    return measure


@contextmanager
def known_keys() -> Iterator[None]:
    """Let revisions seal what they find: these rows are nobody's, and the server is a scratch one."""
    before = {name: os.environ.get(name) for name in _KEYS}
    os.environ.update(_KEYS)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
