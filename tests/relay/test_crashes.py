"""Writers, relays and servers are killed, and the server fails over: nothing acknowledged is lost, nor out of order.

It takes a few seconds; `DBKIT_CRASHES=600` has it last for so many, with 40,000 events.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dbkit.embedded.locks import ticks
from dbkit.migrate.schema import create_schema
from tests.faults.fix_nodes import MakeNode
from tests.relay.crashing import END_SECONDS, WRITERS, Fleet, faults, sent_in

SECONDS = float(os.environ.get("DBKIT_CRASHES", "6"))
EVENTS = 40_000 if "DBKIT_CRASHES" in os.environ else 400
LONG = ("long", 1)


@pytest.fixture
def fleet(make_node: MakeNode, make_folder: Callable[[], Path]) -> Iterator[Fleet]:
    """Give a primary with a standby that has all that is acknowledged, and who works with them."""
    primary = make_node(settings={"max_connections": "200"})
    create_schema(primary.url())
    standby = make_node(of=primary)
    for setting in ("synchronous_standby_names = 'standby'", "synchronous_commit = 'on'"):
        primary.execute(f"ALTER SYSTEM SET {setting}")
    primary.execute("SELECT pg_reload_conf()")
    states = "SELECT sync_state FROM pg_stat_replication"
    assert any(primary.execute(states) == [("sync",)] for _ in ticks(END_SECONDS)), "the standby does not take part"
    made = Fleet(primary, standby, make_folder(), EVENTS, SECONDS * WRITERS / EVENTS)
    with made.working():
        yield made


def test_nothing_is_lost_or_out_of_order_whoever_dies(fleet: Fleet) -> None:
    chance = random.Random(11)
    steps = max(6, int(SECONDS / 10))
    harm = [
        lambda: fleet.kill_relay(chance.randrange(len(fleet.relays))),
        lambda: fleet.kill_writer(chance.randrange(WRITERS)),
        fleet.crash_server,
    ]
    for step in range(steps):
        fleet.wait_for_acknowledged(EVENTS * (step + 1) // (steps + 2))
        if step == steps // 2:
            _write_for_long(fleet)
            fleet.fail_over()
            harm.remove(fleet.crash_server)
        else:
            harm[step % len(harm)]()
    fleet.wait_for_writers(SECONDS + 60)
    fleet.wait_until_sent()
    acknowledged, sent = fleet.acknowledged() | {LONG}, sent_in(fleet.sent)
    assert faults(sent, acknowledged) == []
    assert len(acknowledged) > EVENTS
    assert set(fleet.deaths) == {"relay", "writer", "server", "failover"}
    # One that has only just been started has nothing to end, whether Python or the command has come to listen by then.
    assert set(fleet.stop()) <= {0, -signal.SIGTERM, 128 + signal.SIGTERM}
    print(  # noqa: T201 (the figures of a long run)
        f"{len(acknowledged)} acknowledged, {len({each.event_id for each in sent})} sent, "
        f"{len(sent) - len({each.event_id for each in sent})} of them again; {dict(fleet.deaths)}"
    )


def _write_for_long(fleet: Fleet) -> None:
    """Commit an event long after later numbers were sent."""
    key, number = LONG
    with fleet.primary.connect() as connection, connection.transaction():
        connection.execute(
            "INSERT INTO outbox_events (topic, key, payload) "
            "VALUES ('read-finished', %s, jsonb_build_object('number', %s::int))",
            (key, number),
        )
        fleet.wait_for_acknowledged(len(fleet.acknowledged()) + EVENTS // 10)
