"""A message that ends the relay that sends it: its key is quarantined in the end, and all others are sent."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

import dbkit
from dbkit import AsyncDatabase
from dbkit.relay import AsyncOutboxState, AsyncRelay, Message, Refusal, RelayOptions, SinkRefuses
from dbkit.relay.deaths import deaths_of, mark_of, parts_of, why_quarantined
from tests.architecture.sources import PROJECT
from tests.relay.crashing import faults, sent_in
from tests.relay.given import Taking, abandon, event, numbers_by_key

# Relays work beside others, and leases go by the time of transactions.
pytestmark = pytest.mark.dbkit(isolation="clone")

PASSING = Refusal("busy")


class Death(BaseException):
    """The end of a process, as far as a test in the same one can have it: nothing is noted, nothing given back."""


def deadly(*keys: str) -> Taking:
    """A sink that takes messages up to one of these keys, of which its process dies."""
    sink = Taking()

    def take(message: Message) -> None:
        if message.key in keys:
            raise Death

    sink.refuses = take
    return sink


async def dies(db: AsyncDatabase, sink: Taking, options: RelayOptions | None = None) -> bool:
    """Have a relay work until it dies; tell whether it does."""
    try:
        await AsyncRelay(db, sink, options).run_once()
    except Death:
        await abandon(db)
        return True
    return False


async def suspected(db: AsyncDatabase, *keys: str, options: RelayOptions | None = None) -> None:
    """Store messages of which the first batch was under way when a relay died, and when another one did."""
    await AsyncRelay(db, Taking()).run_once()
    await db.outbox_events.create_many([event(key, number) for number, key in enumerate(keys)])
    assert [await dies(db, deadly(keys[0]), options) for _ in range(2)] == [True, True]
    noted = [deaths_of(each) async for each in db.outbox_events.iterate()]
    assert noted == [0 if number < (options or RelayOptions()).batch_messages else None for number in range(len(keys))]


async def walked(relay: AsyncRelay) -> None:
    """Have a relay send what is due, and then look after its slots."""
    while await relay._turn() or not relay._sweep.is_whole:
        pass
    relay._keep_at = 0.0
    await relay._turn()


async def test_a_message_of_which_relays_die_is_quarantined_and_the_others_are_sent(db: AsyncDatabase) -> None:
    await db.outbox_events.create_many([event("a", 1), event("b", 2), event("bad", 3), event("a", 4), event("bad", 5)])
    sink = deadly("bad")
    assert [await dies(db, sink) for _ in range(6)] == [True] * (1 + 1 + RelayOptions().deaths_max) + [False]
    (held,) = await AsyncOutboxState(db).quarantined()
    assert (held.key, held.why) == ("bad", "3 relays died when it was sent alone")
    assert (await AsyncOutboxState(db).status()).pending == 2
    first = {message.payload["number"]: message for message in reversed(sink.messages)}
    assert set(first) == {1, 2, 4}
    seen: set[str] = set()
    for message in sink.messages:
        assert message.is_duplicate or message.event_id not in seen
        seen.add(message.event_id)
    # With others twice; then alone, and noted at once.
    assert numbers_by_key(sink.messages) == {"a": [1, 1, 1, 4], "b": [2, 2, 2]}


async def test_a_released_message_goes_alone_at_once(db: AsyncDatabase) -> None:
    await suspected(db, "bad", "good", "bad")
    assert [await dies(db, deadly("bad"), RelayOptions(deaths_max=1)) for _ in range(2)] == [True, False]
    assert await AsyncOutboxState(db).retry("bad") == 1
    await db.outbox_events.create(event("good", 3))
    sink = Taking()
    batches: list[int] = []
    sink.before = lambda messages: batches.append(len(messages))
    await AsyncRelay(db, sink).run_once()
    assert (sink.numbers, batches) == ([0, 2, 3], [1, 1, 1])


async def test_who_lives_on_takes_the_death_back(db: AsyncDatabase) -> None:
    await suspected(db, "refused", "good", "last")
    sink = Taking(lambda message: PASSING if message.key == "refused" else None)
    counts = await AsyncRelay(db, sink).run_once()
    assert (counts.sent, counts.redelivered, counts.refused, counts.quarantined) == (2, 2, 1, 0)
    (left,) = [each async for each in db.outbox_events.iterate()]
    assert (left.attempts, left.last_error) == (1, PASSING.why)


@pytest.mark.parametrize("failure", [OSError("full"), None])
async def test_a_sink_that_is_down_is_nobodys_death(db: AsyncDatabase, failure: OSError | None) -> None:
    await suspected(db, "a", "b")

    def fail(_: Sequence[Message]) -> None:
        if failure is not None:
            raise failure

    for _ in range(5):
        sink = Taking(lambda message: PASSING)
        sink.before = fail
        with pytest.raises(SinkRefuses):
            await AsyncRelay(db, sink).run_once()
        await abandon(db)
    assert [(deaths_of(each), each.attempts) async for each in db.outbox_events.iterate()] == [(0, 0), (0, 0)]
    counts = await AsyncRelay(db, Taking()).run_once()
    assert (counts.sent, counts.quarantined) == (2, 0)


async def test_what_waits_behind_a_slow_message_comes_before_later_ones(
    db: AsyncDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dbkit.relay._async.sending._ALONE_SECONDS", 0.0)
    options = RelayOptions(batch_messages=2)
    await suspected(db, *"abbb", options=options)
    await AsyncRelay(db, sink := Taking(), options).run_once()
    assert sink.numbers == [0, 1, 2, 3]


@pytest.mark.parametrize("batch", [1, 100])
async def test_suspicion_outlives_a_relay_that_ends_in_between(db: AsyncDatabase, batch: int) -> None:
    await AsyncRelay(db, Taking()).run_once()
    await db.outbox_events.create_many([event("key", 1), event("key", 2), event("mortal", 3)])
    assert await dies(db, deadly("mortal"))
    # Both of the key were sent, which the next relay does not come to know of, whether it reads the second or not.
    refusing = Taking(lambda message: Refusal("no", is_final=True) if message.key == "key" else None)
    await AsyncRelay(db, refusing, RelayOptions(batch_messages=batch)).run_once()
    assert await AsyncOutboxState(db).retry("key") == 1
    await AsyncRelay(db, sink := Taking()).run_once()
    assert [(message.payload["number"], message.is_duplicate) for message in sink.messages] == [(1, True), (2, True)]


async def test_slots_are_trusted_again_when_nothing_suspect_waits(db: AsyncDatabase) -> None:
    await AsyncRelay(db, Taking()).run_once()
    await db.outbox_events.create(event("key", 1))
    assert await dies(db, deadly("key"))
    relay = AsyncRelay(db, Taking())
    async with relay._working():
        assert relay._slots.suspected_until is not None
        await walked(relay)
        assert relay._slots.suspected_until is None
        relay._slots.suspect(timeline=2)
        await walked(relay)
        assert relay._slots.suspected_until is not None, "what comes while a server takes over may have come before"
    await db.outbox_events.create(event("key", 2))
    assert (await AsyncRelay(db, Taking()).run_once()).redelivered == 0


async def test_slots_are_suspect_while_something_waits_of_which_only_they_tell(db: AsyncDatabase) -> None:
    await AsyncRelay(db, Taking()).run_once()
    await db.outbox_events.create_many([event("key", 1), event("key", 2), event("mortal", 3)])
    assert await dies(db, deadly("mortal"))
    refusing = Taking(lambda message: Refusal("no", is_final=True) if message.key == "key" else None)
    relay = AsyncRelay(db, refusing, RelayOptions(batch_messages=1))
    async with relay._working():
        await walked(relay)
        assert relay._slots.suspected_until is not None
        assert await AsyncOutboxState(db).drop("key") == 1
        refusing.refuses = lambda message: None
        relay._sweep.restart()
        await walked(relay)
        assert relay._slots.suspected_until is None
    assert [message.is_duplicate for message in refusing.messages if message.key == "key"] == [True]


async def test_what_came_after_the_end_of_its_leases_is_not_marked(db: AsyncDatabase) -> None:
    await AsyncRelay(db, Taking()).run_once()
    await db.outbox_events.create(event("key", 1))
    await abandon(db)
    await db.outbox_events.create(event("key", 2))
    await AsyncRelay(db, sink := Taking()).run_once()
    assert [message.is_duplicate for message in sink.messages] == [True, False]


def test_processes_that_die_of_a_message(postgres_db: dbkit.Database, postgres_url: str, tmp_path: Path) -> None:
    keys = ["a", "b", "bad", "a", "c", "bad", "a", "d"]
    postgres_db.outbox_events.create_many([event(key, number) for number, key in enumerate(keys)])
    sent = tmp_path / "sent"
    command = [sys.executable, "-m", "tests.relay.dying", postgres_url, str(sent), "bad"]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout == "4 0\n", run.stderr
    expected = {(key, number) for number, key in enumerate(keys) if key != "bad"}
    assert faults(sent_in(sent), expected) == []
    assert {(each.key, each.number) for each in sent_in(sent)} == expected
    left = list(postgres_db.outbox_events.iterate())
    assert [(each.payload["number"], each.last_error) for each in left] == [(2, why_quarantined(2)), (5, None)]


@pytest.mark.parametrize("deaths", [0, 7])
def test_a_row_says_how_many_died(deaths: int) -> None:
    assert deaths_of(SimpleNamespace(last_error=mark_of(deaths))) == deaths
    assert deaths_of(SimpleNamespace(last_error=why_quarantined(deaths))) == 0


@pytest.mark.parametrize("said", [None, "", "busy", f"the sink said: {mark_of(1)}"])
def test_what_a_sink_says_is_no_death(said: str | None) -> None:
    assert deaths_of(SimpleNamespace(last_error=said)) is None


def test_parts_keep_the_order() -> None:
    assert list(parts_of("aabbA", str.isupper)) == [[*"aabb"], ["A"]]
    assert list(parts_of("AaBA", str.isupper)) == [["A"], ["a"], ["B"], ["A"]]
    assert list(parts_of("", str.isupper)) == []
