"""What the twin reads from the models, and what it refuses to guess."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import create_model
from sqlalchemy import (
    ARRAY,
    DDL,
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    FetchedValue,
    Float,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    cast,
    column,
    event,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

from dbkit.memory import MemoryBackend
from dbkit.memory.datatypes import JsonbType
from dbkit.models import ENTITIES
from dbkit.types.errors import ConfigurationInvalid
from dbkit.types.filter import AnyOf, Filter, IgnoringCase, Prefix
from tests.memory.library import CODE_POINT, entities_of, reference, table


class NameFilter(Filter):
    name: IgnoringCase | None = None


def with_index_on_free_text(metadata: MetaData) -> None:
    Index("ix_a_name", table("a", metadata, Column("name", Text())).c.name)


def with_text_predicate(metadata: MetaData) -> None:
    a = table("a", metadata, Column("name", CODE_POINT))
    Index("uq_a_name", a.c.name, unique=True, postgresql_where=text("name <> ''"))


def with_folded_free_text(metadata: MetaData) -> None:
    a = table("a", metadata, Column("name", Text()))
    Index("uq_a_name", func.lower(a.c.name), unique=True)


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ([Column("x", Float())], "the type of x"),
        ([Column("x", ARRAY(Integer()))], "the type of x"),
        ([CheckConstraint("id > 0", name="ck_a_id")], "the check ck_a_id"),
        ([Column("x", CODE_POINT, server_default=text("gen_random_uuid()"))], "the default of x"),
        ([Column("x", CODE_POINT, server_default=text("now()"))], "the default of x"),
        ([Column("x", Integer(), server_default="many")], "the default of x"),
        ([Column("x", Integer(), Identity())], "the identity x"),
        ([Column("x", Integer(), Computed("id * 2"))], "the generated column x"),
        ([Column("x", Integer()), reference("x", "a", match="FULL")], "the foreign key fk_x"),
        ([Column("x", Integer()), reference("x", "a", ondelete="FORGET")], "the foreign key fk_x"),
        ([Column("x", Integer()), UniqueConstraint("x", name="uq_a_x", deferrable=True)], "unique constraint uq_a_x"),
        ([Column("x", Integer()), ExcludeConstraint(("x", "="), name="ex_a_x")], "the constraint ex_a_x"),
        ([Column("x", Integer(), unique=True)], "a constraint of the kind UniqueConstraint"),
        ([Column("x", Integer(), default=1)], "the default of x"),
        ([Column("x", Integer(), Sequence("numbers"))], "the default of x"),
        ([CheckConstraint(column("id") == text("'one'"), name="ck_a_id")], "the check ck_a_id"),
        ([Column("x", Integer()), ExcludeConstraint(("x", "="), name="zz_a_x")], "the constraint zz_a_x"),
        ([Column("x", Integer(), onupdate=1)], "the value of x after an update"),
        ([Column("x", Integer(), server_onupdate=FetchedValue())], "the value of x after an update"),
    ],
)
def test_a_rule_that_cannot_be_evaluated_is_refused(parts: list[Any], rule: str) -> None:
    metadata = MetaData()
    table("a", metadata, *parts)
    with pytest.raises(ConfigurationInvalid, match=rule) as caught:
        MemoryBackend(entities_of(metadata))
    assert caught.value.entity == "a"


def with_a_deferrable_key(metadata: MetaData) -> None:
    Table("a", metadata, Column("id", Integer), PrimaryKeyConstraint("id", name="pk_a", deferrable=True))


def with_a_trigger(metadata: MetaData) -> None:
    made = DDL("CREATE TRIGGER tr_a BEFORE INSERT ON a EXECUTE FUNCTION f()")
    event.listen(table("a", metadata), "after_create", made)


def with_a_policy(metadata: MetaData) -> None:
    table("a", metadata)
    event.listen(metadata, "after_create", DDL("CREATE POLICY po_a ON a USING (true)"))


def with_a_trigger_before_it(metadata: MetaData) -> None:
    event.listen(table("a", metadata), "before_create", DDL("CREATE UNIQUE INDEX uq_b ON b (id)"))


def with_a_policy_before_all(metadata: MetaData) -> None:
    table("a", metadata)
    event.listen(metadata, "before_create", DDL("ALTER TABLE b ENABLE ROW LEVEL SECURITY"))


def with_a_rule_behind_other_sql(metadata: MetaData) -> None:
    a = table("a", metadata)
    event.listen(a, "after_create", DDL("ALTER TABLE a SET (fillfactor = 70)"))
    event.listen(a, "after_create", DDL("CREATE RULE ru_a AS ON DELETE TO a DO INSTEAD NOTHING"))


def with_two_identities(metadata: MetaData) -> None:
    table("a", metadata, Column("created_at", Integer, Identity()), Column("updated_at", Integer, Identity()))


def that_counts(**options: int) -> Callable[[MetaData], None]:
    def build(metadata: MetaData) -> None:
        table("a", metadata, Column("created_at", Integer, Identity(**options)))

    return build


def with_a_serial_key(metadata: MetaData) -> None:
    key = Column("created_at", Integer, autoincrement=True)
    Table("a", metadata, Column("id", Integer), key, PrimaryKeyConstraint("created_at", name="pk_a"))


def with_a_key_in_sql(metadata: MetaData) -> None:
    Index("uq_a_name", text("lower(name)"), unique=True, _table=table("a", metadata, Column("name", CODE_POINT)))


def with_a_reference_to_no_key(metadata: MetaData) -> None:
    to_y = ForeignKeyConstraint(["x"], ["a.y"], name="fk_x")
    table("a", metadata, Column("x", Integer), Column("y", Integer), to_y)


def that_inherits(metadata: MetaData) -> None:
    table("a", metadata).dialect_options["postgresql"]["inherits"] = "b"


@pytest.mark.parametrize(
    ("build", "rule"),
    [
        (with_a_deferrable_key, "the primary key pk_a"),
        (with_a_trigger, "the trigger"),
        (with_a_policy, "the policy"),
        (that_inherits, "the inheritance"),
        (with_a_trigger_before_it, "the unique"),
        (with_a_policy_before_all, "the row level security"),
        (with_a_rule_behind_other_sql, "the rule"),
        (with_two_identities, "the identity updated_at"),
        (that_counts(start=5), "the identity created_at"),
        (that_counts(start=2), "the identity created_at"),
        (that_counts(increment=2), "the identity created_at"),
        (that_counts(minvalue=5), "the identity created_at"),
        (that_counts(maxvalue=100), "the identity created_at"),
        (with_a_serial_key, "the default of created_at"),
        (with_a_key_in_sql, "the unique key uq_a_name"),
        (with_a_reference_to_no_key, "the foreign key fk_x"),
    ],
)
def test_what_no_rule_of_the_twin_is_made_of_is_refused(build: Any, rule: str) -> None:
    """What PostgreSQL would enforce and the twin does not read is named when the entities are taken in."""
    metadata = MetaData()
    build(metadata)
    with pytest.raises(ConfigurationInvalid, match=rule):
        MemoryBackend(entities_of(metadata))


def test_of_several_rules_the_first_by_name_is_refused() -> None:
    """So that each run says the same."""
    metadata = MetaData()
    table("a", metadata, *(ExcludeConstraint(("id", "="), name=f"ex_{number:02}") for number in range(20)))
    with pytest.raises(ConfigurationInvalid, match="ex_00"):
        MemoryBackend(entities_of(metadata))


def test_a_table_whose_columns_are_not_the_fields_of_its_value_is_refused() -> None:
    """A column that no value shows is refused, because the twin would not know what is in it."""
    metadata = MetaData()
    found = table("a", metadata)
    (entity,) = entities_of(metadata)
    found.append_column(Column("late", Integer))
    with pytest.raises(ConfigurationInvalid, match="its columns are not the fields"):
        MemoryBackend((entity,))


def test_sql_that_makes_no_rule_is_none_of_the_twins() -> None:
    """SQL beside a table's creation that makes no rule of it is left alone."""
    metadata = MetaData()
    event.listen(table("a", metadata), "after_create", DDL("ALTER TABLE a SET (fillfactor = 70)"))
    event.listen(metadata, "after_create", lambda *_arguments, **_options: None)
    MemoryBackend(entities_of(metadata))


