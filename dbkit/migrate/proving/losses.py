"""What a downgrade loses, held against what its header says."""

from __future__ import annotations

from collections.abc import Iterator

from dbkit.migrate.header import Downgrade, Lossless, Lossy
from dbkit.migrate.proving.changes import Changes, values_differ
from dbkit.migrate.proving.state import State

__all__ = ["lost_of_before", "lost_unsaid", "remade_or_not", "said_unlost"]


def lost_unsaid(downgrade: Downgrade, unplanted: Changes, planted: Changes) -> Iterator[str]:
    """Return what is lost and the header does not say so.

    `unplanted` is what happened to rows on the way down, `planted` on the way down and up again with rows of the new
    shape.
    """
    rows, columns = _said(downgrade)
    lost, changed = {**unplanted.lost, **planted.lost}, {**unplanted.columns, **planted.columns}
    for name in sorted(lost.keys() - rows):
        yield f"rows of {name} are lost, and the header does not say so: {lost[name]}"
    for name in sorted(changed.keys() - columns):
        yield f"{name} is lost, and the header does not say so: {changed[name]}"
    # Where values of a table are lost, rows may come back that were taken away on purpose.
    may_gain = rows | {name.partition(".")[0] for name in columns}
    for way, found in (("down", unplanted), ("down and up", planted)):
        for name in sorted(found.gained.keys() - may_gain):
            yield f"{name} has rows after {way} that it had not before: {found.gained[name]}"


def said_unlost(downgrade: Downgrade, unplanted: Changes, planted: Changes) -> Iterator[str]:
    """Return what the header says is lost, and no row showed; arguments as in `lost_unsaid`."""
    rows, columns = _said(downgrade)
    for name in sorted(rows - {**unplanted.lost, **planted.lost}.keys()):
        yield f"the header says that rows of {name} are lost, and none were"
    for name in sorted(columns - {**unplanted.columns, **planted.columns}.keys()):
        yield f"the header says that {name} is lost, and no value was"


def lost_of_before(downgrade: Downgrade, found: Changes, plants: Changes) -> Iterator[str]:
    """Return which rows from before do not come back where others were planted; `plants` is what planting changed."""
    rows, columns = _said(downgrade)
    touched = {*plants.lost, *(name.partition(".")[0] for name in plants.columns)}
    for table in sorted(found.lost.keys() - touched - rows):
        yield f"{table} lost a row from before, with rows planted: {found.lost[table]}"
    for name in sorted(found.columns.keys() - columns):
        if name.partition(".")[0] not in touched:
            yield f"{name} of a row from before changed, with rows planted: {found.columns[name]}"


def remade_or_not(downgrade: Downgrade, a: State, c: State, b: State, d: State) -> Iterator[str]:
    """Return which columns the header says are made anew or keep their values, and it is not so.

    From `a` the way leads up and down to `c`, from `b` down and up to `d`.
    """
    if not isinstance(downgrade, Lossless | Lossy):
        return
    for name in downgrade.remade:
        # By the upgrade that is applied again, or by the downgrade.
        if not values_differ(b.rows, d.rows, name) and not values_differ(a.rows, c.rows, name):
            yield f"the header says that {name} is made anew, and it is the same"
    for name in downgrade.kept:
        if not values_differ(a.rows, c.rows, name):
            yield f"the header says that {name} keeps filled values, and it is as before"


def _said(downgrade: Downgrade) -> tuple[set[str], set[str]]:
    return (set(downgrade.rows), set(downgrade.columns)) if isinstance(downgrade, Lossy) else (set(), set())
