"""Which revisions are proved: those that are named, else those that are new."""

from __future__ import annotations

from collections.abc import Sequence

from dbkit.migrate.git import Repository
from dbkit.migrate.line import Line, Revision
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["chosen"]


def chosen(line: Line, names: Sequence[str], new_since: str | None) -> tuple[Revision, ...]:
    """Return the revisions of these names, and with `new_since` those that a branch, tag or commit does not have.

    Without either, those that the branch does not have which others start from. In the order of the line. Raises
    `RevisionUnknown`, and `ConfigurationInvalid` where that comes to none, or git does not know the branch.
    """
    ids = {line.find(name).id for name in names}
    since = ""
    if new_since is not None or not names:
        ids, since = _new(line, new_since, ids)
    found = tuple(each for each in line.revisions if each.id in ids)
    if not found:
        raise ConfigurationInvalid(
            f"no revision is new since {since or 'the beginning'}",
            advice="Name revisions, or say --new-since with a branch, tag or commit that does not have them.",
        )
    return found


def _new(line: Line, reference: str | None, ids: set[str]) -> tuple[set[str], str]:
    if not line.revisions:
        return ids, ""
    repository = Repository(line.revisions[0].path.parent)
    since = repository.base() if reference is None else reference
    known = repository.files(since)
    return ids | {each.id for each in line.revisions if each.name not in known}, since