@pytest.mark.parametrize("build", [with_index_on_free_text, with_text_predicate, with_folded_free_text])
def test_an_index_that_cannot_be_evaluated_is_refused(build: Any) -> None:
    metadata = MetaData()
    build(metadata)
    with pytest.raises(ConfigurationInvalid, match="name"):
        MemoryBackend(entities_of(metadata))


def test_a_filter_that_folds_free_text_is_refused() -> None:
    metadata = MetaData()
    table("a", metadata, Column("name", Text()))
    with pytest.raises(ConfigurationInvalid, match="the filter on name"):
        MemoryBackend(entities_of(metadata, a=NameFilter))


def test_a_filter_that_folds_free_text_behind_another_is_refused() -> None:
    filter_ = create_model("AFilter", __base__=Filter, id=(int | None, None), name=(IgnoringCase | None, None))
    metadata = MetaData()
    table("a", metadata, Column("name", Text()))
    with pytest.raises(ConfigurationInvalid, match="the filter on name"):
        MemoryBackend(entities_of(metadata, a=filter_))


def test_a_filter_that_compares_free_text_is_taken() -> None:
    """Whether texts are equal, and where one begins, is no matter of a collation."""
    filter_ = create_model("AFilter", __base__=Filter, name=(str | AnyOf[str] | Prefix | None, None))
    metadata = MetaData()
    table("a", metadata, Column("name", Text()))
    (entity,) = entities_of(metadata, a=filter_)
    a = MemoryBackend((entity,)).repository(entity)
    a.create_many([entity.new(id=number, name=name) for number, name in enumerate(("ab", "Ab", "b"))])
    assert [[row.id for row in a.page(filter_(name=name))] for name in ("Ab", AnyOf("b", "ab"), Prefix("a"))] == [
        [1],
        [0, 2],
        [0],
    ]


