"""Whether a revision needs no more than the migration role has, and leaves services what they may do."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import DiagnosticField

from dbkit.migrate.catalog import Catalog, not_compared
from dbkit.migrate.proving.compatible.collecting import collect
from dbkit.migrate.proving.compatible.statements import SentStatement
from dbkit.migrate.proving.jobs import url_of
from dbkit.migrate.proving.model import Finding, Outcome
from dbkit.migrate.proving.refusal import CouldNotRun
from dbkit.migrate.proving.subject import Subject
from dbkit.migrate.report import Options
from dbkit.migrate.roles.audit import apply_roles, entities_of
from dbkit.migrate.roles.cast import Cast
from dbkit.migrate.roles.differences import quoted
from dbkit.migrate.roles.grants import Entities, Relation, is_known, of_new_table
from dbkit.migrate.runner import apply_to
from dbkit.migrate.session import Session, Target
from dbkit.types.errors import DbkitError, PermissionDenied

__all__ = ["Permitted"]

_NAME: Final = "dbkit migrate prove"
_SERVICE: Final = "prover"
_LACKS_RIGHTS: Final = b"42501"
_PARAMETER: Final = re.compile(r"\$\d+")
_TABLES: Final = """
    SELECT c.oid, relname FROM pg_class c
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = c.tableoid AND objid = c.oid AND deptype = 'e')
"""


class Permitted:
    """Applies a revision as the owner that migrations run as, and sends what services send in a service's role."""

    name = "permitted"
    asks = "Applied as the migration role, does it need no superuser; and may services send then what their verbs send?"

    def prove(self, subject: Subject) -> Outcome:
        """Make roles of their own, and try it as them."""
        entities = entities_of(subject.models) if subject.models else {}
        with _cast(subject.server) as cast, subject.copy(with_rows=False) as target:
            trial = _Trial(subject, target, cast, entities)
            findings = tuple(trial.findings())
            return Outcome.of(findings, notes=tuple(trial.notes()))


@dataclass
class _Trial:
    """A database with roles, before and after a revision."""

    subject: Subject
    target: Target
    cast: Cast
    entities: Entities
    new: set[str] = field(default_factory=set[str])
    """Calls that nobody could make before the revision, and services can when roles have been applied again."""
    of_no_model: Mapping[int, str] = field(default_factory=dict[int, str])
    """The tables before the revision that no model names, by their number."""

    def findings(self) -> Iterator[Finding]:
        """Apply the revision, and yield what may not be done."""
        self._made_roles(self._known())
        tables = self._tables().items()
        self.of_no_model = {number: name for number, name in tables if not is_known(Relation(name), self.entities)}
        self._granted_as_new(self.of_no_model.values())
        before = self._sent()
        failed = self._applied()
        if failed is not None:
            yield failed
            return
        # Until somebody runs `dbkit db roles --apply` again, which comes with each release.
        refused = _refused(self._sent())
        self.new = {call for call, statement in refused if (call, statement) not in before}
        yield from (
            Finding(f"a service may not send {call} any more, until roles are applied again", statement)
            for call, statement in refused
            if before.get((call, statement))
        )
        self._made_roles(self._known())
        yield from (
            Finding(f"a service may not send {call}, though its verb is granted", statement)
            for call, statement in _refused(self._sent())
        )

    def notes(self) -> Iterator[str]:
        """Return what a reader should know."""
        if not self.entities:
            yield "no models are known (--models), so no statements of services were sent"
        if self.new:
            yield f"until roles are applied again services may not send {', '.join(sorted(self.new))}, which is new"
        for number, name in sorted(self._tables().items(), key=lambda each: each[1]):
            if name in self.entities and (was := self.of_no_model.get(number)):
                yield f"{name} was {was}, which no model names: services have there what they have on a new table"
        others = sorted(self.entities.keys() - self._known().keys())
        if others:
            yield f"of other shape than the models have them, and not tried: {', '.join(others)}"

    def _known(self) -> Mapping[str, Any]:
        """Return the entities whose tables are there, with all their columns."""
        with Session(self.target, _NAME) as session:
            catalog = Catalog.read(session.connection, without=not_compared(self.subject.line.version_table.name))
        return {
            name: entity
            for name, entity in self.entities.items()
            if all(f"column {name}.{column.name}" in catalog.objects for column in entity.table.columns)
        }

    def _tables(self) -> Mapping[int, str]:
        """Return the tables of the schema by their numbers, which a rename leaves."""
        with Session(self.target, _NAME) as session:
            return {int(number): str(name) for number, name in session.connection.execute(_TABLES)}

    def _granted_as_new(self, tables: Collection[str]) -> None:
        """Grant on tables what they have where the owner makes them: here the scratch server's role has made them."""
        with Session(self.target, _NAME) as session:
            for role, privileges in of_new_table(self.cast).items() if tables else ():
                grant = f"GRANT {', '.join(sorted(privileges))} ON {', '.join(map(quoted, tables))} TO {quoted(role)}"
                session.connection.execute(grant.encode())

    def _made_roles(self, entities: Entities) -> None:
        try:
            apply_roles(url_of(self.target.conninfo), self.cast, entities)
        except PermissionDenied as error:
            raise CouldNotRun(f"the role of the scratch server may not make roles: {error.happened}") from error

    def _applied(self) -> Finding | None:
        """Apply the revision as the runner does, in the role of the owner; return how that failed."""
        target = _as_role(self.target, self.cast.owner)
        options = Options(is_deploy=False, statement_seconds=self.subject.bounds.seconds_max)
        try:
            apply_to(target, to=self.subject.revision.id, line=self.subject.line, options=options)
        except DbkitError as error:
            return Finding(f"as the migration role, which is no superuser, it fails: {error.happened}")
        return None

    def _sent(self) -> dict[tuple[str, str], bool]:
        """Send each statement as a service; return whether it may, by the call that sends it and the statement."""
        role = self.cast.names[-1]
        with Session(_as_role(self.target, role), _NAME) as session:
            statements = collect(self._known(), self.subject.revision.id).statements
            return {(each.call, each.sql): not _lacks_rights(session.connection, each) for each in statements}


def _refused(sent: Mapping[tuple[str, str], bool]) -> list[tuple[str, str]]:
    return sorted(statement for statement, may in sent.items() if not may)


@contextmanager
def _cast(server: Target) -> Iterator[Cast]:
    """Give roles that nobody else has, for a block; a server has them for all its databases."""
    cast = Cast(f"dbkit_prove_{uuid.uuid4().hex[:8]}", services=(_SERVICE,))
    try:
        yield cast
    finally:
        with Session(server, _NAME) as session:
            for name in reversed(cast.names):
                session.connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(name)))


def _as_role(target: Target, role: str) -> Target:
    """Return the database as a role sees it that need not be able to log in here."""
    options = f"{conninfo_to_dict(target.conninfo).get('options') or ''} -crole={role}"
    return Target(make_conninfo(target.conninfo, options=options.strip()), f"{target.shown_as} as {role}")


def _lacks_rights(connection: psycopg.Connection[Any], statement: SentStatement) -> bool:
    """Send a statement with NULL for each parameter: rights are asked for before values."""
    if statement.copies:
        # Whoever may insert may copy.
        return False
    count = len(set(_PARAMETER.findall(statement.sql)))
    result = connection.pgconn.exec_params(statement.sql.encode(), [None] * count)
    return result.error_field(DiagnosticField.SQLSTATE) == _LACKS_RIGHTS
