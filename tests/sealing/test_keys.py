"""Data keys wrapped by a key service, and which service the environment names."""

from __future__ import annotations

import base64
import sys
from dataclasses import replace
from types import ModuleType
from uuid import UUID

import pytest

from dbkit.sealing import KeyService, LocalKeyService, WrappedKey, key_service
from dbkit.types.errors import ConfigurationInvalid

KEY_ID = UUID("0193b6a0-0000-7000-8000-000000000001")
MASTER = bytes(range(32, 64))
MASTER_TEXT = base64.b64encode(MASTER).decode()

# Written once. They are never written anew: wrapped keys of every age have to open.
GOLDEN = (
    "01000102030405060708090a0b5c535fa44e30edebb4f0c3cd2a7e50330361fb"
    "777e04b0063c14c9a1a79cd5879c3e49aadf2810b2f74ac8473adb84d5"
)
GOLDEN_OF_DEVELOPMENT = (
    "01000102030405060708090a0b00a6c6ec4784ef4a63be5f8475b9b7a13c5e65"
    "cee2d60533d1781a7c2f4254f33d576fb8aa372277102243493a24b8b7"
)


def test_a_wrapped_key_opens_for_ever() -> None:
    service = key_service({"DBKIT_MASTER_KEY": MASTER_TEXT})
    assert service.unwrap(WrappedKey(bytes.fromhex(GOLDEN), "local", 1), KEY_ID) == bytes(range(32))
    service = key_service({"DBKIT_ENV": "local"})
    wrapped = WrappedKey(bytes.fromhex(GOLDEN_OF_DEVELOPMENT), "local-development", 1)
    assert service.unwrap(wrapped, KEY_ID) == bytes(range(32))


def test_a_data_key_is_made_and_opens() -> None:
    service = LocalKeyService(MASTER)
    data_key, wrapped = service.create_data_key(KEY_ID)
    assert len(data_key) == 32
    assert (wrapped.kms_key, wrapped.kms_key_version, len(wrapped.wrapped_key)) == ("local", 1, 61)
    assert service.unwrap(wrapped, KEY_ID) == data_key
    assert service.unwrap(service.wrap(data_key, KEY_ID), KEY_ID) == data_key
    assert service.create_data_key(KEY_ID)[0] != data_key


def test_a_wrapped_key_opens_under_its_own_id_alone() -> None:
    service = LocalKeyService(MASTER)
    _, wrapped = service.create_data_key(KEY_ID)
    with pytest.raises(ConfigurationInvalid, match="does not open"):
        service.unwrap(wrapped, UUID(int=1))


def test_a_changed_bit_of_a_wrapped_key_is_noticed() -> None:
    service = LocalKeyService(MASTER)
    _, wrapped = service.create_data_key(KEY_ID)
    for bit in range(len(wrapped.wrapped_key) * 8):
        changed = bytearray(wrapped.wrapped_key)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ConfigurationInvalid):
            service.unwrap(replace(wrapped, wrapped_key=bytes(changed)), KEY_ID)


@pytest.mark.parametrize("wrapped", [b"", b"\x01", b"\x01" + bytes(59), b"\x01" + bytes(61)])
def test_what_is_no_wrapped_key_is_refused(wrapped: bytes) -> None:
    with pytest.raises(ConfigurationInvalid, match="not wrapped"):
        LocalKeyService(MASTER).unwrap(WrappedKey(wrapped, "local", 1), KEY_ID)


def test_another_master_key_does_not_open_it() -> None:
    data_key, wrapped = LocalKeyService(MASTER).create_data_key(KEY_ID)
    for other in (LocalKeyService(MASTER[::-1]), LocalKeyService(MASTER, "other"), LocalKeyService(MASTER, "local", 2)):
        with pytest.raises(ConfigurationInvalid) as caught:
            other.unwrap(wrapped, KEY_ID)
        assert data_key.hex() not in str(caught.value)


def test_the_name_and_version_of_the_master_key_are_bound() -> None:
    _, wrapped = LocalKeyService(MASTER).create_data_key(KEY_ID)
    with pytest.raises(ConfigurationInvalid, match="does not open"):
        LocalKeyService(MASTER, "local", 2).unwrap(replace(wrapped, kms_key_version=2), KEY_ID)


def test_keys_are_not_shown() -> None:
    service = LocalKeyService(MASTER)
    _, wrapped = service.create_data_key(KEY_ID)
    for shown in (repr(service), repr(wrapped), str(service)):
        assert "\\x" not in shown
        assert "key=b" not in shown


@pytest.mark.parametrize(
    "environ",
    [
        {"DBKIT_ENV": "local"},
        {"DBKIT_ENV": "test"},
        {"DBKIT_URL": "embedded://"},
        {"DBKIT_URL": "memory://", "DBKIT_ENV": ""},
    ],
)
def test_where_nothing_is_secret_a_known_key_will_do(environ: dict[str, str]) -> None:
    service = key_service(environ)
    _, wrapped = service.create_data_key(KEY_ID)
    assert wrapped.kms_key == "local-development"


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"DBKIT_URL": "postgresql://app@db/app"},
        {"DBKIT_ENV": "preview"},
        {"DBKIT_ENV": "dev"},
        {"DBKIT_ENV": "staging"},
        {"DBKIT_ENV": "prod"},
        {"DBKIT_ENV": "prod", "DBKIT_URL": "embedded://"},
        {"DBKIT_ENV": "prod", "DBKIT_MASTER_KEY": ""},
        {"DBKIT_ENV": "anything"},
    ],
)
def test_everywhere_else_a_master_key_is_needed(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigurationInvalid, match="DBKIT_MASTER_KEY"):
        key_service(environ)
    if "DBKIT_MASTER_KEY" not in environ:
        service = key_service(environ | {"DBKIT_MASTER_KEY": MASTER_TEXT})
        assert service == LocalKeyService(MASTER)


@pytest.mark.parametrize("text", ["no base64!", base64.b64encode(bytes(31)).decode(), MASTER_TEXT + "\n"])
def test_a_master_key_is_32_bytes_in_base64(text: str) -> None:
    """It is refused also where a known key would do: somebody meant it."""
    with pytest.raises(ConfigurationInvalid, match="openssl rand -base64 32") as caught:
        key_service({"DBKIT_ENV": "local", "DBKIT_MASTER_KEY": text})
    assert text not in str(caught.value)


def test_the_environment_names_a_service(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("services_of_ours")
    module.service = LocalKeyService(MASTER, "ours", 7)  # type: ignore[attr-defined]
    module.kind = LocalKeyService  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setenv("DBKIT_KEY_SERVICE", "services_of_ours:service")
    service = key_service()
    assert isinstance(service, KeyService)
    assert service.create_data_key(KEY_ID)[1].kms_key == "ours"


@pytest.mark.parametrize(
    "name",
    ["nowhere:service", "sys:nothing", "sys", ":service", "sys:", "sys:path", "dbkit.sealing:LocalKeyService", "Local"],
)
def test_what_it_names_has_to_be_one(name: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="DBKIT_KEY_SERVICE"):
        key_service({"DBKIT_KEY_SERVICE": name, "DBKIT_ENV": "local"})
