"""The order of revisions that say behind which others they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from dbkit.migrate.errors import LineBroken
from dbkit.migrate.foreign.revision import ForeignRevision

__all__ = ["ancestors", "in_order", "needs_of", "problems"]

Needs = Mapping[str, tuple[str, ...]]
"""For each revision the ids of those that it stands directly behind, or depends on."""


def needs_of(revisions: Sequence[ForeignRevision]) -> Needs:
    """Return behind which others revisions stand; raise `LineBroken` for what names none of them."""
    ids = {each.id for each in revisions}
    labels = {label: each.id for each in revisions for label in each.labels}
    needs: dict[str, tuple[str, ...]] = {}
    missing: list[str] = []
    for each in revisions:
        found = {name: _resolved(name, ids, labels) for name in each.depends_on}
        found |= {name: name if name in ids else None for name in each.parents}
        missing += [f"{each.name}: it stands behind {name}, which is missing" for name in found if not found[name]]
        needs[each.id] = tuple(dict.fromkeys(id for id in found.values() if id))
    if missing:
        raise LineBroken("; ".join(missing))
    return needs


def problems(revisions: Sequence[ForeignRevision]) -> Iterator[str]:
    """Tell what keeps revisions from having an order."""
    counted = Counter(each.id for each in revisions)
    for id in (id for id, count in counted.items() if count > 1):
        names = [each.name for each in revisions if each.id == id]
        yield f"{' and '.join(names)} are both revision {id}"
    try:
        TopologicalSorter(needs_of(revisions)).prepare()
    except LineBroken as error:
        yield error.happened
    except CycleError as error:
        files = {each.id: each.name for each in revisions}
        yield f"revisions stand behind each other in a circle: {', '.join(files[id] for id in error.args[1])}"


def in_order(revisions: Sequence[ForeignRevision], needs: Needs) -> tuple[ForeignRevision, ...]:
    """Return revisions in order: along the one way that there is, or where they branch in Alembic's order."""
    known = {each.id: each for each in revisions}
    ids = _along(needs) or _as_alembic_walks(revisions, needs)
    return tuple(known[id] for id in ids)


def ancestors(ids: Iterable[str], needs: Needs) -> frozenset[str]:
    """Return these revisions and all that have to be applied before them."""
    found: set[str] = set()
    rest = list(ids)
    while rest:
        id = rest.pop()
        if id not in found:
            found.add(id)
            rest += needs[id]
    return frozenset(found)


def _along(needs: Needs) -> list[str]:
    """Return the ids from first to last; nothing where they branch."""
    after = {before: id for id, them in needs.items() for before in them}
    first = [id for id, them in needs.items() if not them]
    if len(first) != 1 or any(len(them) > 1 for them in needs.values()) or len(after) < len(needs) - 1:
        return []
    found = first
    while found[-1] in after:
        found.append(after[found[-1]])
    return found


def _as_alembic_walks(revisions: Sequence[ForeignRevision], needs: Needs) -> list[str]:
    if not revisions:
        return []
    # Only here: a line that does not branch is read without Alembic.
    from alembic.script.revision import Revision, RevisionMap, is_revision

    nodes = [Revision(each.id, each.parents, dependencies=_beside(each, needs)) for each in revisions]
    walked = RevisionMap(lambda: nodes).iterate_revisions("heads", "base")
    return [is_revision(each).revision for each in walked][::-1]


def _beside(revision: ForeignRevision, needs: Needs) -> tuple[str, ...] | None:
    return tuple(id for id in needs[revision.id] if id not in revision.parents) or None


def _resolved(name: str, ids: set[str], labels: Mapping[str, str]) -> str | None:
    """Return the id that a dependency names: an id, a label, or the start of an id that begins no other."""
    if name in ids or name in labels:
        return name if name in ids else labels[name]
    starting = [id for id in ids if id.startswith(name)]
    return starting[0] if len(starting) == 1 else None
