"""Applied revisions whose files are others now: which were edited themselves, how, and accepting that."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, LiteralString

from dbkit.migrate.bookkeeping import HISTORY
from dbkit.migrate.git import Repository
from dbkit.migrate.line import Revision
from dbkit.migrate.place import Place
from dbkit.migrate.repairing.proposal import Proposal
from dbkit.migrate.running.history import Entry, hashes
from dbkit.migrate.session import Connection
from dbkit.migrate.sum import chained_hash
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["history_proposals"]

_LINES_MAX: Final = 60
# What was there is kept in words: the row says from which file the revision was applied.
_ACCEPT: LiteralString = f"""
    UPDATE {HISTORY} SET hash = %(after)s,
      note = concat_ws('; ', nullif(note, ''), format('hash %%s accepted as %%s by %%s at %%s UTC: %%s', hash,
        %(after)s::text, current_user, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), %(reason)s::text))
    WHERE id = (SELECT max(id) FROM {HISTORY} WHERE revision = %(revision)s)
"""  # noqa: S608 (put together from a constant)


@dataclass(frozen=True, slots=True)
class _Edited:
    """A revision that was applied from another file, and what may have stood before it in the chain then."""

    revision: Revision
    before: tuple[str, ...]
    recorded: str

    def was(self, content: bytes) -> bool:
        """Tell whether it was applied from a file with this content."""
        return any(chained_hash(each, self.revision.name, content) == self.recorded for each in self.before)


def history_proposals(place: Place, found: Mapping[str, Entry], proof: str) -> Iterator[Proposal]:
    """Propose to take each edited file as it is, where `proof` says that the schema is the same; else to undo it.

    Files that only stand behind an edited one have other hashes for that alone: they go with the first.
    """
    now = hashes(place.line)
    differing = [each for each in place.applied if each.id in found and _is_another(found[each.id], now[each.name])]
    if not differing:
        return
    edited = list(_edited(place, found))
    names = ", ".join(each.revision.name for each in edited) or differing[0].name
    what = f"{names} {'is' if len(edited) < 2 else 'are'} not as applied: edited since, or something was put in before"
    detail = "\n".join(line for each in edited for line in _diff(each))
    if not proof:
        does = "put the files back as they were applied, and write what is new into a revision of its own"
        yield Proposal("history", what, does, detail=detail)
        return
    accept = {each.id: now[each.name] for each in differing}
    does = f"take the files as they are now for those that were applied ({len(accept)} hashes), with the reason"
    yield Proposal("history", what, does, proof, detail, partial(_accept, accept), needs_reason=True)


def _is_another(entry: Entry, wanted: str) -> bool:
    return entry.direction == "up" and bool(entry.hash) and entry.hash != wanted


def _edited(place: Place, found: Mapping[str, Entry]) -> Iterator[_Edited]:
    """Give those whose own text is another one: with the row of then before it, its hash is not what was recorded.

    One without a record may have been there then, or been put in since.
    """
    now, before = hashes(place.line), [""]
    for revision in place.applied:
        entry = found.get(revision.id)
        recorded = entry.hash if entry is not None and entry.direction == "up" else ""
        one = _Edited(revision, tuple(before), recorded)
        if recorded and not one.was(revision.path.read_bytes()):
            yield one
        if place.line.is_chained:
            row = f"{revision.name} {recorded or now[revision.name]}"
            before = [row] if recorded else [*before, row]


def _diff(edited: _Edited) -> Iterator[str]:
    """Give the lines in which the file differs from what was applied, as far as git knows that."""
    revision = edited.revision
    old = _as_applied(edited)
    if old is None:
        yield f"{revision.name}: git has no version of it with the hash {edited.recorded}"
        return
    new = revision.path.read_text(encoding="utf-8").splitlines()
    lines = list(difflib.unified_diff(old.splitlines(), new, f"{revision.name} as applied", "as it is", lineterm=""))
    yield from lines[:_LINES_MAX]
    if len(lines) > _LINES_MAX:
        yield f"... and {len(lines) - _LINES_MAX} lines more"


def _as_applied(edited: _Edited) -> str | None:
    path = edited.revision.path
    try:
        versions = Repository(path.parent).versions(path.name)
        return next((text for text in versions if edited.was(text.encode())), None)
    except ConfigurationInvalid:
        # Files may be in no repository.
        return None
    return None


def _accept(accepted: Mapping[str, str], connection: Connection, reason: str) -> None:
    with connection.transaction():
        for revision, after in accepted.items():
            connection.execute(_ACCEPT, {"revision": revision, "after": after, "reason": reason})
