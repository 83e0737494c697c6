"""Two branches applied in both orders, on filled scratch databases: what comes out has to be the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import psycopg

from dbkit.migrate import step
from dbkit.migrate.bookkeeping import ensure
from dbkit.migrate.catalog import Catalog
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.linting.sources import elsewhere
from dbkit.migrate.proving.filling import filled
from dbkit.migrate.query_text import shown_query
from dbkit.migrate.rows import Rows
from dbkit.migrate.scratch import scratch_database, scratch_server
from dbkit.migrate.scratch_runs import UnderWay, apply_within, run_within
from dbkit.migrate.session import Session, Target, failure
from dbkit.migrate.stop import Stop
from dbkit.migrate.surroundings import Surroundings, within
from dbkit.migrate.syntax import tree_of
from dbkit.migrate.trace.walking import known_keys
from dbkit.migrate.worker import RevisionError, Worker

__all__ = ["Clash", "Proof", "prove_commuting"]

_PROGRAM: Final = "dbkit migrate rebase"
_LOCK_MILLISECONDS: Final = 10_000
_STATEMENT_LENGTH_MAX: Final = 200
_ABSENT: Final = "nothing"


@dataclass(frozen=True, slots=True)
class Clash:
    """Where the orders part: an object, the rows of a table, or a revision that fails, in words."""

    name: str
    what: str
    revision: str = ""
    statement: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.what}{f': {self.statement}' if self.statement else ''}"

    def as_json(self) -> dict[str, str]:
        """Return it for machines."""
        return {"object": self.name, "what": self.what, "revision": self.revision, "statement": self.statement}


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of both orders; `works_behind` is whether one's own revisions can be applied behind the others'."""

    theirs: tuple[str, ...]
    own: tuple[str, ...]
    clashes: tuple[Clash, ...] = ()
    works_behind: bool = True
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        both = f"{', '.join(self.theirs)} and {', '.join(self.own)}"
        lines = [f"proved: {both} lead to the same schema and rows in either order"] if not self.clashes else []
        lines += [f"clash: {each}" for each in self.clashes]
        return "\n".join([*lines, *(f"note: {each}" for each in self.notes)])

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "theirs": list(self.theirs),
            "own": list(self.own),
            "commute": not self.clashes,
            "works_behind": self.works_behind,
            "clashes": [each.as_json() for each in self.clashes],
            "notes": list(self.notes),
        }


def prove_commuting(
    line: Line,
    before: Sequence[Revision],
    theirs: Sequence[Revision],
    own: Sequence[Revision],
    *,
    dev_url: str | None = None,
    seconds_max: float = SECONDS_MAX,
) -> Proof:
    """Apply two branches behind what is before them in both orders, and compare catalogues and rows.

    It runs on the server of `dev_url`, else on one of its own, with rows in every table that was there. Columns
    whose values are others each time, in the same order too, are not compared, and noted. One that reads what is
    another thing elsewhere clashes with all others, for nothing that is seen of it holds there. A statement may
    take `seconds_max`, a revision twice as long. Raises `RevisionEndless`, `ExtensionMissing`, and what a server and
    the revisions before them raise.
    """
    with known_keys(), scratch_server(dev_url) as server, scratch_database(server) as base:
        with Session(base, _PROGRAM) as session:
            ensure(session.connection)
        apply_within(seconds_max, base, replace(line, revisions=tuple(before)), one_by_one=False)
        orders = _Orders(server, theirs, own, before[-1].id if before else None, seconds_max)
        with _filled(server, base, line) as rows:
            found = orders.compared(rows)
        if found.both_fail:
            # Rows that somebody made up may be what they fail with.
            found = replace(
                orders.compared(base), notes=("tried without rows, because with those of a test both fail",)
            )
    names = tuple(str(each) for each in theirs), tuple(str(each) for each in own)
    clashes = (*found.clashes, *_unknown((*theirs, *own)))
    return Proof(*names, clashes, found.works_behind, found.notes)


@dataclass(frozen=True)
class _Behind(Revision):
    """A revision in another place of the line than its file says."""

    behind: str | None = None

    @cached_property
    def parent(self) -> str | None:
        """The id of the revision before it here."""
        return self.behind


def _unknown(revisions: Sequence[Revision]) -> Iterator[Clash]:
    for each in revisions:
        found = "; ".join(f"line {line}: {what}" for what, line in elsewhere(tree_of(each.path)))
        if found:
            yield Clash(str(each), f"does something else where that is another thing: {found}", each.id)


