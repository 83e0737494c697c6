"""The planner under the factories: what it counts, what it searches, and where it gives up."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import pytest
from pydantic import Field
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, MetaData, Uuid, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

import dbkit
from dbkit.mock.factories import BaseFactories, EntityFactory
from dbkit.mock.rows.row import PRESENT
from dbkit.mock.rows.samples import Samples
from dbkit.mock.rows.sources import BEGAN, Source
from dbkit.models import CONNECTIONS, ENTITIES, NAMING_CONVENTION, REVISIONS
from dbkit.models.columns import CODE_POINT_TEXT
from dbkit.types import CheckFailed, Filter, Text, Value, ValueInvalid, identifier


class RulesBase(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class NewPuzzle(Value):
    id: UUID = Field(default_factory=identifier(UUID))
    a: Text
    b: Text
    c: Text
    d: Text


class Puzzle(NewPuzzle):
    pass


class PuzzleModel(RulesBase):
    __tablename__ = "puzzles"

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    a: Mapped[str] = mapped_column(CODE_POINT_TEXT)
    b: Mapped[str] = mapped_column(CODE_POINT_TEXT)
    c: Mapped[str] = mapped_column(CODE_POINT_TEXT)
    d: Mapped[str] = mapped_column(CODE_POINT_TEXT)

    __table_args__ = (CheckConstraint(func.num_nonnulls(a, b, c, d) == 5, name="unsolvable"),)


class NewTicker(Value):
    id: UUID = Field(default_factory=identifier(UUID))
    symbol: Annotated[str, Field(pattern="^[A-Z]{3}$")]


class Ticker(NewTicker):
    pass


class TickerModel(RulesBase):
    __tablename__ = "tickers"

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    symbol: Mapped[str] = mapped_column(CODE_POINT_TEXT)


class NewNode(Value):
    id: UUID = Field(default_factory=identifier(UUID))
    parent_id: UUID


class Node(NewNode):
    pass


class NodeModel(RulesBase):
    __tablename__ = "nodes"

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    parent_id: Mapped[UUID] = mapped_column(Uuid())

    __table_args__ = (ForeignKeyConstraint(["parent_id"], ["nodes.id"]),)


class NoFilter(Filter):
    pass


PUZZLES = dbkit.Entity(PuzzleModel, new=NewPuzzle, value=Puzzle, filter=NoFilter)
TICKERS = dbkit.Entity(TickerModel, new=NewTicker, value=Ticker, filter=NoFilter)
NODES = dbkit.Entity(NodeModel, new=NewNode, value=Node, filter=NoFilter)


def test_a_circle_that_no_row_can_begin_is_refused() -> None:
    make = BaseFactories(1, [NODES])
    with pytest.raises(ValueInvalid, match="none can be the first") as raised:
        make.of(NODES).build()
    assert (raised.value.entity, raised.value.constraint) == ("nodes", "fk_nodes_parent_id")
    root = UUID(int=1)
    assert make.of(NODES).build(id=root, parent_id=root).parent_id == root
    assert make.of(NODES).build().parent_id == root


def test_a_rule_that_nothing_fulfils_is_given_up() -> None:
    with pytest.raises(CheckFailed) as raised:
        BaseFactories(1, [PUZZLES]).of(PUZZLES).build()
    assert raised.value.constraint == "ck_puzzles_unsolvable"
    assert raised.value.fields == ("a", "b", "c", "d")


def test_a_rule_of_the_value_alone_asks_for_a_declaration() -> None:
    make = BaseFactories(1, [TICKERS])
    with pytest.raises(ValueInvalid, match="declare them in a factory class") as raised:
        make.of(TICKERS).build()
    assert (raised.value.entity, raised.value.fields) == ("tickers", ("symbol",))
    with pytest.raises(ValueInvalid, match="Correct the fields named here"):
        make.of(TICKERS).build(symbol="no")
    assert make.of(TICKERS).build(symbol="ABC").symbol == "ABC"


def test_what_a_class_declares_is_in_its_coverage_too() -> None:
    class TickerFactory(EntityFactory):
        class Meta:
            entity = TICKERS

        symbol = "ABC"

    [ticker] = BaseFactories(1, [TICKERS], factories=[TickerFactory]).of(TICKERS).coverage()
    assert ticker.symbol == "ABC"


@pytest.mark.parametrize("field", ["name", "primary_email", "base_url", "domain", "first_name", "last_name", "ref"])
def test_texts_of_two_numbers_or_seeds_differ(field: str) -> None:
    texts = {Source(seed).text(field, number) for seed in (0, 1, 12, "1", "a") for number in range(1, 200)}
    assert len(texts) == 5 * 199


def test_identifiers_and_times_are_in_order() -> None:
    source = Source(3)
    ids = [source.identifier(number) for number in range(1, 100)]
    assert ids == sorted(set(ids))
    assert {each.version for each in ids} == {7}
    assert BEGAN < source.instant(1) < source.instant(2)


def test_numbers_of_many_parents_take_little_memory() -> None:
    samples = Samples(ENTITIES)
    known = samples.plan(REVISIONS, {}).row.fields
    for number in range(12_000):
        given = {**known, "id": samples.fresh(REVISIONS, "id"), "integration_id": samples.source.identifier(number)}
        samples.plan(REVISIONS, given)
    assert len(samples._counted) <= 10_000


def test_a_plan_says_what_goes_before_and_what_is_needed() -> None:
    samples = Samples(ENTITIES)
    first = samples.plan(CONNECTIONS, {})
    names = [row.entity.name for row in first.before]
    assert names.index("organizations") < names.index("projects") < names.index("groups")
    second = samples.plan(CONNECTIONS, {"provider_app_id": PRESENT})
    assert [row.entity.name for row in second.before] == ["encryption_keys", "provider_apps"]
    assert {row.entity.name for row in second.row.needs} >= {"projects", "groups", "consumers", "provider_apps"}
