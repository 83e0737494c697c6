from __future__ import annotations

import dbkit


def test_a_database_in_memory_has_no_pool() -> None:
    with dbkit.connect("memory://") as db:
        assert db.pool_statistics() is None


async def test_a_database_in_memory_has_no_pool_async() -> None:
    async with dbkit.connect_async("memory://") as db:
        assert db.pool_statistics() is None


def test_the_database_of_a_context_has_none_before_its_first_use() -> None:
    assert dbkit.current().pool_statistics() is None


def test_a_pool_tells_what_it_has_and_did(postgres_url: str) -> None:
    with dbkit.connect(postgres_url) as db:
        with db.transaction():
            during = db.pool_statistics()
        after = db.pool_statistics()
    assert during is not None
    assert after is not None
    assert (during.in_use, during.size_max, during.is_up) == (1, 4, True)
    assert (after.in_use, after.hold.count, after.wait.count) == (0, 1, 1)
    assert after.opened >= 1


async def test_a_pool_tells_what_it_has_and_did_async(postgres_url: str) -> None:
    async with dbkit.connect_async(postgres_url) as db:
        async with db.transaction():
            during = db.pool_statistics()
        after = db.pool_statistics()
    assert during is not None
    assert after is not None
    assert (during.in_use, after.in_use, after.hold.count) == (1, 0, 1)
