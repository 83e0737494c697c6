# Generated from dbkit/testing/conformance/_async/scene.py by tools/unasync.py; edit that file instead.
"""A scene: a row to break, beside rows that hold its place in every unique key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self

from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import Plan
from dbkit.models.unique import UniqueKey
from dbkit.testing.conformance._sync.rivals import holder
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.admissible import Judge
from dbkit.testing.conformance.breaches import Breach, Kind, breaches_of, changes_of, clashes
from dbkit.testing.conformance.expectation import refused

__all__ = ["Scene"]


class Scene:
    """A valid row that is not stored, the ways to break it, and a judge of what then is said."""

    def __init__(self, world: World, plans: Sequence[Plan], taken: dict[str, Any]) -> None:
        self.world = world
        self.entity = plans[0].entity
        self.taken = taken
        self._plans = plans
        valid = [plan.row.fields for plan in plans]
        self.breaches = [*breaches_of(world.samples, self.entity, valid[0]), *clashes(self.entity, taken)]
        self.judge = Judge(self.entity, world.samples.references(self.entity), list(taken.values()), valid)

    @classmethod
    def of(cls, world: World, entity: AnyEntity, *, rows: int = 1) -> Self:
        """Store a row for each unique key, and return the scene for further ones."""
        keys = [key for key in entity.unique_keys.values() if not set(key.fields) & set(entity.numbered)]
        taken = {key.name: holder(world, entity, key) for key in keys}
        return cls(world, [world.prepare(entity) for _ in range(rows)], taken)

    def broken(self, breaches: Sequence[Breach], row: int = 0) -> Plan:
        """Return a row with these breaches."""
        return self._plans[row].but(**(changes_of(breaches) or {}))

    def is_broken(self, breaches: Sequence[Breach]) -> bool:
        """Tell whether a row with these breaches is refused: what breaks a rule may mend another."""
        return self.judge.verdict(self.broken(breaches).row.fields) is not None

    def kind_of(self, breaches: Sequence[Breach]) -> Kind:
        """Return the kind of the rule that a row with these breaches is refused for."""
        verdict = self.judge.verdict(self.broken(breaches).row.fields)
        assert verdict is not None
        return verdict.kind

    def is_free(self, key: UniqueKey, breaches: Sequence[Breach]) -> bool:
        """Tell whether no other row holds a key of a row with these breaches, or nothing looks for it."""
        is_sought = self.kind_of(breaches) >= Kind.UNIQUE
        return not is_sought or key.name not in self.judge.taken_keys(self.broken(breaches).row.fields)

    def refuses(self, breaches: Sequence[Breach], create: Callable[[Any], Any]) -> None:
        """See that a row with these breaches is refused as the judge has it."""
        new = self.broken(breaches).row
        verdict = self.judge.verdict(new.fields)
        assert verdict is not None, f"{' and '.join(breach.id for breach in breaches)} refuse nothing"
        with about(breaches), refused(verdict.refusal.saying(key=self.entity.key_of(new.unchecked), row=None)):
            create(new.unchecked)

    def refuses_call(self, breaches: Sequence[Sequence[Breach]], create: Callable[[Any], Any]) -> None:
        """See that a call with rows that have these breaches is refused as the judge has it."""
        rows = [self.broken(each, row).row for row, each in enumerate(breaches)]
        expected = [
            refusal.saying(row=row, key=self.entity.key_of(rows[row].unchecked))
            for row, refusal in self.judge.refusals([row.fields for row in rows])
        ]
        with about([breach for each in breaches for breach in each]), refused(*expected):
            create([row.unchecked for row in rows])


@contextmanager
def about(breaches: Sequence[Breach]) -> Iterator[None]:
    """Say of an error which breaches it was about."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"What is broken: {', '.join(breach.id for breach in breaches)}.")
        raise
