# Generated from tests/operations/_async/test_refreshing.py by tools/unasync.py; edit that file instead.
"""Tokens of connections: one of many workers refreshes one, and the others get what it got."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dbkit import Database
from dbkit.testing.conformance._sync.stage import Step
from dbkit.testing.conformance.background import Background
from dbkit.types import (
    Connection,
    ConnectionSecret,
    ConnectionSecretKind,
    FreshToken,
    LeaseLost,
    LeaseName,
    LeaseNotAvailable,
    NewConnectionSecret,
    Secret,
)
from dbkit.types.clock import now
from tests.operations._sync.world import Tenant

HOUR = timedelta(hours=1)
WORKERS = 50


@pytest.fixture(autouse=True)
def development_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_ENV", "test")


@pytest.fixture
def connection(tenant: Tenant) -> Connection:
    return tenant.connection()


class Provider:
    """A provider that gives a token at each call, and notes with what it was asked."""

    def __init__(self, db: Database, name: str = "token") -> None:
        self.db = db
        self.name = name
        self.asked: list[Secret | None] = []

    def __call__(self, secret: Secret | None) -> FreshToken:
        self.asked.append(secret)
        # A call of the database, for the others to come in between.
        self.db.leases.count()
        number = len(self.asked)
        return FreshToken(Secret(f"{self.name} {number}"), now() + HOUR, Secret(f"refresh {number}"), ("read",))


def opened(db: Database, secret: ConnectionSecret) -> str:
    return (db.keyring.unseal(secret)).reveal_text()


def test_the_first_token_is_stored_and_found_again(db: Database, connection: Connection) -> None:
    provider = Provider(db)
    first = db.connection_secrets.refresh_token(connection, provider)
    assert (first.kind, first.scopes, opened(db, first)) == ("access_token", ("read",), "token 1")
    assert db.connection_secrets.refresh_token(connection, provider) == first
    assert provider.asked == [None]


def test_a_token_that_ends_soon_or_was_refused_is_refreshed(db: Database, connection: Connection) -> None:
    provider = Provider(db)
    first = db.connection_secrets.refresh_token(connection, provider)
    second = db.connection_secrets.refresh_token(connection, provider, leeway=2 * HOUR)
    third = db.connection_secrets.refresh_token(connection, provider, stale=second)
    assert [first.version, second.version, third.version] == [1, 2, 3]
    assert opened(db, third) == "token 3"
    # One who was refused an older token gets the newest one.
    assert db.connection_secrets.refresh_token(connection, provider, stale=first) == third
    assert provider.asked == [None, Secret("refresh 1"), Secret("refresh 2")]


def test_of_fifty_workers_one_refreshes(db: Database, connection: Connection) -> None:
    provider = Provider(db)
    workers = [Background() for _ in range(WORKERS)]
    steps = [Step(worker.start(db.connection_secrets.refresh_token, connection, provider)) for worker in workers]
    results = [step.result() for step in steps]
    for worker in workers:
        worker.close()
    assert len(provider.asked) == 1
    assert {result.version for result in results} == {1}
    assert len({result.ciphertext for result in results}) == 1


def test_an_error_of_the_provider_lets_the_next_one_try(db: Database, connection: Connection) -> None:
    def refused(secret: Secret | None) -> FreshToken:
        raise RuntimeError("401")

    with pytest.raises(RuntimeError, match="401"):
        db.connection_secrets.refresh_token(connection, refused)
    token = db.connection_secrets.refresh_token(connection, Provider(db))
    assert opened(db, token) == "token 1"


def test_a_worker_that_was_frozen_while_it_refreshed_stores_nothing(db: Database, connection: Connection) -> None:
    rival = Provider(db, "rival")

    def frozen(secret: Secret | None) -> FreshToken:
        """Take so long that the lease ends, and somebody else refreshes."""
        name = LeaseName(f"token:{connection.project_id}:{connection.id}")
        past = now() - 24 * HOUR
        db.leases.update(name, acquired_at=past, expires_at=past + HOUR)
        db.connection_secrets.refresh_token(connection, rival)
        return Provider(db)(secret)

    with pytest.raises(LeaseLost):
        db.connection_secrets.refresh_token(connection, frozen)
    kind = ConnectionSecretKind.ACCESS_TOKEN
    stored = db.connection_secrets.get(connection.project_id, connection.id, kind)
    assert (opened(db, stored), stored.version) == ("rival 1", 1)


def test_who_waits_too_long_is_told(db: Database, connection: Connection) -> None:
    db.leases.acquire(LeaseName(f"token:{connection.project_id}:{connection.id}"), "somebody", HOUR)
    with pytest.raises(LeaseNotAvailable, match="refreshed the token"):
        db.connection_secrets.refresh_token(connection, Provider(db), wait_seconds=0)


def test_a_token_without_an_end_is_fresh(db: Database, connection: Connection) -> None:
    new = db.keyring.seal(
        NewConnectionSecret,
        project_id=connection.project_id,
        connection_id=connection.id,
        kind=ConnectionSecretKind.ACCESS_TOKEN,
        ciphertext="for ever",
    )
    stored = db.connection_secrets.create(new)
    assert db.connection_secrets.refresh_token(connection, Provider(db)) == stored
