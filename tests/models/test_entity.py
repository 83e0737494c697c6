"""What follows from a value, a model and a filter."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import configure_mappers

from dbkit.models import (
    AUDIT_EVENTS,
    BUILDERS,
    CONNECTION_SECRETS,
    CONNECTIONS,
    ENTITIES,
    EVENT_TOPIC_ROUTES,
    GROUPS,
    INGESTED_MESSAGES,
    INSTALLATION_CONFIGS,
    OPERATION_LOGS,
    ORGANIZATIONS,
    OUTBOX_EVENTS,
    PROJECTS,
    PROVIDER_APPS,
    PROVIDERS,
    READ_STATES,
    REVISIONS,
    TEAMS,
    Base,
    CommitTokenModel,
    Entity,
    Verb,
)
from dbkit.models.entity import columns_in
from dbkit.types import ConnectionId, ConnectionStatus, NewConnection, ProjectId, uuid7
from dbkit.types.identifiers import ConsumerRef, GroupRef, ProviderSlug

ALWAYS = {Verb.GET, Verb.FIND, Verb.GET_MANY, Verb.EXISTS, Verb.PAGE, Verb.ITERATE, Verb.COUNT}


def test_all_entities_are_listed_parents_first() -> None:
    assert {entity.table for entity in ENTITIES} == set(Base.metadata.tables.values()) - {CommitTokenModel.__table__}
    tables = [entity.table for entity in ENTITIES]
    for entity in ENTITIES:
        for foreign_key in entity.table.foreign_key_constraints:
            assert foreign_key.deferrable or tables.index(foreign_key.referred_table) <= tables.index(entity.table)


def test_models_are_ordinary_sqlalchemy() -> None:
    configure_mappers()
    assert all(entity.model.__table__ is entity.table for entity in ENTITIES)


@pytest.mark.parametrize(
    ("entity", "key", "parameters", "tenant"),
    [
        (ORGANIZATIONS, ("id",), ("organization_id",), None),
        (TEAMS, ("organization_id", "id"), ("organization_id", "team_id"), "organization_id"),
        (PROJECTS, ("id",), ("project_id",), "organization_id"),
        (PROVIDERS, ("slug",), ("slug",), None),
        (GROUPS, ("project_id", "group_ref"), ("project_id", "group_ref"), "project_id"),
        (AUDIT_EVENTS, ("organization_id", "id"), ("organization_id", "audit_event_id"), "organization_id"),
        (OUTBOX_EVENTS, ("id",), ("outbox_event_id",), None),
        (
            OPERATION_LOGS,
            ("project_id", "logged_at", "id"),
            ("project_id", "logged_at", "operation_log_id"),
            "project_id",
        ),
        (
            CONNECTION_SECRETS,
            ("project_id", "connection_id", "kind"),
            ("project_id", "connection_id", "kind"),
            "project_id",
        ),
    ],
    ids=str,
)
def test_key(entity: Entity[Any, Any, Any], key: tuple[str], parameters: tuple[str], tenant: str | None) -> None:
    assert (entity.key, entity.key_parameters, entity.tenant) == (key, parameters, tenant)


@pytest.mark.parametrize(
    ("entity", "absent"),
    [
        (CONNECTIONS, set()),
        (GROUPS, {Verb.RESTORE, Verb.PURGE}),
        (REVISIONS, {Verb.UPDATE, Verb.UPSERT, Verb.DELETE, Verb.RESTORE, Verb.PURGE, Verb.LOCK}),
        (AUDIT_EVENTS, {Verb.UPDATE, Verb.UPSERT, Verb.DELETE, Verb.RESTORE, Verb.PURGE, Verb.LOCK}),
        (EVENT_TOPIC_ROUTES, {Verb.UPDATE, Verb.RESTORE, Verb.PURGE}),
        (INGESTED_MESSAGES, {Verb.UPDATE, Verb.UPSERT, Verb.RESTORE, Verb.PURGE, Verb.LOCK}),
        (INSTALLATION_CONFIGS, {Verb.UPDATE, Verb.UPSERT, Verb.DELETE, Verb.RESTORE, Verb.PURGE, Verb.LOCK}),
        (OUTBOX_EVENTS, {Verb.UPSERT, Verb.RESTORE, Verb.PURGE}),
        (PROVIDER_APPS, set()),
    ],
    ids=lambda parameter: parameter.name if isinstance(parameter, Entity) else "",
)
def test_verbs(entity: Entity[Any, Any, Any], absent: set[Verb]) -> None:
    assert set(Verb) - entity.verbs == absent
    assert entity.verbs >= ALWAYS


def test_changeable() -> None:
    assert CONNECTIONS.changeable == (
        "provider_app_id",
        "provider_workspace_ref",
        "provider_consumer_ref",
        "status",
        "provider_metadata",
    )
    assert PROJECTS.changeable == ("name", "app_name")
    assert CONNECTIONS.lifecycles == {"status": ConnectionStatus}
    assert EVENT_TOPIC_ROUTES.changeable == ()


def test_what_the_server_makes_is_not_changed() -> None:
    assert "full_name" in BUILDERS.fields
    assert BUILDERS.changeable == ("primary_email", "first_name", "last_name")
    assert {"id", "created_at"} == set(OUTBOX_EVENTS.fields) - set(OUTBOX_EVENTS.new_fields)
    assert READ_STATES.changeable == (
        "next_page_token",
        "progress_operation_id",
        "records_processed",
        "records_estimated_total",
    )


def test_orders_are_those_of_the_indexes() -> None:
    assert CONNECTIONS.default_order == "id"
    assert list(AUDIT_EVENTS.orders) == [
        "id",
        "-id",
        "entity,entity_id,-occurred_at",
        "-entity,-entity_id,occurred_at",
        "-occurred_at",
        "occurred_at",
    ]
    assert {name for name, order in CONNECTIONS.orders.items() if order.live_only} == {
        "provider,group_ref,consumer_ref,provider_workspace_ref",
        "-provider,-group_ref,-consumer_ref,-provider_workspace_ref",
    }


@pytest.mark.parametrize("entity", ENTITIES, ids=str)
def test_orders_are_total(entity: Entity[Any, Any, Any]) -> None:
    always, live = [], []
    for key in entity.unique_keys.values():
        predicate = () if key.predicate is None else columns_in(key.predicate)
        always += [key] if predicate == () else []
        live += [key] if predicate in ((), ("deleted_at",)) else []
    for order in entity.orders.values():
        unique = live if order.live_only else always
        never_null = {column.name for column in order.columns if not column.nullable}
        assert any(set(key.fields) <= never_null for key in unique)


def test_unique_keys() -> None:
    assert list(CONNECTIONS.unique_keys) == ["pk_connections", "uq_connections_identity_live"]
    identity = CONNECTIONS.unique_keys["uq_connections_identity_live"]
    assert identity.nulls_not_distinct
    assert identity.is_index
    assert str(identity.predicate) == "connections.deleted_at IS NULL"
    assert TEAMS.unique_keys["uq_teams_organization_id_name_live"].fields == ("organization_id", "name")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("pk_connections", ("project_id", "id")),
        ("fk_connections_group_ref", ("project_id", "group_ref")),
        ("ck_connections_status", ("status",)),
        ("uq_connections_of_another_table", ()),
    ],
)
def test_fields_of_a_constraint(constraint: str, fields: tuple[str, ...]) -> None:
    assert CONNECTIONS.fields_of(constraint) == fields


def test_key_of_a_value() -> None:
    new = NewConnection(
        project_id=ProjectId(uuid7()),
        id=ConnectionId(uuid7()),
        provider=ProviderSlug("salesforce"),
        group_ref=GroupRef("group"),
        consumer_ref=ConsumerRef("consumer"),
        auth_scheme="none",
    )
    assert CONNECTIONS.key_of(new) == {"project_id": new.project_id, "connection_id": new.id}
