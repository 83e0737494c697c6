"""Row locks of several transactions: what keeps whom waiting, what writes hold, and what a lock returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._async.rows import AsyncRows, Call
from dbkit.testing.conformance._async.stage import AsyncStage, lost
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import Subject, over
from dbkit.testing.conformance.contested import at_each_level, contested, rekeyed, upsert_changes_a_key
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import LockNotAvailable, NotFound
from dbkit.types.lock import LockStrength
from dbkit.verbs.locking import LOCK_STRENGTHS
from dbkit.verbs.transaction import Isolation

_LETS_PASS: dict[LockStrength, frozenset[LockStrength]] = {
    "update": frozenset(),
    "no key update": frozenset({"key share"}),
    "share": frozenset({"share", "key share"}),
    "key share": frozenset({"no key update", "share", "key share"}),
}

_MEETING_CHANGES: tuple[LockStrength, ...] = ("update", "no key update", "share")
"""What a change of a row that is no part of a key does not let pass."""


def _each_pair(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each strength that is held with each one that is wanted."""
    for name, arguments in contested(entities):
        for held in LOCK_STRENGTHS:
            for wanted in LOCK_STRENGTHS:
                pair = f"{held} and {wanted}".replace(" ", "_")
                yield f"{name}-{pair}", (*arguments, held, wanted)


@over(_each_pair)
async def who_passes_whom(
    world: AsyncWorld, entity: AnyEntity, field: str, held: LockStrength, wanted: LockStrength
) -> None:
    """See which strength lets which one pass: waiting, not waiting, and leaving the row out."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holder, other = await stage.begin(), await stage.begin()
        await holder.do(rows.lock(1, held))
        passes = wanted in _LETS_PASS[held]
        assert await _gets(stage, rows, wanted) is passes
        assert await other.do(rows.lock(1, wanted, skip_locked=True)) == ("10" if passes else None)
        step = await other.start(rows.lock(1, wanted))
        assert step.is_waiting is not passes
        await holder.commit()
        assert await step.result() == "10"


def _writes(rows: AsyncRows) -> dict[str, tuple[Call, frozenset[LockStrength]]]:
    """Return what lets which strengths pass."""
    keyless, all_of_them = _LETS_PASS["no key update"], frozenset(LOCK_STRENGTHS)
    return {
        "a change": (rows.change(1, "11"), keyless),
        "a change to what it was": (rows.change(1, "10"), keyless),
        "an upsert": (rows.upsert(1, "11"), _LETS_PASS["update"] if upsert_changes_a_key(rows.entity) else keyless),
        "a change by a condition": (rows.change_matching("10", "11"), keyless),
        "a row that was there already": (rows.insert_missing(1, "11"), all_of_them),
        "a delete": (rows.delete(1), frozenset()),
    }


@over(contested)
async def writes_hold_their_rows(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a change holds its row for `no key update`, a delete for `update`, and an insert that was none not."""
    rows = await AsyncRows.of(world, entity, field)
    for name, (write, passing) in _writes(rows).items():
        async with AsyncStage(world.db) as stage:
            await (await stage.begin()).do(write)
            assert {wanted for wanted in LOCK_STRENGTHS if await _gets(stage, rows, wanted)} == passing, name


