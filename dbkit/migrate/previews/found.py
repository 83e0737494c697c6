"""What the server has under the names of previews, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, LiteralString

from dbkit.migrate.previews.mark import Mark
from dbkit.migrate.previews.names import PREFIX
from dbkit.migrate.session import Connection

__all__ = ["Found", "find", "find_all"]

_LOOK: LiteralString = """
    SELECT coalesce(d.datname, r.rolname)::text, d.oid IS NOT NULL, r.oid IS NOT NULL,
      shobj_description(d.oid, 'pg_database'), shobj_description(r.oid, 'pg_authid'),
      coalesce(d.datdba = r.oid AND NOT d.datistemplate, false),
      (SELECT count(*) FROM pg_stat_activity s WHERE s.datid = d.oid AND s.backend_type = 'client backend')
    FROM (SELECT oid, datname, datdba, datistemplate FROM pg_database WHERE starts_with(datname, %(prefix)s)) d
    FULL JOIN (SELECT oid, rolname FROM pg_roles WHERE starts_with(rolname, %(prefix)s)) r ON r.rolname = d.datname
    WHERE %(name)s::text IS NULL OR %(name)s IN (d.datname, r.rolname)
    ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A database and a role of one name, or one of the two, or neither.

    `mark` is that of a preview; None where dbkit did not make this, or somebody has taken it over by
    removing the mark, giving the database another owner, or making a template of it.
    """

    name: str
    has_database: bool = False
    has_role: bool = False
    sessions: int = 0
    mark: Mark | None = None

    @property
    def is_there(self) -> bool:
        """Whether anything has this name."""
        return self.has_database or self.has_role

    @property
    def is_ready(self) -> bool:
        """Whether this is a complete preview."""
        return self.has_database and self.mark is not None and self.mark.ready

    def as_json(self) -> dict[str, Any]:
        """Return a preview as a JSON document."""
        assert self.mark is not None
        told = self.mark.model_dump(mode="json", exclude={"dbkit", "ready"})
        return {"database": self.name, "state": self.state, "sessions": self.sessions} | told

    @property
    def state(self) -> str:
        """How far a preview is: ready, or unfinished."""
        return "ready" if self.is_ready else "unfinished"


def find(connection: Connection, name: str) -> Found:
    """Return what has this name."""
    return next(iter(_look(connection, name)), Found(name))


def find_all(connection: Connection) -> list[Found]:
    """Return all previews on the server, by name; nothing that is not one."""
    return [found for found in _look(connection, None) if found.mark is not None]


def _look(connection: Connection, name: str | None) -> list[Found]:
    return [_found(row) for row in connection.execute(_LOOK, {"prefix": PREFIX, "name": name}).fetchall()]


def _found(row: tuple[Any, ...]) -> Found:
    name, has_database, has_role, comment, of_role, owned, sessions = row
    mark = role = Mark.read(of_role, name)
    if has_database:
        mark = Mark.read(comment, name)
        if comment is None and role is not None and not role.ready:
            # Whoever made it was stopped before the database had its comment.
            mark = role
    return Found(name, has_database, has_role, sessions, mark if owned or not has_database else None)
