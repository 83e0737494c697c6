"""What single values of the platform keep to themselves, fill in, and refuse."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic.fields import FieldInfo

from dbkit.models import ENTITIES
from dbkit.types import (
    ApiKeyScope,
    LogSeverity,
    NewApiKey,
    NewDeliveryAttempt,
    NewLease,
    NewObjectSchema,
    NewOperationLog,
    NewOutboxEvent,
    NewProjectEntitlement,
    NewReadState,
    NewUsageEvent,
    OutboxEvent,
    OutboxTopic,
    Value,
    ValueInvalid,
    now,
    uuid7,
)

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
SEALED = {
    "api_keys.key_hash",
    "connection_secrets.ciphertext",
    "destination_secrets.ciphertext",
    "encryption_keys.wrapped_key",
    "provider_apps.client_secret_ciphertext",
}


def _hidden(fields: dict[str, FieldInfo]) -> set[str]:
    return {name for name, field in fields.items() if not field.repr}


def test_secrets_are_not_shown() -> None:
    new = {f"{entity.name}.{name}" for entity in ENTITIES for name in _hidden(entity.new.model_fields)}
    stored = {f"{entity.name}.{name}" for entity in ENTITIES for name in _hidden(entity.value.model_fields)}
    assert new == stored == SEALED


def test_an_api_key_shows_its_prefix_only() -> None:
    new = NewApiKey(
        project_id=uuid7(), label="ci", scopes=(ApiKeyScope.READ,), key_prefix="ab12cd34", key_hash=b"\x07" * 32
    )
    assert "ab12cd34" in repr(new)
    assert "x07" not in repr(new)


def test_now_is_aware() -> None:
    before = datetime.now(UTC)
    assert before <= now() <= datetime.now(UTC)
    assert now().tzinfo is UTC


@pytest.mark.parametrize(
    ("value_class", "given", "field"),
    [
        (NewOperationLog, {"project_id": uuid7(), "operation_id": uuid7(), "message": "read"}, "logged_at"),
        (
            NewDeliveryAttempt,
            {"project_id": uuid7(), "delivery_id": uuid7(), "attempt": 1, "duration_ms": 7},
            "started_at",
        ),
        (NewLease, {"name": "token:1", "holder": "worker-1", "expires_at": MONDAY}, "acquired_at"),
        (NewOutboxEvent, {"topic": OutboxTopic.READ_FINISHED, "key": "1", "payload": {}}, "available_at"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_time_left_out_is_the_machines(value_class: type[Value], given: dict[str, Any], field: str) -> None:
    before = now()
    assert before <= getattr(value_class(**given), field) <= now()
    assert getattr(value_class(**given, **{field: MONDAY}), field) == MONDAY


def test_a_schema_left_without_times_was_looked_at_no_earlier_than_it_changed() -> None:
    new = NewObjectSchema(
        project_id=uuid7(), connection_id=uuid7(), object_name="contact", fields={}, fields_hash=b"\x00" * 32
    )
    assert new.changed_at <= new.checked_at


def test_severity_goes_by_what_matters_and_not_by_the_alphabet() -> None:
    assert LogSeverity.DEBUG.and_above().values == tuple(LogSeverity)
    assert LogSeverity.WARN.and_above().values == (LogSeverity.WARN, LogSeverity.ERROR)
    assert LogSeverity.ERROR.and_above().values == (LogSeverity.ERROR,)


@pytest.mark.parametrize("value", [True, 30, "text", [1, None], {"days": None}])
def test_an_entitlement_holds_any_json(value: Any) -> None:
    assert NewProjectEntitlement(project_id=uuid7(), key="logRetentionDays", value=value).value == value


def test_an_entitlement_is_no_bare_null() -> None:
    with pytest.raises(ValueInvalid) as caught:
        NewProjectEntitlement(project_id=uuid7(), key="brandingRemoval", value=None)
    assert caught.value.fields == ("value",)


@pytest.mark.parametrize("quantity", ["99999999999999.999999", "0.000001", "7"])
def test_quantities_are_exact(quantity: str) -> None:
    new = NewUsageEvent(
        project_id=uuid7(), occurred_at=MONDAY, organization_id=uuid7(), metric="records", quantity=Decimal(quantity)
    )
    assert str(new.quantity) == quantity


@pytest.mark.parametrize("quantity", ["100000000000000", "0.0000001", "NaN", "Infinity"])
def test_quantities_that_would_be_rounded_or_refused(quantity: str) -> None:
    given = {"project_id": uuid7(), "occurred_at": MONDAY, "organization_id": uuid7(), "metric": "records"}
    with pytest.raises(ValueInvalid) as caught:
        NewUsageEvent(**given, quantity=Decimal(quantity))
    assert caught.value.fields == ("quantity",)


def test_counts_have_64_bits() -> None:
    given = {"project_id": uuid7(), "installation_id": uuid7(), "object_name": "contact"}
    assert NewReadState(**given, records_processed=2**63 - 1).records_processed == 2**63 - 1
    with pytest.raises(ValueInvalid):
        NewReadState(**given, records_processed=2**63)


@pytest.mark.parametrize("status", [2**15, -(2**15) - 1])
def test_a_status_has_16_bits(status: int) -> None:
    with pytest.raises(ValueInvalid) as caught:
        NewDeliveryAttempt(project_id=uuid7(), delivery_id=uuid7(), attempt=1, duration_ms=7, http_status=status)
    assert caught.value.fields == ("http_status",)


def test_the_server_numbers_an_outbox_event() -> None:
    assert "id" not in NewOutboxEvent.model_fields
    new = NewOutboxEvent(topic=OutboxTopic.USAGE_EMITTED, key="1", payload={})
    assert OutboxEvent(**new.__dict__, id=2**63 - 1, created_at=MONDAY).id == 2**63 - 1
    with pytest.raises(ValueInvalid) as caught:
        OutboxEvent(**new.__dict__, id=2**63, created_at=MONDAY)
    assert caught.value.fields == ("id",)