@over(rekeyed)
async def a_change_of_a_key_holds_the_row_as_a_delete_does(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that nobody locks a row whose unique key another transaction changes."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        await (await stage.begin()).do(rows.change(1, "11"))
        assert not [wanted for wanted in LOCK_STRENGTHS if await _gets(stage, rows, wanted)]
    async with AsyncStage(world.db) as stage:
        await (await stage.begin()).do(rows.change(1, "10"))
        assert [wanted for wanted in LOCK_STRENGTHS if await _gets(stage, rows, wanted)] == ["key share"]


@over(contested)
async def a_write_waits_as_a_lock_does(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a change waits for all but `key share`, a delete for all, and an insert that is none for nobody."""
    rows = await AsyncRows.of(world, entity, field)
    for held in LOCK_STRENGTHS:
        for write, waits in (
            (rows.change(1, "11"), held != "key share"),
            (rows.upsert(1, "11"), held != "key share" or upsert_changes_a_key(entity)),
            (rows.delete(1), True),
            (rows.insert_missing(1, "11"), False),
        ):
            async with AsyncStage(world.db) as stage:
                holder, writer = await stage.begin(), await stage.begin()
                await holder.do(rows.lock(1, held))
                step = await writer.start(write)
                assert step.is_waiting is waits, held
                await holder.commit()
                await step.result()
    assert await rows.now() == {1: "10", 2: "20"}


@over(at_each_level(contested))
async def reading_never_waits(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that no read waits for a lock or a write, and that none sees what is not committed."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        writer, reader = await stage.begin(level), await stage.begin(level)
        await writer.do(rows.delete(1))
        await writer.do(rows.change(2, "21"))
        await writer.do(rows.insert(3, "30"))
        assert [await reader.do(rows.read(number)) for number in (1, 2, 3)] == ["10", "20", None]
        assert await reader.do(rows.read_all()) == {1: "10", 2: "20"}
        assert await reader.do(rows.count()) == 2
        assert await reader.do(rows.matching("20")) == {2: "20"}


@over(contested)
async def a_waiter_waits_for_all_who_share(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a lock on a row that several share is there when the last of them ends."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        first, second, third = [await stage.begin() for _ in range(3)]
        await first.do(rows.lock(1, "share"))
        await second.do(rows.lock(1, "key share"))
        step = await third.start(rows.lock(1))
        await first.commit()
        assert step.is_waiting
        await second.rollback()
        assert await step.result() == "10"


@over(contested)
async def who_shares_passes_who_waits(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a lock which is only waited for keeps nobody from sharing the row."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        first, second, third = [await stage.begin() for _ in range(3)]
        await first.do(rows.lock(1, "share"))
        step = await second.start(rows.lock(1))
        assert await third.do(rows.lock(1, "share")) == "10"
        await first.commit()
        assert step.is_waiting
        await third.commit()
        assert await step.result() == "10"


@over(contested)
async def those_who_wait_go_on_in_their_order(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that of two who wait for a row alone the first one is the first to have it."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        first, second, third = [await stage.begin() for _ in range(3)]
        await first.do(rows.lock(1))
        earlier = await second.start(rows.lock(1))
        later = await third.start(rows.lock(1, "share"))
        await first.commit()
        assert await earlier.result() == "10"
        assert later.is_waiting
        await second.commit()
        assert await later.result() == "10"


@over(contested)
async def those_who_share_go_on_together(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that two who wait for a row that they can share have it at once."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        first, second, third = [await stage.begin() for _ in range(3)]
        await first.do(rows.lock(1))
        steps = [await actor.start(rows.lock(1, "share")) for actor in (second, third)]
        await first.commit()
        assert [await step.result() for step in steps] == ["10", "10"]


@over(contested)
async def ones_own_locks_are_in_nobodys_way_but_others(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a transaction has all strengths of a row one after the other, and holds the strongest."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holder = await stage.begin()
        for strength in (*LOCK_STRENGTHS, *reversed(LOCK_STRENGTHS)):
            assert await holder.do(rows.lock(1, strength)) == "10"
        await holder.do(rows.change(1, "11"))
        assert await holder.do(rows.lock(1, "key share")) == "11"
        assert not await _gets(stage, rows, "key share")


@over(at_each_level(contested))
async def a_row_that_was_changed_meanwhile(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who waited for a changed row gets the new one at read committed, and above it is refused."""
    rows = await AsyncRows.of(world, entity, field)
    for strength in _MEETING_CHANGES:
        await rows.change(1, "10")(world.db)
        async with AsyncStage(world.db) as stage:
            writer, waiter = await stage.begin(), await stage.begin(level)
            await waiter.do(rows.read(2))
            await writer.do(rows.change(1, "11"))
            step = await waiter.start(rows.lock(1, strength))
            assert step.is_waiting
            await writer.commit()
            if level == "read committed":
                assert await step.result() == "11"
            else:
                await lost(step)


@over(at_each_level(contested))
async def a_row_that_was_changed_before_the_lock(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that a row which was changed since the snapshot is refused without waiting, and the new one without one."""
    rows = await AsyncRows.of(world, entity, field)
    for strength in _MEETING_CHANGES:
        await rows.change(1, "10")(world.db)
        async with AsyncStage(world.db) as stage:
            locker = await stage.begin(level)
            await locker.do(rows.read(2))
            await rows.change(1, "11")(world.db)
            step = await locker.start(rows.lock(1, strength))
            if level == "read committed":
                assert await step.result() == "11"
            else:
                await lost(step)


@over(at_each_level(contested))
async def a_key_share_has_nothing_to_do_with_changes(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that `key share` neither waits for a change nor is refused because of one, and gives what a read gives."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        writer, locker = await stage.begin(), await stage.begin(level)
        await locker.do(rows.read(2))
        await writer.do(rows.change(1, "11"))
        assert await locker.do(rows.lock(1, "key share")) == "10"
        await writer.commit()
        assert await locker.do(rows.lock(1, "key share")) == ("11" if level == "read committed" else "10")


@over(at_each_level(contested))
async def a_row_that_was_only_locked(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who waited for a lock goes on at each level, if the row is what it was."""
    rows = await AsyncRows.of(world, entity, field)
    for end in ("commit", "rollback"):
        async with AsyncStage(world.db) as stage:
            holder, waiter = await stage.begin(), await stage.begin(level)
            await waiter.do(rows.read(2))
            await holder.do(rows.lock(1))
            step = await waiter.start(rows.change(1, "12"))
            await getattr(holder, end)()
            await step.result()


@over(at_each_level(contested))
async def a_change_that_was_undone(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who waited for a change or a delete that is rolled back goes on with the row as it was."""
    rows = await AsyncRows.of(world, entity, field)
    for write in (rows.change(1, "11"), rows.delete(1)):
        async with AsyncStage(world.db) as stage:
            writer, waiter = await stage.begin(), await stage.begin(level)
            await waiter.do(rows.read(2))
            await writer.do(write)
            step = await waiter.start(rows.lock(1))
            assert step.is_waiting
            await writer.rollback()
            assert await step.result() == "10"


@over(at_each_level(contested))
async def a_row_that_was_deleted_meanwhile(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who waited for a deleted row finds none at read committed, and above it is refused."""
    rows = await AsyncRows.of(world, entity, field)
    for number, strength in enumerate(LOCK_STRENGTHS, start=1):
        if number > 2:
            await rows.insert(number, f"{number}0")(world.db)
        async with AsyncStage(world.db) as stage:
            writer, waiter = await stage.begin(), await stage.begin(level)
            await waiter.do(rows.read(number))
            await writer.do(rows.delete(number))
            assert await _left_out(stage, rows, number)
            step = await waiter.start(rows.lock(number, strength))
            assert step.is_waiting
            await writer.commit()
            if level == "read committed":
                with refused(NotFound, entity=entity.name):
                    await step.result()
            else:
                await lost(step)


@over(at_each_level(contested))
async def a_locked_row_that_meets_the_condition_no_more(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that rows found by a condition are looked at again once they are there, and dropped, or refused."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        writer, waiter = await stage.begin(), await stage.begin(level)
        await writer.do(rows.change(1, "11"))
        step = await waiter.start(rows.matching("10", lock="wait"))
        assert step.is_waiting
        await writer.commit()
        if level == "read committed":
            assert await step.result() == {}
        else:
            await lost(step)


@over(at_each_level(contested))
async def rows_that_are_held_are_left_out(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that of the rows which meet a condition those that nobody else holds are locked, if that is asked."""
    rows = await AsyncRows.of(world, entity, field)
    await rows.change(2, "10")(world.db)
    async with AsyncStage(world.db) as stage:
        holder, other = await stage.begin(), await stage.begin(level)
        await holder.do(rows.lock(1, "key share"))
        assert await other.do(rows.matching("10", lock="skip locked")) == {2: "10"}
        assert not await _gets(stage, rows, "share", number=2)


async def _gets(stage: AsyncStage, rows: AsyncRows, wanted: LockStrength, *, number: int = 1) -> bool:
    """Tell whether another transaction would have a lock at once."""
    other, refusal = await stage.begin(), None
    step = await other.start(rows.lock(number, wanted, nowait=True))
    try:
        await step.result()
    except LockNotAvailable as error:
        refusal = error.sqlstate, error.entity
    await other.rollback()
    assert refusal in (None, ("55P03", rows.entity.name))
    return refusal is None


async def _left_out(stage: AsyncStage, rows: AsyncRows, number: int) -> bool:
    """Tell whether another transaction would leave a row out."""
    other = await stage.begin()
    found = await other.do(rows.lock(number, "key share", skip_locked=True))
    await other.rollback()
    return found is None