@dataclass(frozen=True, slots=True)
class _Failed:
    """A revision that failed in some order."""

    revision: Revision
    error: RevisionError

    def clash(self, others: Sequence[Revision]) -> Clash:
        """Return it as a clash with those that come before it in this order."""
        where = f" (line {self.error.line})" if self.error.line else ""
        statement = shown_query(self.error.statement or "", _STATEMENT_LENGTH_MAX)
        behind = ", ".join(map(str, others))
        what = f"fails behind {behind}{where} with {type(self.error.error).__name__}"
        return Clash(str(self.revision), what, self.revision.id, statement)


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of an order."""

    catalog: Catalog
    rows: Rows


@dataclass(frozen=True, slots=True)
class _Compared:
    clashes: tuple[Clash, ...]
    works_behind: bool
    both_fail: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Orders:
    """Both orders of two branches behind a revision."""

    server: Target
    theirs: Sequence[Revision]
    own: Sequence[Revision]
    before: str | None
    seconds_max: float

    def compared(self, template: Target) -> _Compared:
        """Go both ways on copies of a database, and tell where they part."""
        behind = self._gone(template, [*self.theirs, *self.own])
        in_front = self._gone(template, [*self.own, *self.theirs])
        works = isinstance(behind, _Came)
        if isinstance(behind, _Came) and isinstance(in_front, _Came):
            return self._compared(template, behind, in_front)
        clashes: list[Clash] = []
        if isinstance(behind, _Failed):
            clashes.append(behind.clash(self.theirs))
        if isinstance(in_front, _Failed):
            clashes.append(in_front.clash(self.own))
        return _Compared(tuple(clashes), works, both_fail=len(clashes) > 1)

    def _compared(self, template: Target, behind: _Came, in_front: _Came) -> _Compared:
        clashes = [
            Clash(each.name, f"{_on_one_line(each.before)} behind the others', {_on_one_line(each.after)} before them")
            for each in behind.catalog.compare(in_front.catalog)
        ]
        notes: list[str] = []
        parted = list(behind.rows.compare(in_front.rows, {}))
        if parted:
            again = self._gone(template, [*self.theirs, *self.own])
            unstable = behind.rows.unstable(again.rows) if isinstance(again, _Came) else {}
            parted = list(behind.rows.compare(in_front.rows, unstable))
            notes += _told(unstable.items())
        clashes += [Clash(name, what) for name, _, what in (each.partition(": ") for each in parted)]
        return _Compared(tuple(clashes), works_behind=True, both_fail=False, notes=tuple(notes))

    def _gone(self, template: Target, revisions: Sequence[Revision]) -> _Came | _Failed:
        with scratch_database(self.server, template=template) as copy:
            failed = _applied(copy, list(_in_order(revisions, self.before)), self.seconds_max)
            return failed or _read(copy)


def _in_order(revisions: Iterable[Revision], before: str | None) -> Iterator[Revision]:
    for each in revisions:
        yield _Behind(each.id, each.slug, each.path, before)
        before = each.id


def _applied(target: Target, revisions: Sequence[Revision], seconds_max: float) -> _Failed | None:
    under_way = UnderWay()
    times = {"lock_milliseconds": _LOCK_MILLISECONDS, "statement_milliseconds": round(seconds_max * 1000)}

    def run() -> None:
        worker = Worker(target, Stop())
        try:
            for revision in revisions:
                under_way.begins(revision)
                with within(Surroundings(revision, target)):
                    worker.attempt(step.upgrade, revision, **times)
        finally:
            worker.close()

    try:
        run_within(seconds_max, under_way, run)
    except RevisionError as error:
        assert under_way.revision is not None
        return _Failed(under_way.revision, error)
    return None


@contextmanager
def _filled(server: Target, base: Target, line: Line) -> Iterator[Target]:
    with scratch_database(server, template=base) as copy:
        filled(copy, line)
        yield copy


def _read(target: Target) -> _Came:
    try:
        with Session(target, _PROGRAM) as session:
            catalog = Catalog.read(session.connection, rights=True)
            return _Came(catalog, Rows.read(session.connection, catalog))
    except psycopg.Error as error:
        failed = error
    raise failure(failed)


def _told(unstable: Iterable[tuple[str, frozenset[str]]]) -> Iterator[str]:
    names = [f"{table}.{column}" for table, columns in unstable for column in sorted(columns)]
    if names:
        yield f"not compared, because they are made anew each time: {', '.join(names)}"


def _on_one_line(definition: str | None) -> str:
    return _ABSENT if definition is None else " ".join(definition.split())