def test_what_counts_from_one_is_an_identity() -> None:
    """An identity may say what it does anyway."""
    metadata = MetaData()
    table("a", metadata, Column("created_at", Integer, Identity(start=1, increment=1, minvalue=1)))
    (entity,) = entities_of(metadata)
    a = MemoryBackend((entity,)).repository(entity)
    assert [a.create(entity.new(id=number)).created_at for number in (7, 8)] == [1, 2]


def test_a_key_that_is_given_needs_no_numbers() -> None:
    """SQLAlchemy would number an integer key by itself; a value that holds one goes before that."""
    metadata = MetaData()
    Table("a", metadata, Column("id", Integer), PrimaryKeyConstraint("id", name="pk_a"))
    (entity,) = entities_of(metadata)
    assert MemoryBackend((entity,)).repository(entity).create(entity.new(id=7)).id == 7


def test_a_foreign_key_to_an_unknown_entity_is_refused() -> None:
    metadata = MetaData()
    table("a", metadata)
    table("b", metadata, Column("a", Integer), reference("a", "a"))
    with pytest.raises(ConfigurationInvalid, match="a is no entity of this database"):
        MemoryBackend(entities_of(metadata)[1:])


def test_an_entity_of_another_database_is_refused() -> None:
    with pytest.raises(ConfigurationInvalid, match="not among the entities"):
        MemoryBackend(()).repository(ENTITIES[0])


def test_the_rules_of_the_same_entities_are_read_once() -> None:
    assert MemoryBackend(ENTITIES).rows(ENTITIES[0]) is MemoryBackend(ENTITIES).rows(ENTITIES[0])


def test_a_generated_column_follows_its_row() -> None:
    metadata = MetaData()
    done, total = Column("done", Integer), Column("total", Integer)
    percent = func.round(cast(done, Numeric) * 100 / func.nullif(total, 0), 2)
    table("a", metadata, done, total, Column("percent", Numeric(5, 2), Computed(percent)))
    (entity,) = entities_of(metadata)
    a = MemoryBackend((entity,)).repository(entity)
    assert str(a.create(entity.new(id=1, done=1, total=3)).percent) == "33.33"
    assert str(a.update(1, done=2).percent) == "66.67"
    assert a.update(1, total=0).percent is None


def test_defaults() -> None:
    metadata = MetaData()
    expires = func.now() + text("interval '14 days'")
    table(
        "a",
        metadata,
        Column("created_at", CODE_POINT, server_default=text("'it''s'::text")),
        Column("updated_at", DateTime(timezone=True), server_default=expires),
        Column("deleted_at", JSONB(), server_default=text("'{\"a\": [1]}'")),
        Column("version", Integer, server_default=text("1")),
    )
    (entity,) = entities_of(metadata)
    now = datetime(2024, 1, 1, tzinfo=UTC)
    row = MemoryBackend((entity,)).rows(entity).table.new_row(entity.new(id=1), now)
    assert {**row, "deleted_at": JsonbType.unpack(row["deleted_at"])} == {
        "id": 1,
        "created_at": "it's",
        "updated_at": now + timedelta(days=14),
        "deleted_at": {"a": [1]},
        "version": 1,
    }
