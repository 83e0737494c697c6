"""`dbkit db rotate-keys`, also where it is killed, and `dbkit db master-key`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dbkit as library
from dbkit.embedded.locks import ticks
from dbkit.mock.factories import Factories
from dbkit.operations.keys import Keys
from dbkit.sealing import key_service
from dbkit.testing import Setup
from dbkit.types import ConnectionSecret, ConnectionSecretFilter, EncryptionKeyFilter, EncryptionKeyStatus, ProjectId
from tests.cli.run import Command

pytestmark = pytest.mark.dbkit(isolation="clone")
SECRETS = 12


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    return Setup()


def sealed(db: library.Database) -> list[ConnectionSecret]:
    """Store secrets of one project, each with its place as text."""
    make = Factories(seed=5)
    key = make.encryption_key.create(db, purpose="credentials")
    given = {"project_id": key.project_id, "encryption_key_id": key.id}
    return [make.connection_secret.create(db, secret=b"secret %d" % each, **given) for each in range(SECRETS)]


def left(db: library.Database, project_id: ProjectId) -> int:
    """Return how many secrets are not sealed with the project's active key."""
    active = db.encryption_keys.active(project_id)
    assert active is not None
    every = ConnectionSecretFilter(project_id=project_id)
    return sum(secret.encryption_key_id != active.id for secret in db.connection_secrets.iterate(every))


def read(db: library.Database, rows: list[ConnectionSecret]) -> list[str]:
    """Open the secrets as they are now, as a reader that has kept no keys."""
    keyring = type(db.keyring)(db, keys=Keys(key_service({"DBKIT_ENV": "test"})))
    now = [db.connection_secrets.get(row.project_id, row.connection_id, row.kind) for row in rows]
    return [keyring.unseal(row).reveal_text() for row in now]


def test_keys_are_rotated(dbkit: Command, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_ENV", "test")
    with library.connect(postgres_url) as db:
        rows = sealed(db)
        done = dbkit(f"db rotate-keys {postgres_url} --json --project {rows[0].project_id}")
        told = json.loads(done.out)
        assert (done.code, told["keys_made"], told["secrets_sealed"], told["unopened"]) == (0, 1, SECRETS, [])
        assert left(db, rows[0].project_id) == 0
        assert read(db, rows) == [f"secret {number}" for number in range(SECRETS)]
        moved = db.connection_secrets.get(rows[0].project_id, rows[0].connection_id, rows[0].kind).ciphertext
        key = (rows[1].project_id, rows[1].connection_id, rows[1].kind)
        db.connection_secrets.update(*key, expected_version=1, ciphertext=moved)
    again = dbkit(f"db rotate-keys {postgres_url}")
    assert again.code == 1
    assert "does not open: connection_secrets (project_id=" in again.out
    assert "secret 0" not in again.out + again.err


def test_a_rotation_that_is_killed_goes_on_where_it_was(
    dbkit: Command, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBKIT_ENV", "test")
    slow = "from dbkit.operations.rotation import Pace; import dbkit, sys; db = dbkit.connect(sys.argv[1]);"
    slow += "db.keyring.rotate(pace=Pace(rows=2, rows_per_second=2))"
    with library.connect(postgres_url) as db:
        rows = sealed(db)
        running = subprocess.Popen([sys.executable, "-P", "-c", slow, postgres_url], env=dict(os.environ))
        assert any(0 < left(db, rows[0].project_id) < SECRETS for _ in ticks(120))
        running.kill()
        running.wait()
        assert 0 < left(db, rows[0].project_id) < SECRETS
        assert read(db, rows) == [f"secret {number}" for number in range(SECRETS)]
        done = json.loads(dbkit(f"db rotate-keys {postgres_url} --json").out)
        assert (done["keys_made"], done["keys_retired"]) == (0, 1)
        assert left(db, rows[0].project_id) == 0
        assert read(db, rows) == [f"secret {number}" for number in range(SECRETS)]
        retired = EncryptionKeyFilter(project_id=rows[0].project_id, status=EncryptionKeyStatus.RETIRED)
        assert [key.id for key in db.encryption_keys.iterate(retired)] == [rows[0].encryption_key_id]


def test_a_master_key_is_added_and_wraps(
    dbkit: Command, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "keys.json"
    assert dbkit(f"db master-key {file}").out == f"version 1 of the master key is in {file}\n"
    monkeypatch.setenv("DBKIT_KEY_SERVICE", f"file:{file}")
    make = Factories(seed=6)
    with library.connect(postgres_url) as db:
        project = make.project.create(db)
        new, _ = db.keyring.new_key(project.id)
        db.encryption_keys.create(new)
        assert json.loads(dbkit(f"db master-key {file} --json").out)["version"] == 2
        wrapped = dbkit(f"db rotate-keys --wrapping {postgres_url}")
        assert (wrapped.code, wrapped.out.split(";")[0]) == (0, "0 data keys made, 1 wrapped anew, 0 retired")
        assert db.encryption_keys.get(project.id, new.id).kms_key_version == 2
    both = dbkit(f"db rotate-keys --wrapping --project {project.id} {postgres_url}")
    assert both.code == 2


def test_a_data_key_is_added_to_a_file(dbkit: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, master = tmp_path / "data.json", tmp_path / "master.json"
    dbkit(f"db master-key {master}")
    monkeypatch.setenv("DBKIT_KEY_SERVICE", f"file:{master}")
    first = json.loads(dbkit(f"db data-key {file} --json").out)["id"]
    assert dbkit(f"db data-key {file}").out.endswith(f" is in {file}\n")
    assert json.loads(file.read_text())[0]["id"] == first
    monkeypatch.delenv("DBKIT_KEY_SERVICE")
    refused = dbkit(f"db data-key {file}")
    assert (refused.code, "needs a key service" in refused.err) == (2, True)
