# Generated from dbkit/testing/conformance/_async/world.py by tools/unasync.py; edit that file instead.
"""The world of a case: a database, and rows to work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from dbkit.database._sync.database import Database
from dbkit.mock.rows.plausible import enumerated
from dbkit.mock.rows.references import AnyEntity, Reference
from dbkit.mock.rows.row import Plan, Row
from dbkit.mock.rows.samples import Samples
from dbkit.models.entity import Verb
from dbkit.testing.conformance.case import Subject
from dbkit.testing.conformance.expectation import Refusal, refused
from dbkit.testing.conformance.subjects import Way, hard_delete_of
from dbkit.types.filter import EVERY_TENANT

__all__ = ["World"]


class World:
    """A database under test, and samples stored in it; all of one tenant, but for `elsewhere()`."""

    def __init__(self, db: Database, samples: Samples) -> None:
        self.db = db
        self.samples = samples
        self.populations: dict[str, list[Any]] = {}

    def run(self, function: Callable[..., Any], runs: Sequence[Subject]) -> None:
        """Run a case's function, once for each of its subjects; an error says for which."""
        for name, arguments in runs:
            try:
                function(self, *arguments)
            except BaseException as error:
                error.add_note(f"This was about {name}.")
                raise

    def elsewhere(self) -> Self:
        """Return a world on the same database in which nothing is there yet: another tenant."""
        return type(self)(self.db, self.samples.elsewhere())

    def repository(self, entity: AnyEntity) -> Any:
        """Return the entity's repository, each call of it a transaction of its own."""
        return self.db.repository(entity)

    def imagine(self, entity: AnyEntity) -> Plan:
        """Return a valid row of a tenant that is not there."""
        return self.samples.elsewhere().plan(entity, {})

    def prepare(
        self, entity: AnyEntity, given: Mapping[str, Any] | None = None, *, refer: Reference | None = None
    ) -> Plan:
        """Store the parents that a new row needs, and return the row, not stored yet."""
        plan = self.samples.plan(entity, given or {}, refer)
        self._store_all(plan.before)
        return plan

    def create(
        self, entity: AnyEntity, given: Mapping[str, Any] | None = None, *, refer: Reference | None = None
    ) -> Any:
        """Store a valid row, with the parents that it needs, and return it as stored."""
        return self.store(self.prepare(entity, given, refer=refer))

    def store(self, plan: Plan) -> Any:
        """Create the row below its value's validation, in one transaction with what its deferred references need."""
        if not plan.after:
            return self.repository(plan.entity).create(plan.row.unchecked)
        with self.db.transaction() as tx:
            stored = tx.repository(plan.entity).create(plan.row.unchecked)
            self._add(tx, plan.after)
        return stored

    def write(self, repository: Any, verb: Verb, stored: Any, plan: Plan) -> Any:
        """Call a verb that writes: with a row that is stored, or with one that is not."""
        entity, key, new = plan.entity, self.key_of(stored), plan.row.new
        field = next(iter(entity.changeable), "")
        calls: dict[Verb, Callable[[], Any]] = {
            Verb.CREATE: lambda: repository.create(new),
            Verb.CREATE_MANY: lambda: repository.create_many([new]),
            Verb.UPDATE: lambda: repository.update(*key, **self.versioned(stored), **{field: getattr(stored, field)}),
            Verb.UPSERT: lambda: repository.upsert(new, on=entity.table.primary_key.name),
            Verb.DELETE: lambda: repository.delete(*key),
            Verb.RESTORE: lambda: repository.restore(*key),
            Verb.PURGE: lambda: repository.purge(*key),
        }
        return calls[verb]()

    def store_many(self, plans: Sequence[Plan], *, returning: bool = False) -> Any:
        """Create several rows of an entity by one call, like `store`."""
        entity, rows = plans[0].entity, [plan.row.unchecked for plan in plans]
        after = [row for plan in plans for row in plan.after]
        if not after:
            return self.repository(entity).create_many(rows, returning=returning)
        with self.db.transaction() as tx:
            stored = tx.repository(entity).create_many(rows, returning=returning)
            self._add(tx, after)
        return stored

    def refuses(self, plan: Plan, way: Way, expected: Refusal) -> None:
        """See that the row is refused, however it is created, and that nothing of the call is stored."""
        if way is Way.CREATE:
            with refused(expected):
                self.store(plan)
            return
        valid = self.prepare(plan.entity)
        with refused(expected.at_row(way.row)):
            self.store_many([valid, plan], returning=way is Way.RETURNING)
        assert self.find(valid.row) is None

    def accepts(self, plan: Plan, way: Way) -> None:
        """See that the row is stored, however it is created."""
        if way is Way.CREATE:
            self.store(plan)
        else:
            self.store_many([self.prepare(plan.entity), plan], returning=way is Way.RETURNING)
        assert self.find(plan.row) is not None

    def find(self, row: Any) -> Any:
        """Return what is stored under a row's, or a value's, key now; of a row without a key, what was given."""
        if isinstance(row, Row) and row.entity.has_numbered_key:
            return self._find_given(row)
        entity = row.entity if isinstance(row, Row) else self.entity_of(row)
        return self.repository(entity).find(*self.key_of(row))

    def _find_given(self, row: Row) -> Any:
        """Return the stored value with the fields of a row whose key the server makes."""
        entity, given = row.entity, row.unchecked.__dict__
        everything = entity.filter(**({entity.tenant: EVERY_TENANT} if entity.tenant else {}))
        stored = [value for value in self.repository(entity).iterate(everything)]
        same = (value for value in stored if all(getattr(value, name) == given[name] for name in entity.new_fields))
        return next(same, None)

    def entity_of(self, value: Any) -> AnyEntity:
        """Return the entity of a stored value."""
        return next(entity for entity in self.samples.entities if isinstance(value, entity.value))

    def key_of(self, row: Any) -> tuple[Any, ...]:
        """Return the key of a stored value, or of a row; where the server makes it, one that it has not made."""
        if isinstance(row, Row):
            fields = row.unchecked.__dict__
            return tuple(fields[name] if name in fields else self.samples.beyond() for name in row.entity.key)
        return tuple(getattr(row, name) for name in self.entity_of(row).key)

    def absent_beside(self, value: Any) -> tuple[Any, ...]:
        """Return the key of no row, which differs from a stored value's in its last part."""
        entity, key = self.entity_of(value), self.key_of(value)
        few = enumerated(entity.value, entity.key[-1])
        if few is not None:
            return (*key[:-1], next(member for member in few if member != key[-1]))
        last = self.samples.beyond() if entity.has_numbered_key else self.samples.fresh(entity, entity.key[-1])
        return (*key[:-1], last)

    def versioned(self, value: Any) -> dict[str, Any]:
        """Return the argument that an update of a stored value needs besides its changes."""
        return {"expected_version": value.version} if self.entity_of(value).has_version else {}

    def update(self, value: Any, /, **changes: Any) -> Any:
        """Change a stored value."""
        repository = self.repository(self.entity_of(value))
        return repository.update(*self.key_of(value), **self.versioned(value), **changes)

    def delete(self, value: Any) -> None:
        """Delete a stored value, softly where the entity keeps deleted rows."""
        self.repository(self.entity_of(value)).delete(*self.key_of(value))

    def hard_delete(self, value: Any) -> None:
        """Delete a stored value for good."""
        entity = self.entity_of(value)
        verb = hard_delete_of(entity)
        assert verb is not None, f"{entity.name} are never deleted"
        getattr(self.repository(entity), verb)(*self.key_of(value))

    def parent(self, reference: Reference, value: Any) -> Any:
        """Return the row that a stored value refers to."""
        wanted = reference.parent_of(value.__dict__)
        return self.repository(reference.parent).get(*(wanted[name] for name in reference.parent.key))

    def _store_all(self, rows: Sequence[Row]) -> None:
        if rows:
            with self.db.transaction() as tx:
                self._add(tx, rows)

    def _add(self, tx: Any, rows: Sequence[Row]) -> None:
        for row in rows:
            tx.repository(row.entity).create(row.new)
