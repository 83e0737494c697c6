"""Walk a line on a scratch server, and see what each revision does.

One database goes along the line, with no rows but those of the revisions themselves. Each revision
that is to be seen runs first on a filled copy of it, so that what was seen of one does not depend
on the ones before it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection as AlchemyConnection

from dbkit.migrate import step
from dbkit.migrate.bookkeeping import TABLES, ensure
from dbkit.migrate.catalog import Catalog
from dbkit.migrate.errors import RevisionFailed
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.bounded import SECONDS_MAX, ends_within
from dbkit.migrate.scratch import scratch_database, scratch_server
from dbkit.migrate.scratch_steps import begun, not_ended, step_connection, told
from dbkit.migrate.session import Session, Target
from dbkit.migrate.trace.file import hashes
from dbkit.migrate.trace.filling import fill
from dbkit.migrate.trace.measuring import Measure
from dbkit.migrate.trace.model import RevisionTrace, table_of
from dbkit.migrate.trace.taking import columns_retyped, objects_taken

__all__ = ["Seen", "known_keys", "walk"]

_NAME: Final = "dbkit migrate trace"
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
    seconds_max: float = SECONDS_MAX,
) -> Iterator[Seen]:
    """Walk a line up to the last of the wanted revisions, all of them unless said otherwise; give what is seen of each.

    It runs on the server of `dev_url`, else on one of its own. What revisions seal, they seal with the key that
    everybody knows. A statement may take `seconds_max`, a revision twice as long. Raises `RevisionFailed` for one that
    cannot be applied, or does not end by then, and what a server raises.
    """
    wanted_ids = {each.id for each in (line.revisions if wanted is None else wanted)}
    last = max((place for place, each in enumerate(line.revisions) if each.id in wanted_ids), default=-1)
    hash_of = hashes(line)
    with known_keys(), scratch_server(dev_url) as server, scratch_database(server) as base:
        with Session(base, _NAME) as session:
            ensure(session.connection)
        for revision in line.revisions[: last + 1]:
            tell(revision)
            if revision.id in wanted_ids:
                found = _seen(_Place(server, base, line.version_table.name, seconds_max), revision)
                yield replace(found, trace=replace(found.trace, hash=hash_of[revision.name]))
            _run(base, revision, seconds_max)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where revisions are seen: on copies of a database, in so much time; the runner's table is not looked at."""

    server: Target
    base: Target
    version_table: str
    seconds_max: float


def _seen(place: _Place, revision: Revision) -> Seen:
    """See a revision on a filled copy; where it fails with the rows of that, on an empty one."""
    try:
        return _on_a_copy(place, revision)
    except RevisionFailed as error:
        refused = error.happened.rpartition(": ")[2]
    return _on_a_copy(place, revision, refused)


def _on_a_copy(place: _Place, revision: Revision, refused: str | None = None) -> Seen:
    without = (place.version_table, *TABLES)
    with scratch_database(place.server, template=place.base) as copy, Session(copy, _NAME) as session:
        failed = {} if refused is not None else fill(session.connection, without)
        before = Catalog.read(session.connection)
        measure = _run(copy, revision, place.seconds_max, measured_without=without)
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


def _run(
    target: Target, revision: Revision, seconds_max: float, *, measured_without: Sequence[str] = ()
) -> Measure | None:
    """Apply a revision as its header says, in so much time."""
    found: list[Measure | None] = []

    def go() -> None:
        with (
            step_connection(target, seconds_max, _NAME) as (session, connection),
            begun(connection, revision, session.target),
        ):
            found.append(_upgraded(session, connection, revision, measured_without))

    try:
        if ends_within(2 * seconds_max, go):
            return found[0]
    except Exception as error:  # noqa: BLE001 (whatever a revision raises)
        words = told(error, revision, seconds_max)
    else:
        words = not_ended(2 * seconds_max)
    raise RevisionFailed(f"{revision}: {words}", advice="It fails on a scratch server without rows: mend it first.")


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
