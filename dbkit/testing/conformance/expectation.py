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
        return Refusal(self.error, **{**self.facts, "row": row})


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
def refused(error: type[DbkitError] | Refusal, **facts: Any) -> Iterator[pytest.ExceptionInfo[DbkitError]]:
    """Expect a refusal: this very class, and these facts; a set of facts means any of them."""
    expected = error if isinstance(error, Refusal) else Refusal(error, **facts)
    with pytest.raises(DbkitError) as caught:
        yield caught
    raised = caught.value
    found = {name: getattr(raised, name) for name in expected.facts}
    assert type(raised) is expected.error, f"{type(raised).__name__}: {raised}"
    for name, fact in expected.facts.items():
        allowed = fact if isinstance(fact, set | frozenset) else {fact}
        assert found[name] in allowed, f"{name} is {found[name]!r}, not {fact!r}: {raised}"
