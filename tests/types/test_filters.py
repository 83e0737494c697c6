from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from dbkit.types import (
    EVERY_TENANT,
    AnyOf,
    ConnectionFilter,
    ConnectionStatus,
    Contains,
    Deleted,
    IgnoringCase,
    IntegrationFilter,
    NullTest,
    Prefix,
    ProviderFilter,
    Range,
    RevisionFilter,
    TeamFilter,
    ValueInvalid,
    uuid7,
)

PROJECT = uuid7()
MONDAY = datetime(2025, 1, 6, tzinfo=UTC)


def test_unasked_fields_are_left_out() -> None:
    assert ConnectionFilter(project_id=PROJECT).conditions() == {"project_id": PROJECT, "deleted": Deleted.LIVE}


@pytest.mark.parametrize(
    ("asked", "condition"),
    [
        ({"status": "working"}, ConnectionStatus.WORKING),
        ({"status": AnyOf(ConnectionStatus.WORKING)}, AnyOf(ConnectionStatus.WORKING)),
        ({"provider_app_id": NullTest.IS_NULL}, NullTest.IS_NULL),
        ({"provider_app_id": AnyOf()}, AnyOf()),
        ({"created_at": Range(at_least=MONDAY)}, Range(at_least=MONDAY)),
        ({"deleted": Deleted.ANY}, Deleted.ANY),
    ],
)
def test_conditions(asked: dict[str, Any], condition: Any) -> None:
    [field] = asked
    assert ConnectionFilter(project_id=PROJECT, **asked).conditions()[field] == condition


def test_a_filter_needs_its_tenant() -> None:
    with pytest.raises(ValueInvalid) as caught:
        ConnectionFilter()
    assert caught.value.fields == ("project_id",)


def test_every_tenant_is_asked_for_by_name() -> None:
    assert ConnectionFilter(project_id=EVERY_TENANT).project_id is EVERY_TENANT
    with pytest.raises(ValueInvalid):
        ConnectionFilter(project_id=None)


@pytest.mark.parametrize(
    "asked",
    [
        {"status": "asleep"},
        {"status": AnyOf(ConnectionStatus.WORKING, "asleep")},
        {"status": Prefix("work")},
        {"status": NullTest.IS_NULL},
        {"created_at": Range(at_least=datetime(2025, 1, 6))},  # noqa: DTZ001 (that is the point)
        {"created_at": MONDAY},
        {"provider": "a\x00b"},
        {"deleted": "perhaps"},
        {"no_such_field": 1},
    ],
)
def test_what_does_not_fit_is_refused(asked: dict[str, Any]) -> None:
    [field] = asked
    with pytest.raises(ValueInvalid) as caught:
        ConnectionFilter(project_id=PROJECT, **asked)
    assert caught.value.fields == (field,)


@pytest.mark.parametrize("kind", [Prefix, IgnoringCase])
def test_text_conditions_hold_text_without_nul(kind: Any) -> None:
    assert kind("crm-").text == "crm-"
    with pytest.raises(ValueInvalid):
        kind("a\x00")
    with pytest.raises(ValueInvalid):
        kind(5)


def test_a_plain_name_is_no_condition_where_case_matters() -> None:
    with pytest.raises(ValueInvalid):
        IntegrationFilter(project_id=PROJECT, name="contacts")


def test_conditions_are_compared_by_what_they_hold() -> None:
    assert AnyOf(1, 2) == AnyOf(1, 2)
    assert Prefix("a") != IgnoringCase("a")
    assert Range(at_least=1) != Range(more_than=1)
    assert repr(AnyOf(1, 2)) == "AnyOf(values=(1, 2))"


def test_parameters_of_conditions_are_checked() -> None:
    assert ProviderFilter(supports=Contains("read")).conditions()["supports"].values == ("read",)
    with pytest.raises(ValueInvalid):
        ProviderFilter(supports=Contains("fly"))
    with pytest.raises(ValueInvalid):
        RevisionFilter(project_id=PROJECT, number=Range(at_least=2**31))


def test_roots() -> None:
    roots = TeamFilter(organization_id=uuid7(), parent_team_id=NullTest.IS_NULL)
    assert roots.conditions()["parent_team_id"] is NullTest.IS_NULL
