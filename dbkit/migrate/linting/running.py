"""Run revisions on a scratch server, one after the other, and keep what the wanted ones did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from dbkit.migrate import step as stepping
from dbkit.migrate.bookkeeping import ensure
from dbkit.migrate.header import Lossless
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.bounded import ends_within
from dbkit.migrate.linting.capture import Capture
from dbkit.migrate.linting.facts import Facts
from dbkit.migrate.linting.steps import Run, Settings
from dbkit.migrate.scratch import scratch_database, scratch_server
from dbkit.migrate.scratch_steps import begun, not_ended, step_connection, take, told
from dbkit.migrate.session import Session, Target
from dbkit.migrate.trace.walking import known_keys

__all__ = ["Wanted", "look_at", "runs"]

_NAME = "dbkit migrate lint"
# The schema is looked at again and again, by one query whose plan takes longer than it does.
_SETTINGS = {"plan_cache_mode": "force_generic_plan"}


@dataclass(frozen=True)
class Wanted:
    """Which revisions of a line are looked at, and what is known of them beside the files.

    With `together` all of them are one run: what the first ones make, nobody uses yet when the last ones run.
    `edited` and `overtaken` are names of files that were released otherwise, or that stand before released ones.
    A statement may take `seconds_max`, and a revision twice as long.
    """

    line: Line
    revisions: tuple[Revision, ...]
    settings: Settings = field(default_factory=Settings)
    together: bool = False
    edited: frozenset[str] = frozenset()
    overtaken: Mapping[str, str] = field(default_factory=dict[str, str])
    seconds_max: float = 60.0
    dev_url: str | None = None


def runs(wanted: Wanted) -> Iterator[Run]:
    """Run a line up to the last of the wanted revisions, and give what each of those did.

    It ends at the first revision that fails, which is given last, with its failure. Raises what a server raises.
    """
    ids = {each.id for each in wanted.revisions}
    last = max((place for place, each in enumerate(wanted.line.revisions) if each.id in ids), default=-1)
    known: frozenset[int] | None = None
    before: Facts | None = None
    with known_keys(), scratch_server(wanted.dev_url) as server, scratch_database(server) as base:
        with Session(base, _NAME) as session:
            ensure(session.connection)
        for is_wanted, group in groupby(wanted.line.revisions[: last + 1], lambda each: each.id in ids):
            if not is_wanted:
                failed = _passed(base, tuple(group), wanted.seconds_max)
                if failed is not None:
                    yield failed
                    return
                before = None
                continue
            for revision in group:
                found = look_at(base, revision, wanted, known, before)
                known = found.before.numbers if wanted.together and known is None else known
                # Tables that were made a second time are not those that were seen.
                before = None if found.undo else found.after.without_locks()
                yield found
                if found.failure:
                    return


def _passed(target: Target, revisions: tuple[Revision, ...], seconds_max: float) -> Run | None:
    """Apply revisions that nobody asks about, over one connection; return the one that failed."""
    failed = take(target, revisions, seconds_max=seconds_max, name=_NAME)
    return None if failed is None else Run(failed.revision, (), failure=failed.words)


def look_at(
    target: Target,
    revision: Revision,
    wanted: Wanted,
    known: frozenset[int] | None = None,
    before: Facts | None = None,
) -> Run:
    """Apply one revision, and return what it did.

    `known` are the numbers of tables that others may be using, `before` is the schema where it is known already.
    """
    attempt = _Attempt(target, revision, wanted.seconds_max, before)
    head = wanted.line.head
    run = replace(
        attempt.upward(known),
        settings=wanted.settings,
        at_head=head is not None and revision.id == head.id,
        edited=revision.name in wanted.edited,
        overtaken_by=wanted.overtaken.get(revision.name, ""),
    )
    if not run.failure and _says_nothing_is_lost(run):
        run = attempt.there_and_back(run)
    return run


def _says_nothing_is_lost(run: Run) -> bool:
    """Tell whether a downgrade is worth a look: it claims to lose nothing, and there is something new to lose."""
    columns = {(table.oid, name) for table in run.before.tables.values() for name in table.columns}
    after = {(table.oid, name) for table in run.after.tables.values() if table.is_table for name in table.columns}
    return isinstance(run.revision.header.downgrade, Lossless) and bool(after - columns)


class _Attempt:
    """One revision on one database."""

    def __init__(self, target: Target, revision: Revision, seconds_max: float, before: Facts | None) -> None:
        self._target = target
        self._before = before
        self._revision = revision
        self._seconds_max = seconds_max

    def upward(self, known: frozenset[int] | None) -> Run:
        """Apply the revision."""
        capture, failure = self._go(stepping.upgrade, known)
        if capture is None:
            return Run(self._revision, (), failure=failure)
        return Run(self._revision, tuple(capture.steps), (), capture.before, capture.after, failure)

    def there_and_back(self, run: Run) -> Run:
        """Take the revision back, and apply it again, so that the next one finds it."""
        self._before = run.after.without_locks()
        capture, failure = self._go(stepping.downgrade, None)
        if capture is None or failure:
            return replace(run, failure=failure and f"its downgrade fails: {failure}")
        again = _passed(self._target, (self._revision,), self._seconds_max)
        failure = "" if again is None else f"it cannot be applied again after its downgrade: {again.failure}"
        return replace(run, undo=tuple(capture.steps), failure=failure)

    def _go(self, go: stepping.Step, known: frozenset[int] | None) -> tuple[Capture | None, str]:
        """Run a step to its end, or its time; return what was captured, and how it failed."""
        captured: list[Capture] = []

        def run() -> None:
            with (
                step_connection(self._target, self._seconds_max, _NAME, _SETTINGS) as (session, connection),
                Capture(session.connection, str(self._revision.path), known, self._before) as capture,
                begun(connection, self._revision, session.target),
            ):
                captured.append(capture)
                go(connection, self._revision)

        try:
            failure = "" if ends_within(2 * self._seconds_max, run) else not_ended(2 * self._seconds_max)
        except Exception as error:  # noqa: BLE001 (whatever a revision raises)
            last = captured[0].steps[-1].sql if captured and captured[0].steps else ""
            failure = told(error, self._revision, self._seconds_max, last)
        return (captured[0] if captured else None), failure
