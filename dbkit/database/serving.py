"""Services at their databases: what a connection says of its process, by the line that its database class names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dbkit.database.code_line import CodeLine, code_line_of
from dbkit.database.repository import entities_of

if TYPE_CHECKING:
    from dbkit.sqldb.serving import Serving

__all__ = ["serving"]


def serving(database: type[Any], service: str | None) -> Serving | None:
    """Return what a service says of itself at its database, and asks of it; None where it is none, or has no line.

    Raises `ConfigurationInvalid` where the line that the class names is not to be read.
    """
    folder = code_line_of(database)
    known = CodeLine.read(folder) if service and folder else None
    if service is None or known is None:
        return None
    from dbkit.sqldb.serving import Serving

    tables = tuple(entity.table.name for entity in entities_of(database).values())
    return Serving(service, known.revisions, known.needs, tables)
