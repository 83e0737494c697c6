"""Envelopes: they open in their place alone, and those of today open for ever."""

from __future__ import annotations

import os
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbkit.sealing import DataKey, Place, key_id_of, seal, unseal
from dbkit.sealing.envelope import KeyValue
from dbkit.types.errors import ConfigurationInvalid, ValueInvalid

KEY = bytes(range(32))
KEY_ID = UUID("0193b6a0-0000-7000-8000-000000000001")
PROJECT, CONNECTION = UUID(int=1), UUID(int=2)
PLACE = Place(
    "connection_secrets",
    "ciphertext",
    {"project_id": PROJECT, "connection_id": CONNECTION, "kind": "access_token"},
)

# Written once. They are never written anew: rows of every age have to open.
GOLDEN = (
    (
        PLACE,
        "s3cret 🙂",
        "010193b6a0000070008000000000000001000102030405060708090a0b3431b569a091e2eb12d815ea1f2d25b2f56e0ec2567b2a4bfa2860",
    ),
    (
        Place("things", "sealed", {"id": 42}),
        "",
        "010193b6a0000070008000000000000001000102030405060708090a0b37a56218a90c30c45c109c3ab724c591",
    ),
)

values = st.one_of(st.uuids(), st.text(), st.integers())
places = st.builds(
    lambda table, column, key: Place(table, column, {str(n): value for n, value in enumerate(key)}),
    st.text(),
    st.text(),
    st.lists(values, max_size=4),
)


@pytest.mark.parametrize(("place", "plaintext", "envelope"), GOLDEN)
def test_an_envelope_of_version_1_opens_for_ever(place: Place, plaintext: str, envelope: str) -> None:
    assert unseal(bytes.fromhex(envelope), KEY, KEY_ID, place).decode() == plaintext


@given(plaintext=st.binary(max_size=5000), key=st.binary(min_size=32, max_size=32), key_id=st.uuids(), place=places)
def test_what_is_sealed_opens(plaintext: bytes, key: bytes, key_id: UUID, place: Place) -> None:
    envelope = seal(plaintext, key, key_id, place)
    assert len(envelope) == len(plaintext) + 45
    assert key_id_of(envelope) == key_id
    assert unseal(envelope, key, key_id, place) == plaintext


@given(one=places, other=places)
def test_it_opens_in_no_other_place(one: Place, other: Place) -> None:
    """Also where table, column and key run into each other to the same text."""
    if (one.table, one.column, _typed(one)) == (other.table, other.column, _typed(other)):
        return
    envelope = seal(b"s3cret", KEY, KEY_ID, one)
    with pytest.raises(ValueInvalid):
        unseal(envelope, KEY, KEY_ID, other)


@pytest.mark.parametrize(
    "other",
    [
        Place("provider_apps", PLACE.column, PLACE.key),
        Place(PLACE.table, "secret", PLACE.key),
        Place(PLACE.table, PLACE.column, {**PLACE.key, "kind": "refresh_token"}),
        Place(PLACE.table, PLACE.column, {**PLACE.key, "project_id": CONNECTION}),
        Place(PLACE.table, PLACE.column, {**PLACE.key, "project_id": str(PROJECT)}),
        Place(PLACE.table, PLACE.column, {"connection_id": CONNECTION, "project_id": PROJECT, "kind": "access_token"}),
        Place(PLACE.table, PLACE.column, {"project_id": PROJECT, "connection_id": CONNECTION}),
        Place("connection_secretsc", "iphertext", PLACE.key),
    ],
)
def test_a_copied_envelope_does_not_open(other: Place) -> None:
    envelope = seal(b"s3cret", KEY, KEY_ID, PLACE)
    with pytest.raises(ValueInvalid) as caught:
        unseal(envelope, KEY, KEY_ID, other)
    assert (caught.value.entity, caught.value.key) == (other.table, dict(other.key))
    assert caught.value.fields == (other.column,)
    assert "s3cret" not in str(caught.value)


def test_a_changed_bit_anywhere_is_noticed() -> None:
    envelope = seal(b"s3cret", KEY, KEY_ID, PLACE)
    for bit in range(len(envelope) * 8):
        changed = bytearray(envelope)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ValueInvalid):
            unseal(bytes(changed), KEY, KEY_ID, PLACE)


@pytest.mark.parametrize("length", range(52))
def test_what_is_cut_short_does_not_open(length: int) -> None:
    envelope = seal(b"s3cret!", KEY, KEY_ID, PLACE)
    assert len(envelope) == 52
    with pytest.raises(ValueInvalid):
        unseal(envelope[:length], KEY, KEY_ID, PLACE)


def test_another_key_does_not_open_it() -> None:
    envelope = seal(b"s3cret", KEY, KEY_ID, PLACE)
    with pytest.raises(ValueInvalid, match="does not open"):
        unseal(envelope, KEY[::-1], KEY_ID, PLACE)
    with pytest.raises(ValueInvalid, match="another data key"):
        unseal(envelope, KEY, CONNECTION, PLACE)
    # The id is bound as well as written in front.
    swapped = envelope[:1] + CONNECTION.bytes + envelope[17:]
    with pytest.raises(ValueInvalid, match="does not open"):
        unseal(swapped, KEY, CONNECTION, PLACE)


@pytest.mark.parametrize("length", [0, 16, 24, 31, 33, 64])
def test_a_data_key_has_32_bytes(length: int) -> None:
    with pytest.raises(ConfigurationInvalid, match=f"not {length}"):
        seal(b"s3cret", bytes(length), KEY_ID, PLACE)
    with pytest.raises(ConfigurationInvalid, match=f"not {length}"):
        unseal(bytes(45), bytes(length), KEY_ID, PLACE)


@pytest.mark.parametrize("value", [None, 1.5, True, b"1", ("a",)])
def test_a_key_is_made_of_uuids_texts_and_whole_numbers(value: KeyValue) -> None:
    with pytest.raises(ValueInvalid, match=type(value).__name__):
        seal(b"s3cret", KEY, KEY_ID, Place("things", "sealed", {"id": value}))


def test_the_same_value_gives_another_envelope_each_time() -> None:
    envelopes = {seal(b"s3cret", KEY, KEY_ID, PLACE) for _ in range(1000)}
    assert len({envelope[17:29] for envelope in envelopes}) == 1000


def test_nonces_are_not_repeated() -> None:
    """Of a million (`DBKIT_NONCES`) two are alike with a chance of one in 10**17."""
    key = DataKey(KEY_ID, KEY)
    count = int(os.environ.get("DBKIT_NONCES", "20_000"))
    assert len({key.seal(b"", PLACE)[17:29] for _ in range(count)}) == count


@pytest.mark.parametrize("value", [b"", b"\x01" + bytes(43), b"\x02" + bytes(60)])
def test_what_is_no_envelope_names_no_key(value: bytes) -> None:
    with pytest.raises(ValueInvalid, match="no envelope"):
        key_id_of(value)


def _typed(place: Place) -> list[tuple[type, KeyValue]]:
    return [(type(value), value) for value in place.key.values()]
