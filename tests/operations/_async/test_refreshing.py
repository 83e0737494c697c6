"""Tokens of connections: one of many workers refreshes one, and the others get what it got."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dbkit import AsyncDatabase
from dbkit.testing.conformance._async.stage import AsyncStep
from dbkit.testing.conformance.background import AsyncBackground
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
from tests.operations._async.world import AsyncTenant

HOUR = timedelta(hours=1)
WORKERS = 50


@pytest.fixture(autouse=True)
def development_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_ENV", "test")


@pytest.fixture
async def connection(tenant: AsyncTenant) -> Connection:
    return await tenant.connection()


class Provider:
    """A provider that gives a token at each call, and notes with what it was asked."""

    def __init__(self, db: AsyncDatabase, name: str = "token") -> None:
        self.db = db
        self.name = name
        self.asked: list[Secret | None] = []

    async def __call__(self, secret: Secret | None) -> FreshToken:
        self.asked.append(secret)
        # A call of the database, for the others to come in between.
        await self.db.leases.count()
        number = len(self.asked)
        return FreshToken(Secret(f"{self.name} {number}"), now() + HOUR, Secret(f"refresh {number}"), ("read",))


async def opened(db: AsyncDatabase, secret: ConnectionSecret) -> str:
    return (await db.keyring.unseal(secret)).reveal_text()


async def test_the_first_token_is_stored_and_found_again(db: AsyncDatabase, connection: Connection) -> None:
    provider = Provider(db)
    first = await db.connection_secrets.refresh_token(connection, provider)
    assert (first.kind, first.scopes, await opened(db, first)) == ("access_token", ("read",), "token 1")
    assert await db.connection_secrets.refresh_token(connection, provider) == first
    assert provider.asked == [None]


async def test_a_token_that_ends_soon_or_was_refused_is_refreshed(db: AsyncDatabase, connection: Connection) -> None:
    provider = Provider(db)
    first = await db.connection_secrets.refresh_token(connection, provider)
    second = await db.connection_secrets.refresh_token(connection, provider, leeway=2 * HOUR)
    third = await db.connection_secrets.refresh_token(connection, provider, stale=second)
    assert [first.version, second.version, third.version] == [1, 2, 3]
    assert await opened(db, third) == "token 3"
    # One who was refused an older token gets the newest one.
    assert await db.connection_secrets.refresh_token(connection, provider, stale=first) == third
    assert provider.asked == [None, Secret("refresh 1"), Secret("refresh 2")]


async def test_of_fifty_workers_one_refreshes(db: AsyncDatabase, connection: Connection) -> None:
    provider = Provider(db)
    workers = [AsyncBackground() for _ in range(WORKERS)]
    steps = [AsyncStep(worker.start(db.connection_secrets.refresh_token, connection, provider)) for worker in workers]
    results = [await step.result() for step in steps]
    for worker in workers:
        await worker.close()
    assert len(provider.asked) == 1
    assert {result.version for result in results} == {1}
    assert len({result.ciphertext for result in results}) == 1


async def test_an_error_of_the_provider_lets_the_next_one_try(db: AsyncDatabase, connection: Connection) -> None:
    async def refused(secret: Secret | None) -> FreshToken:
        raise RuntimeError("401")

    with pytest.raises(RuntimeError, match="401"):
        await db.connection_secrets.refresh_token(connection, refused)
    token = await db.connection_secrets.refresh_token(connection, Provider(db))
    assert await opened(db, token) == "token 1"


async def test_a_worker_that_was_frozen_while_it_refreshed_stores_nothing(
    db: AsyncDatabase, connection: Connection
) -> None:
    rival = Provider(db, "rival")

    async def frozen(secret: Secret | None) -> FreshToken:
        """Take so long that the lease ends, and somebody else refreshes."""
        name = LeaseName(f"token:{connection.project_id}:{connection.id}")
        past = now() - 24 * HOUR
        await db.leases.update(name, acquired_at=past, expires_at=past + HOUR)
        await db.connection_secrets.refresh_token(connection, rival)
        return await Provider(db)(secret)

    with pytest.raises(LeaseLost):
        await db.connection_secrets.refresh_token(connection, frozen)
    kind = ConnectionSecretKind.ACCESS_TOKEN
    stored = await db.connection_secrets.get(connection.project_id, connection.id, kind)
    assert (await opened(db, stored), stored.version) == ("rival 1", 1)


async def test_who_waits_too_long_is_told(db: AsyncDatabase, connection: Connection) -> None:
    await db.leases.acquire(LeaseName(f"token:{connection.project_id}:{connection.id}"), "somebody", HOUR)
    with pytest.raises(LeaseNotAvailable, match="refreshed the token"):
        await db.connection_secrets.refresh_token(connection, Provider(db), wait_seconds=0)


async def test_a_token_without_an_end_is_fresh(db: AsyncDatabase, connection: Connection) -> None:
    new = await db.keyring.seal(
        NewConnectionSecret,
        project_id=connection.project_id,
        connection_id=connection.id,
        kind=ConnectionSecretKind.ACCESS_TOKEN,
        ciphertext="for ever",
    )
    stored = await db.connection_secrets.create(new)
    assert await db.connection_secrets.refresh_token(connection, Provider(db)) == stored
