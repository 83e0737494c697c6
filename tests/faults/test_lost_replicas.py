"""Replicas that freeze, die and are promoted under their readers: it costs a wait at the most, and never an error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import dbkit
from dbkit.types import ReadOnly
from tests.faults.fix_nodes import MakeNode, open_folder
from tests.faults.node import Node
from tests.faults.replicas import SLACK_SECONDS, caught_up, is_on_replica, url
from tests.faults.shop import Shop, create_tables, provider
from tests.timing import at_most


@pytest.fixture(scope="module")
def primary() -> Iterator[Node]:
    with open_folder() as folder:
        node = Node.made(folder, settings={"wal_keep_size": "256MB"})
        try:
            create_tables(node)
            yield node
        finally:
            node.remove()


def test_a_frozen_replica_costs_the_wait_once_and_no_error(primary: Node, make_node: MakeNode) -> None:
    frozen = make_node(of=primary)
    with dbkit.connect(url(primary, frozen), database=Shop) as db:
        caught_up(db, frozen)
        with db.reading(wait_seconds=10) as reader:
            assert is_on_replica(reader)
        db.providers.create(provider("frozen"))
        position = db.position()
        frozen.freeze()
        with at_most(2 * SLACK_SECONDS), db.reading(after=position) as reader:
            assert reader.providers.get("frozen").slug == "frozen"
        with at_most(SLACK_SECONDS), db.reading(after=position) as reader:
            assert reader.providers.get("frozen").slug == "frozen"
        frozen.thaw()


def test_a_killed_replica_is_no_readers_error(primary: Node, make_node: MakeNode) -> None:
    killed = make_node(of=primary)
    with dbkit.connect(url(primary, killed), database=Shop) as db:
        position = caught_up(db, killed)
        with db.reading(after=position, wait_seconds=10) as reader:
            assert is_on_replica(reader)
            killed.crash()
            assert reader.providers.get("acme").slug == "acme"
            assert not is_on_replica(reader)
        with db.reading() as reader:
            assert not is_on_replica(reader)


def test_a_promoted_replica_takes_no_readers_and_no_writes(primary: Node, make_node: MakeNode) -> None:
    promoted = make_node(of=primary)
    with dbkit.connect(url(primary, promoted), database=Shop) as db:
        caught_up(db, promoted)
        with db.reading(wait_seconds=10) as reader:
            assert is_on_replica(reader)
            promoted.promote()
            with pytest.raises(ReadOnly):
                reader.providers.create(provider("split-brain"))
        db.providers.create(provider("on-the-primary"))
        with db.reading(after=db.position()) as reader:
            assert reader.providers.get("on-the-primary").slug == "on-the-primary"
        with dbkit.connect(promoted.url(), database=Shop) as new:
            token = new.position()
            assert token.partition("-")[0] == "2"
        # The old primary's replicas have nothing of the new timeline.
        with db.reading(after=token) as reader:
            assert not is_on_replica(reader)
