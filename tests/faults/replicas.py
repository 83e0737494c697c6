"""What tests of readers and their replicas share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from tests.faults.node import Node

__all__ = ["IS_REPLICA", "SLACK_SECONDS", "caught_up", "is_on_replica", "url"]

IS_REPLICA = text("SELECT pg_is_in_recovery() AS here")

SLACK_SECONDS = 0.25
"""What is beside a wait itself: a busy machine's scheduling."""


def url(primary: Node, *replicas: Node) -> str:
    return f"{primary.url()}?replicas={','.join(f'127.0.0.1:{node.port}' for node in replicas)}"


def is_on_replica(reader: Any) -> bool:
    return bool(reader.execute(IS_REPLICA)[0]["here"])


def caught_up(db: Any, replica: Node) -> str:
    """Return a position that the replica has behind it, and see it serve."""
    position: str = db.position()
    replica.wait_until_replayed(position.partition("-")[2])
    # The pool is opened by its first use, in the background, which takes a busy machine a while.
    with db.reading(after=position, wait_seconds=10) as reader:
        assert is_on_replica(reader)
    return position
