"""Lookups by the fields of a unique key: on PostgreSQL and in memory."""

from __future__ import annotations

import pickle
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import Column, Index, Integer, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint, func

from dbkit.database._sync.database import Database
from dbkit.memory import MemoryBackend
from dbkit.mock.factories import Factories
from dbkit.models import BUILDERS, CONNECTIONS, INVITES, PROVIDER_APPS
from dbkit.models.entity import Entity
from dbkit.types import AlreadyExists, TransactionAborted, ValueInvalid
from dbkit.verbs.transaction import TransactionOptions
from tests.memory.library import CODE_POINT, books, entities_of, table

_IDENTITY = "uq_connections_identity_live"
_CASES = [
    pytest.param(entity, key, id=key.name)
    for entity in (BUILDERS, CONNECTIONS, INVITES, PROVIDER_APPS)
    for key in entity.unique_keys.values()
]


@pytest.mark.dbkit(backend="both")
@pytest.mark.parametrize(("entity", "key"), _CASES)
def test_a_row_is_found_by_the_fields_of_each_of_its_unique_keys(
    db: Database, entity: Entity[Any, Any, Any], key: Any
) -> None:
    make = Factories(seed=1)
    factory, repository = getattr(make, entity.singular), getattr(db, entity.name)
    stored, other = factory.create(db), factory.create(db)
    values = {**vars(stored)}
    if any(values[name] is None for name in key.fields) and not key.nulls_not_distinct:
        assert repository._find_by(key, values) is None
    else:
        assert repository._find_by(key, values) == stored
        assert repository._find_by(key, vars(other)) == other


@pytest.mark.dbkit(backend="both")
def test_a_workspace_that_is_missing_is_looked_for_as_such(db: Database) -> None:
    make = Factories(seed=1)
    with_none = make.connection.create(db, provider_workspace_ref=None)
    place = {name: getattr(with_none, name) for name in ("project_id", "provider", "group_ref", "consumer_ref")}
    make.connection.create(db, **place, provider_workspace_ref="one")
    assert db.connections.find_live(*place.values()) == with_none
    assert db.connections.find_live(*place.values(), "two") is None


@pytest.mark.dbkit(backend="both")
def test_a_deleted_row_is_found_where_the_key_holds_deleted_rows(db: Database) -> None:
    make = Factories(seed=1)
    connection, builder = make.connection.create(db), make.builder.create(db)
    db.connections.delete(connection.project_id, connection.id, expected_version=connection.version)
    db.builders.delete(builder.id)
    (sign_in,) = (key for key in BUILDERS.unique_keys.values() if "idp_ref" in key.fields)
    assert db.connections._find_by(CONNECTIONS.unique_keys[_IDENTITY], vars(connection)) is None
    assert db.builders._find_by(sign_in, vars(builder)).deleted_at is not None


@pytest.mark.dbkit(backend="both")
def test_a_value_that_a_column_cannot_hold_is_refused_by_name(db: Database) -> None:
    with pytest.raises(ValueInvalid) as caught:
        db.claimed_domains.find_by_domain("a\0b")
    assert (caught.value.entity, caught.value.fields) == ("claimed_domains", ("domain",))


def test_a_row_is_found_by_what_its_key_makes_of_its_fields() -> None:
    (entity,) = entities_of(books())
    repository: Any = MemoryBackend((entity,)).repository(entity)
    key = entity.unique_keys["uq_books_title_live"]
    repository.create_many([entity.new(id=number, title=title) for number, title in enumerate(("Tao", "Ulysses"))])
    assert repository._find_by(key, {"title": "TAO"}).id == 0
    assert repository._find_by(key, {"title": "Ulysse"}) is None


def keyed() -> MetaData:
    """Return a table with unique keys: one with a condition, one of an expression, and one that knows NULL."""
    metadata = MetaData()
    columns = Column("title", CODE_POINT), Column("shelf", Integer), Column("place", Integer)
    both = UniqueConstraint("place", "title", name="uq_place_title", postgresql_nulls_not_distinct=True)
    found = table("books", metadata, *columns, both)
    Index("uq_shelf", found.c.shelf, unique=True, postgresql_where=found.c.place > 0)
    Index("uq_title_shelf", func.lower(found.c.title), found.c.shelf, unique=True)
    return metadata


def test_what_a_key_says_of_other_columns_is_not_asked_of_the_values() -> None:
    (entity,) = entities_of(keyed())
    repository: Any = MemoryBackend((entity,)).repository(entity)
    keys = entity.unique_keys
    for number, (title, shelf, place) in enumerate([("A", 1, 5), ("B", 2, 0), (None, 3, 7), ("C", None, None)]):
        repository.create(entity.new(id=number, title=title, shelf=shelf, place=place))

    def found(key: str, **values: Any) -> int | None:
        value = repository._find_by(keys[key], values)
        return None if value is None else int(value.id)

    assert [found("uq_shelf", shelf=shelf) for shelf in (1, 2, 3, None)] == [0, None, 2, None]
    assert found("uq_title_shelf", title="a", shelf=1) == 0
    assert found("uq_title_shelf", title="a", shelf=2) is None
    assert found("uq_title_shelf", title="C", shelf=None) is None
    assert [found("uq_place_title", place=7, title=None), found("uq_place_title", place=None, title="C")] == [2, 3]
    with pytest.raises(ValueInvalid) as caught:
        found("uq_place_title", place=None, title="\0")
    assert caught.value.fields == ("title",)


def test_a_key_that_cannot_be_sent_is_refused_in_a_failed_transaction_as_well() -> None:
    metadata = MetaData()
    Table("words", metadata, Column("word", CODE_POINT), PrimaryKeyConstraint("word", name="pk_words"))
    (entity,) = entities_of(metadata)
    tx = MemoryBackend((entity,)).begin(TransactionOptions())
    words: Any = tx.repository(entity)
    words.create(entity.new(word="a"))
    with suppress(AlreadyExists):
        words.create(entity.new(word="a"))
    with pytest.raises(TransactionAborted):
        words.find("a")
    with pytest.raises(ValueInvalid):
        words.find("a\0")
    tx.rollback()


def test_a_value_that_was_read_can_be_sent_to_another_process(memory_db: Database) -> None:
    stored = memory_db.builders.get(Factories(seed=1).builder.create(memory_db).id)
    assert pickle.loads(pickle.dumps(stored)) == stored
