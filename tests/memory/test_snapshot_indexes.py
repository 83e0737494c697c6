"""The indexes of a snapshot: a return to it finds them as they were."""

from __future__ import annotations

from typing import Any

from dbkit.database._sync.database import Database
from dbkit.mock.factories import Factories
from dbkit.models import BUILDERS


def _indexes_at_hand(db: Database) -> set[Any]:
    backend: Any = db._backend
    version = backend.store.view()[backend.rows(BUILDERS).table.primary.place]
    return set(version.trees or ())


def test_a_return_to_a_snapshot_makes_no_index_again(memory_db: Database) -> None:
    make = Factories(seed=1)
    make.builder.create(memory_db)
    memory_db.builders.page()
    before = _indexes_at_hand(memory_db)
    snapshot = memory_db.memory.snapshot()
    make.builder.create(memory_db)
    assert len(memory_db.builders.page().items) == 2
    memory_db.memory.restore(snapshot)
    assert _indexes_at_hand(memory_db) == before != set()
    assert len(memory_db.builders.page().items) == 1
