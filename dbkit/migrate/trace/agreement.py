"""A header's claims held against what a walk has seen: the two must say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dbkit.migrate.header import Lock, Phase
from dbkit.migrate.line import Revision
from dbkit.migrate.trace.model import RevisionTrace

__all__ = ["disagreements"]


def disagreements(revision: Revision, trace: RevisionTrace, *, ended_midway: bool = False) -> list[str]:
    """Return where a revision's header and its trace disagree, one sentence each; nothing where they do not."""
    return [f"{revision}: {each}" for each in _disagreements(revision, trace, ended_midway=ended_midway)]


def _disagreements(revision: Revision, trace: RevisionTrace, *, ended_midway: bool) -> Iterator[str]:
    header = revision.header
    if not revision.has_header:
        return
    claimed, seen = dict(header.locks), trace.table_locks
    # What is known of one without a header is no claim.
    if revision.has_header and claimed != seen:
        more = {name: lock for name, lock in seen.items() if claimed.get(name) is not lock}
        less = {name: lock for name, lock in claimed.items() if seen.get(name) is not lock}
        yield f"the header says it locks {_shown(less)}, and it locks {_shown(more)}"
    if revision.has_header and set(header.rewrites) != set(trace.rewrites):
        yield f"the header says it rewrites {_listed(header.rewrites)}, and it rewrites {_listed(trace.rewrites)}"
    if ended_midway:
        yield "the header says it is transactional, and it ends the transaction itself"
    if trace.takes and header.phase not in (Phase.CONTRACT, Phase.UNKNOWN):
        yield f"the header says {header.phase}, and it takes away {_listed(trace.takes)}"


def _shown(locks: Mapping[str, Lock]) -> str:
    return _listed([f"{name} {lock}" for name, lock in sorted(locks.items())])


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"
