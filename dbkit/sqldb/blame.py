"""Errors of statements that no repository sent: which entity they are about, and what of them is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.exc import DBAPIError

from dbkit.models.entity import Entity
from dbkit.sqldb.commit import is_lost
from dbkit.sqldb.errors import Operation, report_of_exception, translate
from dbkit.types.errors import CommitUnknown, DbkitError, ServerReport

__all__ = ["Blame"]


class Blame:
    """Finds the entity by the table that the server names."""

    def __init__(self, entities: Iterable[Entity[Any, Any, Any]]) -> None:
        self._entities = {entity.table.name: entity for entity in entities}

    def error(self, report: ServerReport, verb: str) -> DbkitError:
        """Return the error for a report."""
        entity = self._entity(report.table or "")
        return translate(report, Operation(verb) if entity is None else Operation.of(verb, entity))

    def commit_error(self, report: ServerReport) -> DbkitError:
        """Return the error for a COMMIT that failed: refused, or without an answer."""
        if not is_lost(report):
            return self.error(report, "commit")
        unknown = CommitUnknown(sqlstate=report.sqlstate)
        unknown.__cause__ = report
        return unknown

    def _entity(self, table: str) -> Entity[Any, Any, Any] | None:
        """Return the entity of a table, or of the table that this one is a partition of."""
        found = self._entities.get(table)
        return found or next((entity for entity in self._entities.values() if entity.has_partition(table)), None)

    def sqlalchemy_error(self, error: DBAPIError) -> DbkitError:
        """Return the error for SQLAlchemy's, which loses its row data.

        It cannot be kept from being the context of what is raised where it leaves a block, so it
        is emptied instead.
        """
        orig = error.orig
        report = report_of_exception(orig) if isinstance(orig, Exception) else ServerReport(None, kind="DBAPIError")
        error.orig, error.params, error.statement = report, None, None
        error.args = (str(report),)
        error.__cause__ = error.__context__ = None
        return self.error(report, "execute")
