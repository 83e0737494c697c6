from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from dbkit import Database, consume
from dbkit.consuming import Consumed, ConsumeOptions, Received
from dbkit.consuming.attempts import Attempts, pause_seconds
from dbkit.consuming.lanes import Lanes
from dbkit.consuming.outstanding import Outstanding
from dbkit.consuming.pubsub_client import subscription_path
from dbkit.consuming.tally import Tally
from dbkit.types import ConfigurationInvalid
from tests.consuming._sync.given import message


def received(number: int, key: str = "") -> Received:
    return Received(payload={}, headers={"event_id": str(number)}, key=key)


def ids(messages: Iterable[Received]) -> list[str | None]:
    return [each.event_id for each in messages]


def test_of_a_key_one_worker_has_messages() -> None:
    lanes = Lanes()
    given = [received(1, "a"), received(2, "a"), received(3, "b"), received(4, "a"), received(5)]
    for each in given:
        lanes.offer(each)
    first = lanes.take(2)
    assert ids(first) == ["1", "2"]
    assert ids(lanes.take(9)) == ["3", "5"], "what has no key waits for nobody"
    lanes.settle(first[0])
    assert lanes.take(9) == []
    lanes.settle(first[1])
    assert ids(lanes.take(9)) == ["4"]
    assert lanes.is_empty


def test_lanes_are_full_when_so_much_waits() -> None:
    lanes = Lanes(waiting_max=2)
    lanes.offer(received(1))
    assert not lanes.is_full
    lanes.offer(received(2))
    assert lanes.is_full


def test_attempts_are_counted_until_a_message_is_settled() -> None:
    attempts = Attempts(known_max=2)
    assert attempts.next_of("a") == 1
    attempts.failed("a")
    attempts.failed("a")
    assert attempts.next_of("a") == 3
    attempts.settled("a")
    assert attempts.next_of("a") == 1


def test_attempts_know_the_latest_ones() -> None:
    attempts = Attempts(known_max=2)
    for known in ("a", "b", "a", "c"):
        attempts.failed(known)
    assert [attempts.next_of(known) for known in ("a", "b", "c")] == [3, 1, 2]


def test_what_is_done_is_counted_whoever_does_it() -> None:
    tally = Tally()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tally.add, ["handled"] * 2_000))
    tally.add("forgotten", 3)
    assert tally.consumed == Consumed(handled=2_000, forgotten=3)


@pytest.mark.parametrize(("attempt", "longest"), [(1, 1.0), (2, 2.0), (5, 16.0), (9, 60.0), (5_000, 60.0)])
def test_pauses_double_up_to_a_cap_and_differ_by_half(attempt: int, longest: float) -> None:
    assert pause_seconds(attempt, 1.0, 60.0, chance=lambda: 0.0) == longest
    assert pause_seconds(attempt, 1.0, 60.0, chance=lambda: 1.0) == longest / 2


def test_what_is_outstanding_is_kept_until_it_is_settled_or_given_back() -> None:
    outstanding = Outstanding(hold_seconds_max=10.0)
    outstanding.give(["a", "b", "c"], now=0.0)
    outstanding.settle("a")
    outstanding.take_back(["b"])
    assert outstanding.take_kept(now=5.0) == ["c"]
    assert outstanding.take_settled() == ["a"]
    assert outstanding.take_settled() == []
    outstanding.return_settled(["a"])
    outstanding.settle("c")
    assert outstanding.take_settled() == ["a", "c"]


def test_what_was_held_for_too_long_is_left_to_others() -> None:
    outstanding = Outstanding(hold_seconds_max=10.0)
    outstanding.give(["a"], now=0.0)
    outstanding.give(["b"], now=6.0)
    assert outstanding.take_kept(now=12.0) == ["b"]
    outstanding.settle("a")
    assert outstanding.take_settled() == ["a"], "whoever settles it late may try"


@pytest.mark.parametrize("field", ["workers", "batch", "tries", "base_seconds", "cap_seconds"])
def test_options_that_are_none_are_refused(field: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=field):
        ConsumeOptions(**{field: 0})


def test_subscriptions_have_names_that_google_allows() -> None:
    assert subscription_path("shop/billing") == "projects/shop/subscriptions/billing"
    assert subscription_path("example.com:shop/billing") == "projects/example.com:shop/subscriptions/billing"
    for name in ("", "shop", "shop/", "/billing", "shop/1st", "shop/a/b", "Shop/billing"):
        with pytest.raises(ConfigurationInvalid, match="pubsub://PROJECT/SUBSCRIPTION"):
            subscription_path(name)


def test_googles_client_is_for_those_who_use_it() -> None:
    code = (
        "import sys; sys.modules.update({'grpc': None, 'google.pubsub_v1': None});"
        "from dbkit.consuming import PubSubSource; PubSubSource('shop/billing')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'dbkit[pubsub]'" in done.stderr


async def _nothing(*_: Any) -> None:
    pass


def test_an_async_handler_is_not_taken_for_done(memory_db: Database) -> None:
    with pytest.raises(TypeError, match="consume_async"):
        consume(_nothing, [message(1)], database=memory_db, subscription="s")
    assert not memory_db.ingested_messages.count()


def test_an_async_dead_letter_is_not_taken_for_done(memory_db: Database) -> None:
    options = ConsumeOptions(tries=1, dead_letter=_nothing)
    with pytest.raises(TypeError, match="consume_async"):
        consume(print, [received(1)], database=memory_db, subscription="s", options=options)
