from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from dbkit import AsyncDatabase
from dbkit.memory.control.errors import PointNotReached, SessionsUnfinished, TransactionShared, TransactionsOpen
from dbkit.mock.factories import Factories
from dbkit.types import (
    AlreadyExists,
    Builder,
    BuilderId,
    ConfigurationInvalid,
    LockNotAvailable,
    NotFound,
    TransactionConflict,
    ValueInvalid,
)

Work = Callable[[Any], Awaitable[Any]]


@pytest.fixture
def db(async_memory_db: AsyncDatabase) -> AsyncDatabase:
    """An empty database in memory."""
    return async_memory_db


@pytest.fixture
async def ids(db: AsyncDatabase, make: Factories) -> list[BuilderId]:
    """Two builders."""
    return [(await db.builders.create(make.builder.build())).id for _ in range(2)]


def renaming(first: BuilderId, *others: BuilderId, to: str) -> Work:
    async def work(tx: Any) -> str:
        for each in (first, *others):
            await tx.builders.update(each, first_name=to)
        return to

    return work


async def name_of(db: AsyncDatabase, id_: BuilderId) -> str | None:
    return (await db.builders.get(id_)).first_name


async def test_a_session_stops_where_it_is_sent(db: AsyncDatabase, ids: list[BuilderId]) -> None:
    async with db.memory.steps() as steps:
        session = steps.session(renaming(ids[0], to="Ada"), name="first")
        assert (session.at, session.is_done) == (None, False)
        for point, name in (("update builders", None), ("after update builders", None), ("commit", None)):
            await session.run_to(point)
            assert session.at == point
            assert (await name_of(db, ids[0]) == "Ada") is (name == "Ada")
        await session.run_to("after commit")
        assert await name_of(db, ids[0]) == "Ada"
        assert await session.finish() == "Ada"
        assert session.is_done


async def test_a_race_is_a_plain_test(db: AsyncDatabase, ids: list[BuilderId]) -> None:
    """Both read before either writes, so one of the two changes is lost."""

    async def append(tx: Any) -> Builder:
        builder = await tx.builders.get(ids[0])
        changed: Builder = await tx.builders.update(ids[0], first_name=f"{builder.first_name}!")
        return changed

    await db.builders.update(ids[0], first_name="Ada")
    async with db.memory.steps() as steps:
        first, second = steps.session(append), steps.session(append)
        await first.run_to("before update builders")
        await second.finish()
        await first.finish()
    assert await name_of(db, ids[0]) == "Ada!"


async def test_a_session_that_waits_for_a_lock_says_so(db: AsyncDatabase, ids: list[BuilderId]) -> None:
    async with db.memory.steps() as steps:
        first = steps.session(renaming(ids[0], to="Ada"))
        second = steps.session(renaming(ids[0], to="Grace"))
        await first.run_to("commit")
        await second.run_until_waiting()
        assert (second.is_waiting, second.is_done, first.is_waiting) == (True, False, False)
        with pytest.raises(PointNotReached, match="waits for a lock of another session"):
            await second.run_to("commit")
        await first.finish()
        assert not second.is_waiting
        assert await name_of(db, ids[0]) == "Ada"
        await second.run_to("commit")
        assert await name_of(db, ids[0]) == "Ada"
        await second.finish()
    assert await name_of(db, ids[0]) == "Grace"


async def test_a_deadlock_has_one_victim(db: AsyncDatabase, ids: list[BuilderId]) -> None:
    async with db.memory.steps() as steps:
        first = steps.session(renaming(*ids, to="Ada"))
        second = steps.session(renaming(*reversed(ids), to="Grace"))
        await first.run_to("after update builders")
        await second.run_to("after update builders")
        await first.run_until_waiting()
        with pytest.raises(TransactionConflict) as raised:
            await second.finish()
        assert raised.value.sqlstate == "40P01"
        await first.finish()
    assert [await name_of(db, each) for each in ids] == ["Ada", "Ada"]


async def test_a_session_may_be_any_code(db: AsyncDatabase, ids: list[BuilderId]) -> None:
    async def service() -> int:
        await db.builders.update(ids[0], first_name="Ada")
        async with db.transaction(isolation="serializable") as tx:
            await tx.builders.delete(ids[1])
        return await db.builders.count()

    async with db.memory.steps() as steps:
        session = steps.call(service)
        await session.run_to("after update builders")
        assert await name_of(db, ids[0]) == "Ada"
        await session.run_to("commit")
        assert await db.builders.count() == 2
        await session.run_to("count builders")
        assert await session.finish() == 1


async def test_repositories_that_were_taken_before_stop_too(db: AsyncDatabase, ids: list[BuilderId]) -> None:
    builders = db.builders
    async with db.memory.steps() as steps:
        session = steps.call(lambda: builders.get(ids[0]))
        await session.run_to("after find builders")
        assert (await session.finish()).id == ids[0]
    assert (await builders.get(ids[0])).id == ids[0]


