"""Stored rows: what a caller gets is the caller's own, and a lookup by key finds the newest row."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Column, Integer, MetaData, PrimaryKeyConstraint, Table, func, text
from sqlalchemy.dialects.postgresql import JSONB

from dbkit.memory import MemoryBackend
from dbkit.memory.hashed import HashedRows
from dbkit.models import Entity
from dbkit.types.errors import CheckFailed
from tests.memory.library import entities_of, table


def papers() -> tuple[Entity[Any, Any, Any], ...]:
    """Return a table with two documents, one of them checked."""
    metadata = MetaData()
    document = Column("document", JSONB(), server_default=text("'{}'"), nullable=False)
    found = table("papers", metadata, document, Column("other", JSONB()), Column("pages", Integer))
    found.append_constraint(CheckConstraint(func.jsonb_typeof(found.c.document) == "object", name="ck_papers_document"))
    return entities_of(metadata)


@pytest.fixture
def repository() -> Any:
    (entity,) = papers()
    return MemoryBackend((entity,)).repository(entity)


def test_a_document_is_the_callers_own(repository: Any) -> None:
    new = repository.entity.new(id=1, document={"a": [1]}, other=None, pages=1)
    created = repository.create(new)
    new.document["a"].append("given")
    created.document["a"].append("created")
    found = repository.get(1)
    found.document["a"].append("found")
    updated = repository.update(1, pages=2)
    updated.document["a"].append("updated")
    assert repository.get(1).document == {"a": [1]}
    assert [value.document for value in repository.page().items] == [{"a": [1]}]


def test_a_document_survives_a_change_of_another_column(repository: Any) -> None:
    repository.create(repository.entity.new(id=1, document={"a": 1.0, "b": None}, other=[], pages=1))
    assert repository.update(1, pages=2).document == {"a": 1.0, "b": None}
    assert repository.update(1, document={"c": "é"}).other == []
    assert repository.get(1).document == {"c": "é"}


@pytest.mark.parametrize("document", [None, False, 0, "", [], {}, {"a": {"b": [1, 2.5, "x", True, None]}}])
def test_every_kind_of_document_comes_back(repository: Any, document: Any) -> None:
    created = repository.create(repository.entity.new(id=1, document={}, other=document, pages=1))
    assert (created.other, type(created.other)) == (document, type(document))
    assert repr(repository.get(1)) == repr(created)


def test_a_check_reads_the_document(repository: Any) -> None:
    repository.create(repository.entity.new(id=1, document={"a": 1}, other=None, pages=1))
    with pytest.raises(CheckFailed):
        repository.update(1, document=["a"])
    assert repository.get(1).document == {"a": 1}


@pytest.mark.parametrize(
    "document", [[], [{}], "{}", "", 0, 2.5, True, {}, {"a": [{}]}, {"text": "{"}, "x" * 123, "x" * 251]
)
def test_a_check_tells_kinds_of_documents_apart(repository: Any, document: Any) -> None:
    new = repository.entity.new(id=1, document=document, other=None, pages=1)
    if isinstance(document, dict):
        repository.create(new)
    else:
        with pytest.raises(CheckFailed):
            repository.create(new)


def test_fields_come_in_their_order_after_a_change(repository: Any) -> None:
    created = repository.create(repository.entity.new(id=1, document={}, other=None, pages=1))
    changed = repository.update(1, document={"a": 1})
    assert list(created.__dict__) == list(changed.__dict__) == list(repository.entity.fields)


@pytest.mark.parametrize("key", [(1,), (1, 2), (1, 2, 3)])
def test_hashed_rows(key: tuple[int, ...]) -> None:
    rows, row, newer = HashedRows(), {"a": 1}, {"a": 2}
    assert rows.get(key) is None
    rows.put(key, row)
    assert rows.get(key) is row
    assert rows.get((*key[:-1], 9)) is None
    assert rows.get((9, *key[1:])) is None
    rows.put(key, newer)
    assert rows.get(key) is newer
    rows.remove(key)
    rows.remove(key)
    assert rows.get(key) is None


def test_keys_of_two_parts_are_told_apart() -> None:
    metadata = MetaData()
    Table(
        "drawers",
        metadata,
        Column("room", Integer, autoincrement=False, nullable=False),
        Column("place", Integer, autoincrement=False, nullable=False),
        Column("label", Integer),
        PrimaryKeyConstraint("room", "place", name="pk_drawers"),
    )
    (entity,) = entities_of(metadata)
    drawers = MemoryBackend((entity,)).repository(entity)
    for room, place in ((1, 2), (2, 1), (1, 1)):
        drawers.create(entity.new(room=room, place=place, label=room * 10 + place))
    assert [drawers.get(room, place).label for room, place in ((1, 1), (1, 2), (2, 1))] == [11, 12, 21]
    drawers.delete(2, 1)
    assert drawers.find(2, 1) is None
    assert drawers.get(1, 2).label == 12
    drawers.create(entity.new(room=2, place=1, label=5))
    assert drawers.get(2, 1).label == 5
