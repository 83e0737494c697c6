"""What a case expects of a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from dbkit.mock.rows.references import AnyEntity
from dbkit.types.errors import DbkitError

__all__ = ["Refusal", "Undone", "refusal", "refused"]


class Undone(Exception):
    """What a case raises to leave a transaction's block without committing."""


class Refusal:
    """An error's class and facts. `constraint` may be a set: PostgreSQL may report any of these."""

    def __init__(self, error: type[DbkitError], **facts: Any) -> None:
        self.error = error
        self.facts = facts

    def at_row(self, row: int | None) -> Refusal:
        """Return the same refusal, of a row of many."""
        return self.saying(row=row)

    def saying(self, **facts: Any) -> Refusal:
        """Return the same refusal with further facts."""
        return Refusal(self.error, **{**self.facts, **facts})

    def objection(self, raised: DbkitError) -> str:
        """Return in what an error differs from this refusal; nothing, if it does not."""
        if type(raised) is not self.error:
            return f"it is not {self.error.__name__}"
        for name, fact in self.facts.items():
            allowed = fact if isinstance(fact, set | frozenset) else (fact,)
            if getattr(raised, name) not in allowed:
                return f"{name} is {getattr(raised, name)!r}, not {fact!r}"
        return ""


def refusal(error: type[DbkitError], sqlstate: str, entity: AnyEntity, *constraints: str) -> Refusal:
    """Return the refusal by one of some constraints of an entity, with that constraint's fields."""
    return Refusal(
        error,
        sqlstate=sqlstate,
        entity=entity.name,
        constraint=frozenset(constraints),
        fields={entity.fields_of(name) for name in constraints},
    )


@contextmanager
def refused(*errors: type[DbkitError] | Refusal, **facts: Any) -> Iterator[pytest.ExceptionInfo[DbkitError]]:
    """Expect one of some refusals: its very class, and these facts; a set of facts means any of them."""
    with pytest.raises(DbkitError) as caught:
        yield caught
    expected = [error.saying(**facts) if isinstance(error, Refusal) else Refusal(error, **facts) for error in errors]
    objections = [refusal.objection(caught.value) for refusal in expected]
    assert "" in objections, f"{type(caught.value).__name__}: {caught.value}: {'; '.join(objections)}"
