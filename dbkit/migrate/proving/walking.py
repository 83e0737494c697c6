"""Walk a line on a scratch server up to each revision that is to be proved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from dbkit.migrate.bookkeeping import ensure
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.sources import outside, sleeps, sleeps_in_sql
from dbkit.migrate.proving.aging import Aging, Older
from dbkit.migrate.proving.refusal import CouldNotRun
from dbkit.migrate.proving.subject import Bounds, Command, Subject
from dbkit.migrate.proving.told import Told, told_beside
from dbkit.migrate.proving.waiving import waivers_beside, waivers_of
from dbkit.migrate.scratch import scratch_database, scratch_server
from dbkit.migrate.scratch_steps import StepFailed, take
from dbkit.migrate.session import Session, Target
from dbkit.migrate.syntax import tree_of
from dbkit.migrate.trace.walking import known_keys

__all__ = ["Walk", "subjects"]

_NAME = "dbkit migrate prove"


@dataclass(frozen=True, kw_only=True)
class Walk:
    """Which revisions of a line are wanted, where, and how much they are proved with."""

    line: Line
    revisions: tuple[Revision, ...]
    bounds: Bounds = field(default_factory=Bounds)
    dev_url: str | None = None
    command: Command | None = None
    statements: Path | None = None
    models: str | None = None


def subjects(walk: Walk) -> Iterator[Subject | tuple[Revision, str]]:
    """Give each wanted revision with its databases; one that cannot be proved with the reason.

    The revisions before it are applied once, on one database that goes along the line. Raises `CouldNotRun` at one
    that cannot be applied, behind which nothing can be proved, and what a server raises.
    """
    wanted = {each.id for each in walk.revisions}
    last = max((place for place, each in enumerate(walk.line.revisions) if each.id in wanted), default=-1)
    with known_keys(), scratch_server(walk.dev_url, fsync=False) as server, scratch_database(server) as base:
        with Session(base, _NAME) as session:
            ensure(session.connection)
        told = told_beside(walk.line)
        with Aging(server, walk.line, walk.revisions, walk.bounds.seconds_max, told) as aging:
            places = _Places(walk, server, base, aging, told)
            way = walk.line.revisions[: last + 1]
            for (is_wanted, _), group in groupby(way, lambda each: (each.id in wanted, aging.stretch(each))):
                if is_wanted:
                    for revision in group:
                        yield from places.at(revision)
                else:
                    _require(places.past(tuple(group)))


class _Places:
    """A database that goes along a line."""

    def __init__(self, walk: Walk, server: Target, base: Target, aging: Aging, told: Mapping[str, Told]) -> None:
        self._walk = walk
        self._server = server
        self._base = base
        self._aging = aging
        self._told = told
        self._beside = waivers_beside(walk.line)

    def past(self, revisions: tuple[Revision, ...]) -> StepFailed | None:
        """Go past revisions; return the one that cannot be applied."""
        self._aging.begin(revisions[0], self._base)
        failed = take(self._base, revisions, seconds_max=self._walk.bounds.seconds_max, name=_NAME)
        if failed is None:
            self._aging.past(revisions)
        return failed

    def at(self, revision: Revision) -> Iterator[Subject | tuple[Revision, str]]:
        """Give a revision with its databases, and go past it: what cannot be applied, no check is asked about."""
        with (
            scratch_database(self._server, template=self._base) as before,
            self._aging.arrived(revision) as aged,
            self._aging.older(revision) as older,
        ):
            failed = self.past((revision,))
            reason = failed.words if failed else _depends_on(revision)
            if reason:
                yield revision, reason
                _require(failed)
                return
            with self._subject(revision, before, aged, older) as subject:
                yield subject

    def _subject(self, revision: Revision, before: Target, aged: Target | None, older: Older | None) -> Subject:
        return Subject(
            revision=revision,
            line=self._walk.line,
            server=self._server,
            before=before,
            aged=aged,
            older=older,
            told=self._told.get(revision.id, Told()).rules,
            bounds=self._walk.bounds,
            waivers=waivers_of(revision, self._beside),
            command=self._walk.command,
            statements=self._walk.statements,
            models=self._walk.models,
        )


def _require(failed: StepFailed | None) -> None:
    if failed is not None:
        raise CouldNotRun(f"{failed.revision}: {failed.words}; nothing behind it was looked at")


def _depends_on(revision: Revision) -> str:
    """Return what makes every run of a revision another one, so that none proves anything of the next."""
    tree = tree_of(revision.path)
    found = [*outside(tree), *sleeps(tree), *sleeps_in_sql(tree)]
    return "; ".join(f"line {line}: {what}" for what, line in sorted(found, key=lambda each: each[1]))
