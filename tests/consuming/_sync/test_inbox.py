# Generated from tests/consuming/_async/test_inbox.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dbkit import BaseDatabase, Database, connect
from dbkit.consuming import Inbox, Incoming
from dbkit.consuming.received import opened
from dbkit.consuming.together import together
from dbkit.events import UsageEmitted
from dbkit.types import ConfigurationInvalid, NewIngestedMessage
from tests.consuming._sync.given import Handler, effects, message


def incoming(number: int) -> Incoming:
    return opened(message(number), (UsageEmitted,), 1)


def test_a_message_has_its_effects_once(db: Database) -> None:
    inbox, handler = Inbox(db, "billing"), Handler()
    assert inbox.handle(handler, incoming(1)) is True
    assert inbox.handle(handler, incoming(1)) is False
    assert handler.seen == [1]
    assert effects(db) == [1]
    assert db.ingested_messages.exists("billing", "event-1")


def test_each_subscription_has_its_own(db: Database) -> None:
    handler = Handler()
    assert Inbox(db, "billing").handle(handler, incoming(1))
    assert Inbox(db, "mail").handle(handler, incoming(1))
    assert effects(db) == [1, 1]


def test_a_handler_that_raises_leaves_nothing_behind(db: Database) -> None:
    inbox, handler = Inbox(db, "billing"), Handler({1: 1})
    with pytest.raises(RuntimeError):
        inbox.handle(handler, incoming(1))
    assert effects(db) == []
    assert not db.ingested_messages.exists("billing", "event-1")
    assert inbox.handle(handler, incoming(1)) is True
    assert effects(db) == [1]


@pytest.mark.parametrize("isolation", ["read committed", "serializable"])
def test_of_several_with_the_same_message_one_handles_it(db: Database, isolation: Any) -> None:
    inbox, handler = Inbox(db, "billing", isolation=isolation), Handler()
    outcomes: list[bool] = []

    def work() -> None:
        outcomes.append(inbox.handle(handler, incoming(1)))

    together(work, 4, lambda: None)
    assert sorted(outcomes) == [False, False, False, True]
    assert effects(db) == [1]


def test_one_that_waits_handles_it_when_the_other_fails(db: Database) -> None:
    inbox, handler = Inbox(db, "billing"), Handler({1: 1})
    outcomes: list[bool | str] = []

    def work() -> None:
        try:
            outcomes.append(inbox.handle(handler, incoming(1)))
        except RuntimeError:
            outcomes.append("failed")

    together(work, 2, lambda: None)
    assert set(outcomes) == {True, "failed"}
    assert effects(db) == [1]


def test_what_is_older_than_is_kept_is_forgotten(db: Database) -> None:
    for subscription, message_id in (("billing", "a"), ("billing", "b"), ("mail", "c")):
        db.ingested_messages.create(NewIngestedMessage(subscription=subscription, message_id=message_id))
    inbox = Inbox(db, "billing")
    assert inbox.forget(timedelta(hours=1)) == 0
    assert inbox.forget(timedelta(seconds=-60)) == 2
    assert [each.message_id for each in db.ingested_messages.iterate()] == ["c"]


def test_a_database_without_an_inbox_is_refused() -> None:
    class Bare(BaseDatabase[Any]):
        pass

    with connect("memory://", database=Bare) as bare:
        with pytest.raises(ConfigurationInvalid, match="ingested_messages"):
            Inbox(bare, "billing")
