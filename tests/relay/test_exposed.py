"""What Prometheus sees of a relay, of the outbox that it sends, and of consumers."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families as parse

from dbkit import AsyncDatabase, consume_async
from dbkit.consuming import Consumed, ConsumeOptions, Incoming, Received, Tally
from dbkit.relay import AsyncRelay, Message, Refusal, RelayOptions
from dbkit.telemetry import expose_consumers, expose_relay, serve_metrics, withdraw_relay
from dbkit.telemetry.event_names import CONSUMER_METRICS, RELAY_METRICS
from dbkit.types import ConfigurationInvalid
from tests.relay.given import Taking, event, until, working

# Relays work beside others, and leases go by the time of transactions.
pytestmark = pytest.mark.dbkit(isolation="clone")

QUICK = RelayOptions(poll_seconds=0.01)
OURS = "env=prod,relay=main,service=api"
TOPICS = 9


@pytest.fixture
def registry() -> CollectorRegistry:
    """A registry of the test's own."""
    return CollectorRegistry()


def scraped(registry: CollectorRegistry) -> dict[str, float]:
    samples = [sample for family in parse(generate_latest(registry).decode()) for sample in family.samples]
    return {
        f"{sample.name}{{{','.join(f'{name}={value}' for name, value in sample.labels.items())}}}": sample.value
        for sample in samples
    }


def refusing_bad() -> Taking:
    return Taking(lambda message: Refusal("no such receiver", is_final=True) if message.key == "bad" else None)


async def test_what_a_relay_has_done_and_how_its_outbox_stands(db: AsyncDatabase, registry: CollectorRegistry) -> None:
    await db.outbox_events.create_many([event("bad", 1), event("bad", 2), event("good", 3)])
    relay = AsyncRelay(db, refusing_bad(), QUICK)
    expose_relay(relay, env="prod", service="api", registry=registry)
    await relay.run_once()
    ended = scraped(registry)
    assert ended[f"dbkit_relay_up{{{OURS}}}"] == 0
    assert ended[f"dbkit_relay_sent_total{{{OURS}}}"] == 1
    assert ended[f"dbkit_relay_quarantined_total{{{OURS}}}"] == 1
    assert not [series for series in ended if series.startswith("dbkit_outbox")]

    async def is_looked_at() -> bool:
        return f"dbkit_outbox_stall_seconds{{{OURS}}}" in scraped(registry)

    async with working(relay):
        await until(is_looked_at)
        found = scraped(registry)
    assert found[f"dbkit_relay_up{{{OURS}}}"] == 1
    assert found[f"dbkit_relay_slots{{{OURS},topic=operation-change}}"] == 8
    assert found[f"dbkit_outbox_pending{{{OURS},topic=operation-change}}"] == 2
    assert found[f"dbkit_outbox_pending{{{OURS},topic=read-finished}}"] == 0
    assert found[f"dbkit_outbox_lag_seconds{{{OURS},topic=operation-change}}"] > 0
    assert found[f"dbkit_outbox_quarantined{{{OURS},topic=operation-change}}"] == 1
    assert found[f"dbkit_outbox_stall_seconds{{{OURS}}}"] == 0
    assert 0 <= found[f"dbkit_outbox_look_age_seconds{{{OURS}}}"] < 30
    assert {series.partition("{")[0] for series in found} == {metric.name for metric in RELAY_METRICS.values()}
    withdraw_relay(relay, registry=registry)
    assert scraped(registry) == {}


async def test_it_is_down_while_its_sink_is(db: AsyncDatabase, registry: CollectorRegistry) -> None:
    relay, failing = AsyncRelay(db, sink := Taking(), QUICK), list[bool]()
    expose_relay(relay, env="prod", service="api", registry=registry)

    def fail(_: Sequence[Message]) -> None:
        if failing:
            raise OSError("the disk is full")

    async def is_down() -> bool:
        return scraped(registry).get(f"dbkit_relay_up{{{OURS}}}") == 0

    async def is_up() -> bool:
        return scraped(registry).get(f"dbkit_relay_up{{{OURS}}}") == 1

    sink.before = fail
    async with working(relay):
        await until(is_up)
        failing.append(True)
        await db.outbox_events.create(event("key", 1))
        await until(is_down)
        failing.clear()
        await sink.has(1)
        await until(is_up)


async def test_of_several_relays_one_looks_at_the_outbox(db: AsyncDatabase, registry: CollectorRegistry) -> None:
    relays = {name: AsyncRelay(db, Taking(), QUICK) for name in ("one", "two")}
    for name, relay in relays.items():
        expose_relay(relay, name=name, registry=registry)

    async def all_is_shared() -> bool:
        slots = [relay.statistics().slots for relay in relays.values()]
        looks = [relay.statistics().look_age_seconds is not None for relay in relays.values()]
        return [sum(each.values()) for each in slots] == [TOPICS * 4] * 2 and any(looks)

    async with working(*relays.values()):
        await until(all_is_shared)
        looked = [series for series in scraped(registry) if series.startswith("dbkit_outbox_stall_seconds")]
    assert len(looked) == 1


async def test_nobody_looks_who_is_not_asked(db: AsyncDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    relay, looks = AsyncRelay(db, sink := Taking(), QUICK), []
    monkeypatch.setattr(relay._outbox, "pending_by_topic", lambda: looks.append(1))
    async with working(relay):
        await db.outbox_events.create(event("key", 1))
        await sink.has(1)
    assert looks == []


async def test_relays_of_a_process_have_names(db: AsyncDatabase, registry: CollectorRegistry) -> None:
    assert await db.outbox_events.count() == 0
    first, second = AsyncRelay(db, Taking()), AsyncRelay(db, Taking())
    expose_relay(first, registry=registry)
    with pytest.raises(ConfigurationInvalid, match="another relay is exposed with env=") as caught:
        expose_relay(second, registry=registry)
    assert (caught.value.fields, caught.value.to_do) == (
        ("name",),
        "Name this one by name=..., or withdraw the other.",
    )
    expose_relay(second, name="second", registry=registry)


def test_a_port_that_is_taken_is_told(registry: CollectorRegistry) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationInvalid) as caught, serve_metrics(port, registry=registry):
            pass
    assert caught.value.happened == f"metrics cannot be shown at 127.0.0.1:{port}: Address already in use"
    assert caught.value.fields == ("metrics_host", "metrics_port")


async def test_what_consumers_have_done(db: AsyncDatabase, registry: CollectorRegistry) -> None:
    await db.outbox_events.create_many([event("key", 1), event("key", 2)])
    tally, seen = Tally(), list[str]()
    expose_consumers(tally, "metering", database=db, env="prod", registry=registry)
    options = ConsumeOptions(tries=1, dead_letter=seen.append, base_seconds=0.01, tally=tally)  # type: ignore[arg-type]
    unread = [Received(payload={}, headers={"event_id": str(number), "schema": "none/1"}) for number in range(3)]

    async def handle(tx: object, message: Incoming) -> None:
        del tx, message

    for _ in range(2):
        done = await consume_async(handle, unread, database=db, subscription="metering", options=options)
        assert done == Consumed(failures=3, dead_letters=3)
    found = scraped(registry)
    ours = "env=prod,service=,subscription=metering"
    assert (
        found[f"dbkit_consumer_failures_total{{{ours}}}"] == found[f"dbkit_consumer_dead_letters_total{{{ours}}}"] == 6
    )
    assert found[f"dbkit_consumer_handled_total{{{ours}}}"] == 0
    assert {series.partition("{")[0] for series in found} == {metric.name for metric in CONSUMER_METRICS.values()}
