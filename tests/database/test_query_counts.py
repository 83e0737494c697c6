"""Counting the queries of a block: what is counted, whose, and what a wrong number says."""

from __future__ import annotations

import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import dbkit
from dbkit.testing import UnexpectedQueries
from dbkit.testing.fix_queries import ExpectQueries
from dbkit.types import NewProvider, ProviderFilter, ProviderSlug

pytestmark = pytest.mark.dbkit(backend="memory")

ACME = NewProvider(slug=ProviderSlug("acme"), display_name="Acme", base_url="https://acme.example")


def test_the_right_number_passes(db: dbkit.Database) -> None:
    with db.expect_queries(2) as queries:
        db.providers.create(ACME)
        assert [query.sql for query in queries] == ["insert providers"]
        assert db.providers.exists(ACME.slug)
    assert [query.sql for query in queries] == ["insert providers", "exists providers"]


@pytest.mark.parametrize("expected", [0, 2])
def test_another_number_says_what_was_sent_and_from_where(db: dbkit.Database, expected: int) -> None:
    with pytest.raises(UnexpectedQueries) as caught, db.expect_queries(expected):
        db.providers.count(ProviderFilter())
    (query,) = caught.value.queries
    assert query.sql == "count providers"
    assert query.caller.startswith("tests/database/test_query_counts.py:")
    assert query.caller.endswith(" in test_another_number_says_what_was_sent_and_from_where")
    message = str(caught.value)
    assert message.startswith(f"expected {expected} queries, but 1 was sent\n")
    assert query.sql in message
    assert query.caller in message


def test_none_at_all(db: dbkit.Database) -> None:
    with pytest.raises(UnexpectedQueries, match=r"^expected 1 query, but none were sent$"), db.expect_queries(1):
        pass


def test_at_most(db: dbkit.Database) -> None:
    for sent in range(3):
        with db.expect_queries(at_most=2):
            for _ in range(sent):
                db.providers.find(ACME.slug)
    with pytest.raises(UnexpectedQueries, match="at most 1 query, but 2 were"), db.expect_queries(at_most=1):
        db.providers.find(ACME.slug)
        db.providers.find(ACME.slug)


@pytest.mark.parametrize(
    ("exactly", "at_most"), [(None, None), (1, 1), (-1, None), (True, None), ("2", None), (None, 1.0)]
)
def test_one_number_is_needed(db: dbkit.Database, exactly: Any, at_most: Any) -> None:
    with pytest.raises(TypeError, match="one number"), db.expect_queries(exactly, at_most=at_most):
        pass


def test_an_exception_goes_before_the_number(db: dbkit.Database) -> None:
    with pytest.raises(KeyError), db.expect_queries(1):
        raise KeyError


def test_blocks_in_blocks(db: dbkit.Database) -> None:
    with db.expect_queries(3):
        db.providers.find(ACME.slug)
        with db.expect_queries(1):
            db.providers.find(ACME.slug)
        db.providers.find(ACME.slug)


def test_after_the_block_nothing_counts(db: dbkit.Database) -> None:
    with db.expect_queries(0) as queries:
        pass
    db.providers.find(ACME.slug)
    assert queries == []


def test_another_database_does_not_count(db: dbkit.Database) -> None:
    with dbkit.connect("memory://") as other, db.expect_queries(1), other.expect_queries(0):
        db.providers.find(ACME.slug)


def test_a_database_with_stand_ins_is_the_same_one(db: dbkit.Database) -> None:
    with db.replacing(groups=object()).expect_queries(1):
        db.providers.find(ACME.slug)


def test_transactions_count_with_their_database(db: dbkit.Database) -> None:
    with db.expect_queries(3), db.transaction() as tx:
        tx.providers.find(ACME.slug)
        with tx.expect_queries(2), tx.transaction() as savepoint:
            savepoint.providers.find(ACME.slug)
            db.providers.find(ACME.slug)


def test_a_long_iteration_is_a_query_for_each_chunk(db: dbkit.Database) -> None:
    slugs = [ProviderSlug(f"p{number:04}") for number in range(1_000)]
    db.providers.create_many([ACME.model_copy(update={"slug": slug}) for slug in slugs])
    for unit in (db, db.transaction()):
        with db.expect_queries(2) as queries:
            if isinstance(unit, dbkit.Database):
                assert len(list(unit.providers.iterate())) == 1_000
            else:
                with unit as tx:
                    assert len(list(tx.providers.iterate())) == 1_000
        assert {query.caller.partition(" in ")[2] for query in queries} == {
            "test_a_long_iteration_is_a_query_for_each_chunk"
        }


def test_a_thread_counts_where_it_has_the_context(db: dbkit.Database) -> None:
    with ThreadPoolExecutor(1) as pool:
        with db.expect_queries(0):
            pool.submit(db.providers.find, ACME.slug).result()
        with db.expect_queries(1) as queries:
            pool.submit(dbkit.carry(db.providers.find), ACME.slug).result()
    assert queries[0].caller


async def test_tasks_count_where_they_are_started(async_db: dbkit.AsyncDatabase) -> None:
    outside = contextvars.copy_context()
    with async_db.expect_queries(2) as queries:
        await asyncio.gather(async_db.providers.find(ACME.slug), _find(async_db))
        await asyncio.create_task(_find(async_db), context=outside)
    assert [query.caller.partition(" in ")[2] for query in queries] == ["", "_find"]


async def test_two_tasks_count_their_own(async_db: dbkit.AsyncDatabase) -> None:
    both = asyncio.Barrier(2)

    async def counting(number: int) -> None:
        with async_db.expect_queries(number):
            await both.wait()
            for _ in range(number):
                await _find(async_db)
            await both.wait()

    await asyncio.gather(counting(1), counting(3))


async def _find(db: dbkit.AsyncDatabase) -> None:
    assert await db.providers.find(ACME.slug) is None


def test_a_database_that_its_first_use_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_URL", "memory://")
    with dbkit.current().expect_queries(2):
        dbkit.current().providers.find(ACME.slug)
        with dbkit.current().transaction() as tx:
            tx.providers.find(ACME.slug)


def test_the_fixture_counts_on_any_database(db: dbkit.Database, expect_queries: ExpectQueries) -> None:
    with dbkit.connect("memory://") as other, expect_queries(2):
        db.providers.find(ACME.slug)
        other.providers.find(ACME.slug)
    with pytest.raises(UnexpectedQueries), expect_queries(at_most=0):
        db.providers.find(ACME.slug)
