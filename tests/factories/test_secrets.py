"""Secrets of factories open with the key of local and test environments, and keys are found by their hash."""

from __future__ import annotations

from hashlib import sha256

import pytest

import dbkit
from dbkit.mock.factories import Factories
from dbkit.mock.rows.references import AnyEntity
from dbkit.models import CONNECTION_SECRETS, DESTINATION_SECRETS, PROVIDER_APPS
from dbkit.operations.sealing import data_key_of, place_of
from dbkit.sealing import key_service, unseal
from dbkit.types import Value

SERVICE = key_service({"DBKIT_ENV": "test"})


def opened(db: dbkit.Database, entity: AnyEntity, column: str, row: Value, key_id: str) -> bytes:
    key = db.encryption_keys.get(row.project_id, getattr(row, key_id))  # type: ignore[attr-defined]
    return unseal(getattr(row, column), data_key_of(key, SERVICE), key.id, place_of(entity, column, row))


def test_secrets_open(make: Factories, db: dbkit.Database) -> None:
    secret = make.connection_secret.create(db, secret=b"token")
    assert opened(db, CONNECTION_SECRETS, "ciphertext", secret, "encryption_key_id") == b"token"
    signing = make.destination_secret.create(db)
    assert opened(db, DESTINATION_SECRETS, "ciphertext", signing, "encryption_key_id") == b"secret of a destination"
    app = make.provider_app.create(db, secret=b"client")
    assert opened(db, PROVIDER_APPS, "client_secret_ciphertext", app, "client_secret_key_id") == b"client"


def test_they_are_sealed_anew_with_another_key(
    make: Factories, db: dbkit.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBKIT_ENV", "test")
    secret = make.connection_secret.create(db, secret=b"token")
    other = make.encryption_key.create(db)
    db.connection_secrets.reseal_batch(secret.project_id, secret.encryption_key_id, other.id)
    resealed = db.connection_secrets.get(secret.project_id, secret.connection_id, secret.kind)
    assert resealed.encryption_key_id == other.id
    assert opened(db, CONNECTION_SECRETS, "ciphertext", resealed, "encryption_key_id") == b"token"


def test_envelopes_are_the_same_again_and_no_two_have_the_same_nonce() -> None:
    rows = Factories(seed=7).connection_secret.build_batch(20)
    assert rows == Factories(seed=7).connection_secret.build_batch(20)
    assert len({row.ciphertext[17:29] for row in rows}) == 20


def test_a_key_is_found_by_its_hash(make: Factories, db: dbkit.Database) -> None:
    stored = make.api_key.create(db, key="secret of a caller")
    assert stored.key_prefix == "secret o"
    assert db.api_keys.find_by_hash(sha256(b"secret of a caller").digest()) == stored


def test_parents_are_made_by_their_own_factories(make: Factories, db: dbkit.Database) -> None:
    delivery = make.delivery.create(db)
    assert "url" in db.destinations.get(delivery.project_id, delivery.destination_id).metadata
