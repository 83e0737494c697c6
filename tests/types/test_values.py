from __future__ import annotations

import pickle
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter, ValidationError

from dbkit.types import (
    AuditEvent,
    AuthScheme,
    Connection,
    ConnectionStatus,
    DbkitError,
    Group,
    Instant,
    Integer,
    NewConnection,
    NewGroup,
    NewProvider,
    NewRevision,
    Provider,
    ProviderAction,
    Text,
    Value,
    ValueInvalid,
    uuid7,
)
from dbkit.types.value import Bytes, Json, numeric

SECRET = "what nobody may read in a log"


def new_connection(**changed: Any) -> NewConnection:
    given = {
        "project_id": uuid7(),
        "provider": "salesforce",
        "group_ref": "group",
        "consumer_ref": "consumer",
        "auth_scheme": AuthScheme.BASIC,
        **changed,
    }
    return NewConnection(**given)


def test_a_new_value_has_its_defaults() -> None:
    new = new_connection()
    assert new.id.version == 7
    assert new.status is ConnectionStatus.CREATED
    assert new.provider_app_id is None
    assert new.provider_metadata == {}


def test_identifiers_and_documents_are_not_shared() -> None:
    one, other = new_connection(), new_connection()
    assert one.id != other.id
    one.provider_metadata["seen"] = True
    assert other.provider_metadata == {}


def test_a_stored_value_is_a_new_one_and_more() -> None:
    assert issubclass(Connection, NewConnection)
    assert set(Connection.model_fields) - set(NewConnection.model_fields) == {
        "created_at",
        "updated_at",
        "deleted_at",
        "version",
    }
    with pytest.raises(ValueInvalid) as caught:
        Group(project_id=uuid7(), group_ref="group")
    assert caught.value.fields == ("created_at", "updated_at")


def test_values_are_frozen() -> None:
    new = new_connection()
    with pytest.raises(ValidationError, match="frozen"):
        new.provider = "hubspot"


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"project_id": SECRET}, "project_id", "valid UUID"),
        ({"provider": 5}, "provider", "valid string"),
        ({"provider_workspace_ref": "a\x00b"}, "provider_workspace_ref", "match pattern"),
        ({"auth_scheme": SECRET}, "auth_scheme", "Input should be 'none'"),
        ({"status": SECRET}, "status", "'created'"),
        ({"provider_metadata": [SECRET]}, "provider_metadata", "valid dictionary"),
        ({"provider_metadata": {"when": datetime.now(UTC)}}, "provider_metadata", "JSON"),
        ({"nickname": SECRET}, "nickname", "Extra inputs"),
    ],
)
def test_what_does_not_fit_is_refused(changed: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(ValueInvalid) as caught:
        new_connection(**changed)
    error = caught.value
    assert error.entity == "NewConnection"
    assert error.fields == (field,)
    assert reason in str(error)
    assert SECRET not in f"{error} {error!r} {error.__dict__}"


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ValueInvalid) as caught:
        NewGroup()
    assert caught.value.fields == ("project_id", "group_ref")


def test_the_refusal_keeps_nothing_of_pydantics() -> None:
    with pytest.raises(ValueInvalid) as caught:
        NewGroup(project_id=SECRET, group_ref="group")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert isinstance(caught.value, DbkitError | ValueError)


def test_pydantics_own_doors_raise_its_own_error_without_the_input() -> None:
    with pytest.raises(ValidationError) as caught:
        NewGroup.model_validate({"project_id": SECRET, "group_ref": "group"})
    assert SECRET not in str(caught.value)


def test_a_value_can_be_made_without_its_rules() -> None:
    unchecked = NewGroup.model_construct(project_id="no uuid", group_ref=None)
    assert (unchecked.project_id, unchecked.group_ref, unchecked.group_name) == ("no uuid", None, "")


@pytest.mark.parametrize("text", ["", "ä", "\U0001f600", "a\nb\n", "'; --", "\x7f\u200b"])
def test_text(text: str) -> None:
    assert TypeAdapter(Text).validate_python(text) == text


