"""Key services: what each of them promises, and what each makes of its own failures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import grpc
import pytest

from dbkit.sealing import KeyService, WrappedKey, key_service
from dbkit.sealing.file_service import FileKeyService
from dbkit.sealing.google_service import GoogleKeyService, _checksum
from dbkit.types.errors import ConfigurationInvalid, DbkitError, KeyDestroyed, KeyServiceUnavailable
from tests.sealing.fake_kms import FakeKms

KEY_ID, OTHER_ID = UUID(int=1), UUID(int=2)


@dataclass
class Kit:
    """A service, and what the one who runs it does: adds a version, destroys one."""

    service: KeyService
    add_version: Any
    destroy: Any


@pytest.fixture(scope="module")
def kms_server() -> Iterator[tuple[FakeKms, Any]]:
    kms = FakeKms()
    with kms.serving() as client:
        yield kms, client


@pytest.fixture
def kms(kms_server: tuple[FakeKms, Any]) -> Iterator[FakeKms]:
    kms, _ = kms_server
    yield kms
    kms.fails, kms.damages = None, False
    kms.versions.setdefault(1, bytes(32))


@pytest.fixture
def google(kms: FakeKms, kms_server: tuple[FakeKms, Any]) -> GoogleKeyService:
    return GoogleKeyService(kms.key, kms_server[1], call_seconds=0.3)


@pytest.fixture(params=["file", "google"])
def kit(request: pytest.FixtureRequest, tmp_path: Path) -> Kit:
    if request.param == "google":
        kms: FakeKms = request.getfixturevalue("kms")
        return Kit(request.getfixturevalue("google"), kms.add_version, kms.versions.pop)
    service = FileKeyService(tmp_path / "keys.json")
    service.add_version()

    def destroy(version: int) -> None:
        kept = json.loads(service.path.read_text())
        del kept[str(version)]
        service.path.write_text(json.dumps(kept))

    return Kit(service, service.add_version, destroy)


def test_a_data_key_is_wrapped_and_opened(kit: Kit) -> None:
    assert isinstance(kit.service, KeyService)
    data_key, wrapped = kit.service.create_data_key(KEY_ID)
    assert (len(data_key), kit.service.unwrap(wrapped, KEY_ID)) == (32, data_key)
    assert data_key not in wrapped.wrapped_key
    assert kit.service.create_data_key(KEY_ID)[0] != data_key


def test_it_opens_for_its_own_id_alone(kit: Kit) -> None:
    _, wrapped = kit.service.create_data_key(KEY_ID)
    with pytest.raises(ConfigurationInvalid):
        kit.service.unwrap(wrapped, OTHER_ID)
    last = wrapped.wrapped_key[-1] ^ 1
    damaged = WrappedKey(wrapped.wrapped_key[:-1] + bytes([last]), wrapped.kms_key, wrapped.kms_key_version)
    with pytest.raises(ConfigurationInvalid):
        kit.service.unwrap(damaged, KEY_ID)


def test_the_newest_version_wraps_and_all_open(kit: Kit) -> None:
    data_key, old = kit.service.create_data_key(KEY_ID)
    version = kit.add_version()
    new = kit.service.wrap(data_key, KEY_ID)
    assert (old.kms_key, old.kms_key_version) != (new.kms_key, new.kms_key_version)
    assert (new.kms_key, new.kms_key_version) == (old.kms_key, version)
    assert kit.service.unwrap(old, KEY_ID) == kit.service.unwrap(new, KEY_ID) == data_key


def test_a_version_that_is_destroyed_opens_nothing(kit: Kit) -> None:
    _, wrapped = kit.service.create_data_key(KEY_ID)
    kit.add_version()
    kit.destroy(wrapped.kms_key_version)
    with pytest.raises(KeyDestroyed):
        kit.service.unwrap(wrapped, KEY_ID)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (grpc.StatusCode.UNAVAILABLE, KeyServiceUnavailable),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, KeyServiceUnavailable),
        (grpc.StatusCode.INTERNAL, KeyServiceUnavailable),
        (grpc.StatusCode.PERMISSION_DENIED, ConfigurationInvalid),
        (grpc.StatusCode.UNAUTHENTICATED, ConfigurationInvalid),
        (grpc.StatusCode.NOT_FOUND, KeyDestroyed),
    ],
)
def test_what_google_says_becomes_an_error_of_the_tree(
    kms: FakeKms, google: GoogleKeyService, status: grpc.StatusCode, error: type[DbkitError]
) -> None:
    _, wrapped = google.create_data_key(KEY_ID)
    kms.fails = status
    for call, arguments in ((google.unwrap, (wrapped, KEY_ID)), (google.wrap, (bytes(32), KEY_ID))):
        with pytest.raises(error) as caught:
            call(*arguments)
        assert "as it was told" not in str(caught.value)
        assert caught.value.__cause__ is None


def test_what_is_damaged_on_the_way_is_noticed(kms: FakeKms, google: GoogleKeyService) -> None:
    _, wrapped = google.create_data_key(KEY_ID)
    kms.damages = True
    with pytest.raises(KeyServiceUnavailable, match="damaged"):
        google.unwrap(wrapped, KEY_ID)
    with pytest.raises(KeyServiceUnavailable, match="damaged"):
        google.wrap(bytes(32), KEY_ID)


def test_the_checksum_is_crc_32c() -> None:
    """As RFC 3720 (B.4) has it."""
    assert _checksum(b"123456789") == 0xE3069283
    assert _checksum(bytes(32)) == 0x8A9136AA


@pytest.mark.parametrize(
    "name", ["", "k", "projects/p/locations/l/keyRings/r", "projects/p/locations/l/keyRings/r/k/k"]
)
def test_a_key_of_google_has_a_name_of_its_own(name: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="cryptoKeys"):
        key_service({"DBKIT_KEY_SERVICE": f"google-kms:{name}"})


def test_the_environment_names_a_file(tmp_path: Path) -> None:
    service = key_service({"DBKIT_KEY_SERVICE": f"file:{tmp_path / 'keys.json'}"})
    assert isinstance(service, FileKeyService)
    with pytest.raises(ConfigurationInvalid, match="master-key"):
        service.create_data_key(KEY_ID)
    assert [service.add_version(), service.add_version()] == [1, 2]
    assert service.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"1": "no base64!"}', '{"one": "AAAA"}', '{"1": 5}'])
def test_what_is_no_file_of_keys_is_refused_without_a_word_of_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(text)
    with pytest.raises(ConfigurationInvalid, match="no file of master keys") as caught:
        FileKeyService(path).create_data_key(KEY_ID)
    assert text not in str(caught.value) or not text
    assert caught.value.__cause__ is None