async def test_a_session_in_serializable_transactions(db: AsyncDatabase, ids: list[BuilderId]) -> None:
    async def delete_unless_last(tx: Any) -> None:
        page = await tx.builders.page(limit=10)
        if len(page.items) > 1:
            await tx.builders.delete(page.items[0].id if tx is first_tx[0] else page.items[1].id)

    first_tx: list[Any] = []

    async def first_work(tx: Any) -> None:
        first_tx.append(tx)
        await delete_unless_last(tx)

    async with db.memory.steps() as steps:
        first = steps.session(first_work, isolation="serializable")
        second = steps.session(delete_unless_last, isolation="serializable")
        await first.run_to("delete builders")
        await second.run_to("commit")
        await second.finish()
        with pytest.raises(TransactionConflict):
            await first.finish()
    assert await db.builders.count() == 1


async def test_a_session_rolls_back_by_its_error(db: AsyncDatabase, ids: list[BuilderId], make: Factories) -> None:
    async def work(tx: Any) -> None:
        await tx.builders.purge(ids[1])
        await tx.builders.create(make.builder.build(id=ids[0]))

    async with db.memory.steps() as steps:
        session = steps.session(work)
        await session.run_to("rollback")
        with pytest.raises(AlreadyExists):
            await session.finish()
    assert await db.builders.exists(ids[1])


async def test_a_point_that_is_not_reached_is_an_error(db: AsyncDatabase, ids: list[BuilderId]) -> None:
    async with db.memory.steps() as steps:
        session = steps.session(renaming(ids[0], to="Ada"), name="first")
        with pytest.raises(PointNotReached, match="first did not reach 'delete builders': it has ended"):
            await session.run_to("delete builders")
        assert await session.finish() == "Ada"
        other = steps.session(renaming(ids[0], to="Ada"))
        with pytest.raises(PointNotReached, match="did not wait"):
            await other.run_until_waiting()
        await other.finish()


async def test_what_hangs_ends_by_the_limit(db: AsyncDatabase, ids: list[BuilderId]) -> None:
    async with db.memory.steps(limit_seconds=0.05) as steps:
        first, second = (steps.session(renaming(ids[0], to=name)) for name in ("Ada", "Grace"))
        await first.run_to("commit")
        with pytest.raises(PointNotReached, match="did not end: it waits for a lock"):
            await second.finish()
        await first.finish()
        await second.finish()


@pytest.mark.parametrize("point", ["update", "update nobodies", "tickle builders", "", "after", "begin"])
async def test_names_of_no_point_are_refused(db: AsyncDatabase, ids: list[BuilderId], point: str) -> None:
    async with db.memory.steps() as steps:
        session = steps.session(renaming(ids[0], to="Ada"))
        with pytest.raises(ValueInvalid, match="there is no point"):
            await session.run_to(point)
        await session.finish()


async def test_sessions_are_finished_or_rolled_back(db: AsyncDatabase, ids: list[BuilderId]) -> None:
    snapshot = db.memory.snapshot()
    with pytest.raises(SessionsUnfinished, match="sessions were not finished") as raised:
        async with db.memory.steps() as steps:
            second = steps.session(renaming(ids[0], to="Grace"), name="second")
            first = steps.session(renaming(ids[0], to="Ada"), name="first")
            steps.session(renaming(ids[0], to="Katya"), name="third")
            await first.run_to("commit")
            await second.run_until_waiting()
            with pytest.raises(TransactionsOpen, match="2 transactions are open"):
                db.memory.restore(snapshot)
    for said in ("first: stands at 'commit'", "second: waits for a lock of another session", "third: has not begun"):
        assert said in str(raised.value)
    assert db.memory.open_transactions == 0
    assert not db.memory.diff(snapshot)


async def test_an_error_of_the_test_goes_before_what_was_not_finished(db: AsyncDatabase, ids: list[BuilderId]) -> None:
    with pytest.raises(NotFound):
        async with db.memory.steps() as steps:
            await steps.session(renaming(ids[0], to="Ada")).run_to("commit")
            raise NotFound
    assert db.memory.open_transactions == 0


async def test_one_block_of_steps_at_a_time(db: AsyncDatabase) -> None:
    async with db.memory.steps():
        with pytest.raises(ConfigurationInvalid):
            async with db.memory.steps():
                pass


async def test_a_lock_timeout_of_a_session(ids: list[BuilderId], db: AsyncDatabase) -> None:
    async def lock(tx: Any) -> None:
        await tx.builders.lock(ids[0], nowait=True)

    async with db.memory.steps() as steps:
        first = steps.session(renaming(ids[0], to="Ada"))
        await first.run_to("commit")
        with pytest.raises(LockNotAvailable):
            await steps.session(lock).finish()
        await first.finish()


async def test_a_transaction_is_for_one_caller_at_a_time(db: AsyncDatabase, ids: list[BuilderId]) -> None:
    taken: list[Any] = []

    async def work(tx: Any) -> None:
        taken.append(tx)
        await tx.builders.update(ids[0], first_name="Grace")

    async with db.memory.steps() as steps:
        first, second = steps.session(renaming(ids[0], to="Ada")), steps.session(work)
        await first.run_to("commit")
        await second.run_until_waiting()
        (tx,) = taken
        for use in (tx.builders.get, tx.builders.delete):
            with pytest.raises(TransactionShared):
                await use(ids[1])
        await first.finish()
        await second.finish()
    assert await name_of(db, ids[0]) == "Grace"