@pytest.mark.parametrize("text", ["\x00", "a\x00", "\x00a", "a\n\x00", "a\x00\n"])
def test_text_has_no_nul(text: str) -> None:
    with pytest.raises(ValueInvalid, match="group_name"):
        NewGroup(project_id=uuid7(), group_ref="group", group_name=text)


def test_references_have_no_nul() -> None:
    with pytest.raises(ValueInvalid, match="group_ref"):
        NewGroup(project_id=uuid7(), group_ref="a\x00b")


@pytest.mark.parametrize("number", [-(2**31), 0, 2**31 - 1])
def test_integer(number: int) -> None:
    assert TypeAdapter(Integer).validate_python(number) == number


@pytest.mark.parametrize("number", [0, -1, 2**31, 1.5, "one", None])
def test_a_revision_counts_from_one_within_an_integer(number: Any) -> None:
    with pytest.raises(ValueInvalid) as caught:
        NewRevision(project_id=uuid7(), integration_id=uuid7(), content={}, number=number)
    assert caught.value.fields == ("number",)


def test_an_instant_has_a_zone() -> None:
    adapter = TypeAdapter(Instant)
    assert adapter.validate_python(datetime(2025, 1, 1, tzinfo=UTC)) == datetime(2025, 1, 1, tzinfo=UTC)
    with pytest.raises(ValidationError, match="timezone"):
        adapter.validate_python(datetime(2025, 1, 1))  # noqa: DTZ001 (that is the point)


def test_a_naive_datetime_is_refused() -> None:
    naive = datetime(2025, 1, 1)  # noqa: DTZ001 (that is the point)
    with pytest.raises(ValueInvalid, match="created_at"):
        Group(project_id=uuid7(), group_ref="g", created_at=naive, updated_at=naive)


def test_arrays_are_tuples_of_members() -> None:
    new = NewProvider(slug="s", display_name="S", base_url="https://s", supports=["read", ProviderAction.WRITE])
    assert new.supports == (ProviderAction.READ, ProviderAction.WRITE)
    with pytest.raises(ValueInvalid, match=r"supports\.1"):
        NewProvider(slug="s", display_name="S", base_url="https://s", supports=["read", "fly"])


@pytest.mark.parametrize("number", ["999.99", "-999.99", "1.50000", "1E+2", 7])
def test_numeric(number: Any) -> None:
    assert TypeAdapter(Annotated[Decimal, numeric(5, 2)]).validate_python(Decimal(number)) == Decimal(number)


@pytest.mark.parametrize("number", ["1000", "1.005", "NaN", "Infinity"])
def test_numeric_refuses_what_is_rounded_or_does_not_fit(number: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Annotated[Decimal, numeric(5, 2)]).validate_python(Decimal(number))


def test_bytes_are_no_text() -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Bytes).validate_python("text")


def test_json_is_anything_but_a_bare_null() -> None:
    adapter = TypeAdapter(Json)
    assert [adapter.validate_python(value) for value in (True, 30, [None])] == [True, 30, [None]]
    with pytest.raises(ValidationError, match="null"):
        adapter.validate_python(None)


def test_json_round_trip() -> None:
    new = new_connection(provider_metadata={"a": [1, {"b": None}]})
    assert NewConnection.model_validate_json(new.model_dump_json()) == new


def test_pickle_round_trip() -> None:
    new = new_connection()
    assert pickle.loads(pickle.dumps(new)) == new


def test_values_of_one_kind_are_compared_by_their_fields() -> None:
    new = new_connection()
    assert new == new_connection(**new.model_dump())
    assert new != new_connection(id=UUID(int=1))


@pytest.mark.parametrize("value", [AuditEvent, Connection, Group, Provider])
def test_values_are_values(value: type[Value]) -> None:
    assert issubclass(value, Value)
    assert value.model_config["frozen"]
