"""Transactions whose COMMIT breaks at a point that a seed chooses, their history, and what may be true of it."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import psycopg

from dbkit.embedded.locks import ticks
from dbkit.migrate.schema import table_statements
from dbkit.models import OUTBOX_EVENTS, CommitTokenModel
from dbkit.types import CommitUnknown, DbkitError, NewOutboxEvent, OutboxTopic
from dbkit.verbs.transaction import ISOLATION_LEVELS
from tests.faults.node import Node
from tests.faults.proxy import Fault, Link

__all__ = ["History", "Point", "event", "make_tables", "outage_of", "point_of", "stored"]

KINDS = ("verb", "SQL", "COPY", "savepoint")
"""How the row is written: the transaction's id becomes known in another way by each."""


@dataclass(frozen=True)
class Point:
    """Where a COMMIT breaks, and in what kind of transaction: all that a seed decides."""

    seed: int
    fault: Fault
    kind: str
    options: Mapping[str, Any]

    @property
    def key(self) -> str:
        """What its row is found by."""
        return str(self.seed)


@dataclass
class History:
    """What callers were told, by key."""

    committed: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)

    def note(self, key: str, error: DbkitError | None) -> None:
        """Note how a call ended."""
        told = {type(None): self.committed, CommitUnknown: self.unknown}.get(type(error), self.failed)
        told.add(key)

    def faults(self, rows: Mapping[str, int]) -> list[str]:
        """Return what must not be, given how many rows of each key are stored."""
        lost = [f"{key}: acknowledged, and not there" for key in sorted(self.committed) if not rows.get(key)]
        doubled = [f"{key}: stored {count} times" for key, count in sorted(rows.items()) if count > 1]
        denied = [f"{key}: said to have failed, and there" for key in sorted(self.failed) if rows.get(key)]
        return lost + doubled + denied


def point_of(seed: int) -> Point:
    """Return the point of a seed, always the same one."""
    chance = random.Random(seed)
    fault = chance.choice((_lose_request, _lose_answer, _go_deaf, _come_late))(chance)
    options = {"commit_token": chance.random() < 0.5, "isolation": chance.choice(ISOLATION_LEVELS)}
    return Point(seed, fault, chance.choice(KINDS), options)


def outage_of(seed: int, node: Node) -> Point:
    """Return the point of a seed at which the server goes down, and comes back."""
    chance = random.Random(seed)
    return replace(point_of(seed), fault=_take_down(chance, node))


def make_tables(node: Node) -> None:
    """Make the tables that the transactions write to."""
    node.execute("; ".join(table_statements([OUTBOX_EVENTS.table, CommitTokenModel.metadata.tables["commit_tokens"]])))


def stored(node: Node) -> dict[str, int]:
    """Return how many rows there are of each key."""
    return dict(node.execute("SELECT key, count(*) FROM outbox_events GROUP BY key"))


def event(key: str) -> NewOutboxEvent:
    """Return a row to store; nothing but the key tells it from others, and nothing keeps a second one out."""
    return NewOutboxEvent(topic=OutboxTopic.READ_FINISHED, key=key, payload={})


def _part(chance: random.Random, packet: bytes) -> bytes:
    """Return a beginning of a packet: nothing, all of it, or something between."""
    return packet[: chance.choice((0, chance.randrange(len(packet)), len(packet)))]


def _lose_request(chance: random.Random) -> Fault:
    def fault(link: Link, packet: bytes) -> None:
        link.send(_part(chance, packet))
        link.cut()

    return fault


def _lose_answer(chance: random.Random) -> Fault:
    def fault(link: Link, packet: bytes) -> None:
        link.answer_bytes = chance.randrange(24)
        link.send(packet)

    return fault


def _go_deaf(chance: random.Random) -> Fault:
    """Take the client away without a word to the server, which has part of the request, or all."""

    def fault(link: Link, packet: bytes) -> None:
        link.keeps_server = True
        link.cut_client()
        link.send(_part(chance, packet))

    return fault


def _take_down(chance: random.Random, node: Node) -> Fault:
    """Take the server down soon after it has got part of the request, or all."""
    ends = (node.crash, _kill_backend(node), partial(node.stop, how=signal.SIGQUIT), node.stop)
    end = ends[chance.randrange(len(ends))]

    def fault(link: Link, packet: bytes) -> None:
        link.send(_part(chance, packet))
        threading.Event().wait(chance.choice((0.0, chance.uniform(0.0, 0.003))))
        end()
        if node.process is not None and node.process.poll() is not None:
            node.start()
        link.cut()

    return fault


def _kill_backend(node: Node) -> Callable[[], None]:
    """Kill one process: the server ends all others, and recovers."""

    def kill() -> None:
        victim, witness = node.connect(), node.connect()
        os.kill(victim.info.backend_pid, signal.SIGKILL)
        with suppress(psycopg.OperationalError):
            for _ in ticks(60.0):
                witness.execute("SELECT 1")
        victim.close()
        witness.close()
        node.wait_until_ready()

    return kill


def _come_late(chance: random.Random) -> Fault:
    """Deliver the request some time after the client has gone."""

    def fault(link: Link, packet: bytes) -> None:
        link.keeps_server = True
        link.cut_client()
        threading.Event().wait(chance.uniform(0.0, 0.03))
        link.send(packet)

    return fault
