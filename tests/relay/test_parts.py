"""The parts without a database: slots and shares, walks, messages, files, targets and options."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbkit.relay import Message, RelayOptions
from dbkit.relay.file_sink import FileSink
from dbkit.relay.messages import pause_after
from dbkit.relay.opening import open_sink
from dbkit.relay.slots import SLOTS, Member, Slot, excess, missing, pattern_of, slot_of
from dbkit.relay.sweep import Sweep
from dbkit.types import ConfigurationInvalid
from tests.relay.given import Taking

MESSAGE = Message(event_id="id", topic="t", key="k", payload={"n": 1}, headers={"event_id": "id"}, outbox_id=1)
sink = Taking()


@given(st.text(), st.sets(st.integers(0, SLOTS - 1), min_size=1, max_size=SLOTS - 1))
def test_a_key_is_in_the_slot_whose_pattern_it_has(key: str, numbers: set[int]) -> None:
    pattern = pattern_of(numbers).replace("$", r"\Z")
    assert bool(re.search(pattern, key, re.DOTALL)) is (slot_of("t", key).number in numbers)


@given(st.integers(1, 12))
def test_all_slots_are_somebodys(relays: int) -> None:
    members = [Member(str(number), ("t",)) for number in range(relays)]
    free = {Slot("t", number) for number in range(SLOTS)}
    for _ in members:
        taken = missing((), sorted(free), members)
        assert not excess(taken, members)
        free -= set(taken)
    assert not free


def test_a_newcomer_gets_its_share() -> None:
    held = [Slot("t", number) for number in range(SLOTS)]
    given_back = excess(held, [Member("a", ("t",)), Member("b", ("t", "u")), Member("c", ("u",))])
    assert given_back == held[SLOTS // 2 :]


def test_names_of_leases_are_read_back() -> None:
    slot, member = Slot("read-finished", 3), Member("id", ("a", "b"))
    assert Slot.read(slot.name("outbox")) == slot
    assert Member.read(member.name("outbox")) == member
    assert Slot.read(member.name("outbox")) is Member.read(slot.name("outbox")) is None


def row(number: int, key: str = "k") -> Any:
    return SimpleNamespace(id=number, topic="t", key=key)


def test_a_walk_goes_on_behind_a_whole_batch_and_begins_anew_when_it_is_time() -> None:
    time = [0.0]
    sweep = Sweep(1.0, 2, lambda: time[0])
    sweep.ready([row(1), row(2)], lambda each: True)
    assert (sweep.after, sweep.goes_on, sweep.is_whole) == (2, True, False)
    sweep.ready([row(3)], lambda each: True)
    assert (sweep.after, sweep.goes_on, sweep.is_whole) == (0, False, True)
    time[0] = 1.5
    sweep.begin()
    sweep.ready([row(9)], lambda each: True)
    # From now on the looks are short: behind all that the walk before has seen.
    assert sweep.after == 3
    sweep.restart()
    assert sweep.after == 0


def test_a_message_that_waits_holds_the_later_ones_of_its_key_until_the_next_walk() -> None:
    sweep = Sweep(1.0, 3)
    rows = [row(1, "a"), row(2, "b"), row(3, "a")]
    assert sweep.ready(rows, lambda each: each.id != 1) == [rows[1]]
    assert sweep.ready([row(4, "a")], lambda each: True) == []
    sweep.restart()
    assert len(sweep.ready(rows, lambda each: True)) == 3


def test_pauses_grow_up_to_a_minute() -> None:
    pauses = [pause_after(attempts, lambda: 1.0) for attempts in (1, 2, 3, 30)]
    assert pauses == [timedelta(seconds=seconds) for seconds in (1, 2, 4, 60)]
    assert pause_after(1, lambda: 0.0) == timedelta(seconds=0.5)


async def test_a_file_has_a_line_for_each_message(tmp_path: Path) -> None:
    path = tmp_path / "sent"
    path.write_text('{"cut":')
    file = FileSink(path)
    assert await file.publish([MESSAGE, MESSAGE]) == [None, None]
    await file.close()
    _, *lines = path.read_text().splitlines()
    assert [json.loads(line)["event_id"] for line in lines] == ["id", "id"]


@pytest.mark.parametrize("target", ["", "file:", "file:/no/such/folder/x", "python:no_such.module:x", "kafka://x"])
def test_a_target_that_is_none_is_refused(target: str) -> None:
    with pytest.raises(ConfigurationInvalid):
        open_sink(target)


def test_a_target_may_be_an_object_of_python() -> None:
    assert open_sink("python:tests.relay.test_parts:sink") is sink
    with pytest.raises(ConfigurationInvalid, match="neither a callable"):
        open_sink("python:tests.relay.test_parts:MESSAGE")


def test_options_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ConfigurationInvalid, match="poll_seconds, keep"):
        RelayOptions(poll_seconds=0, keep=timedelta(seconds=-1))


def test_a_message_shows_no_payload() -> None:
    assert "payload" not in repr(MESSAGE)
