# Generated from tests/mock/_async/test_partial.py by tools/unasync.py; edit that file instead.
"""Partial mocks: what has no stub behaves as the repository of a database does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dbkit import BaseDatabase, Database, connect, current, using
from dbkit.mock import MockAuditEvents, MockConnections, MockProviders, NotStubbed, StubInvalid
from dbkit.types import (
    Connection,
    ConnectionFilter,
    ConnectionStatus,
    LockNotAvailable,
    NewConnection,
    NewConsumer,
    NewGroup,
    NewOrganization,
    NewProject,
    NewProvider,
    NewTeam,
    NotFound,
    ProviderFilter,
    ProviderSlug,
    TeamId,
    uuid7,
)

PROVIDER = NewProvider(
    slug=ProviderSlug("salesforce"), display_name="Salesforce", base_url="https://salesforce.example"
)


@pytest.fixture
def db() -> Iterator[Database]:
    with connect("memory://") as database:
        yield database


@pytest.fixture
def stored(db: Database, new: NewConnection) -> Connection:
    """A connection in the database, with all that it refers to."""
    organization = NewOrganization(label="Acme", default_team_id=TeamId(uuid7()))
    with db.transaction() as tx:
        tx.organizations.create(organization)
        team_id = organization.default_team_id
        tx.teams.create(NewTeam(organization_id=organization.id, id=team_id, name="Everybody"))
        tx.projects.create(NewProject(organization_id=organization.id, id=new.project_id, name="shop"))
        tx.providers.create(PROVIDER)
        tx.groups.create(NewGroup(project_id=new.project_id, group_ref=new.group_ref))
        tx.consumers.create(NewConsumer(project_id=new.project_id, consumer_ref=new.consumer_ref))
        return tx.connections.create(new)


def test_the_other_operations_are_those_of_the_database(db: Database, stored: Connection) -> None:
    mock = MockConnections().with_find(None).otherwise(db).build()
    assert mock.find(stored.project_id, stored.id) is None
    assert mock.get(stored.project_id, stored.id) == stored
    with pytest.raises(NotFound):
        mock.get(stored.project_id, type(stored.id)(int=1))
    assert [call.called for call in mock.calls] == ["connections.find", "connections.get", "connections.get"]


def test_all_kinds_of_arguments_go_on(db: Database, stored: Connection) -> None:
    mock = MockConnections().otherwise(db).build()
    updated = mock.update(stored.project_id, stored.id, expected_version=1, status=ConnectionStatus.WORKING)
    assert updated.version == 2
    page = mock.page(ConnectionFilter(project_id=stored.project_id), limit=5)
    assert page.items == (updated,)
    assert mock.get_many(stored.project_id, [stored.id]) == [updated]
    asking = ConnectionFilter(project_id=stored.project_id)
    assert [found for found in mock.iterate(asking)] == [updated]
    assert MockProviders().otherwise(db).build().create_many(iter([_provider("hubspot")])) == 1


def test_inside_a_transaction_it_is_the_transaction(db: Database) -> None:
    mock = MockProviders().with_count(7).otherwise(db).build()
    with using(db, providers=mock):
        with pytest.raises(RuntimeError):
            with current().transaction() as tx:
                tx.providers.create(PROVIDER)
                assert tx.providers.get(PROVIDER.slug)
                assert tx.providers.count(ProviderFilter()) == 7
                with tx.transaction() as nested:
                    assert nested.providers.lock(PROVIDER.slug)
                raise RuntimeError
        assert current().providers.find(PROVIDER.slug) is None
    called = [call.called.partition(".")[2] for call in mock.calls]
    assert called == ["create", "get", "count", "lock", "find"]


def test_a_savepoint_undoes_what_the_mock_passed_on(db: Database) -> None:
    mock = MockProviders().otherwise(db).build()
    with db.replacing(providers=mock).transaction() as tx:
        tx.providers.create(PROVIDER)
        with pytest.raises(RuntimeError):
            with tx.transaction() as nested:
                nested.providers.create(_provider("hubspot"))
                raise RuntimeError
    assert db.providers.count(ProviderFilter()) == 1


def test_operations_made_of_others_meet_the_stubs(db: Database, stored: Connection) -> None:
    mock = MockConnections().with_lock(LockNotAvailable).otherwise(db).build()
    with pytest.raises(LockNotAvailable):
        mock.mark_working(stored.project_id, stored.id)
    with db.replacing(connections=mock).transaction() as tx:
        with pytest.raises(LockNotAvailable):
            tx.connections.mark_working(stored.project_id, stored.id)
    assert len(mock.calls.lock) == 2


def test_operations_meet_the_mocks_of_other_entities(db: Database, stored: Connection) -> None:
    events = MockAuditEvents().otherwise(db).build()
    with db.replacing(audit_events=events).transaction() as tx:
        tx.connections.mark_bad_credentials(stored.project_id, stored.id, "401")
    assert [call.action for call in events.calls.record] == ["connection.bad_credentials"]


def test_otherwise_of_a_transaction(db: Database) -> None:
    with pytest.raises(RuntimeError):
        with db.transaction() as tx:
            mock = MockProviders().with_count(7).otherwise(tx).build()
            mock.create(PROVIDER)
            assert mock.count(ProviderFilter()) == 7
            assert mock.bound_to(tx) is not None
            assert tx.providers.get(PROVIDER.slug)
            raise RuntimeError
    assert db.providers.count(ProviderFilter()) == 0


def test_a_transaction_of_another_database_is_refused(db: Database) -> None:
    mock = MockProviders().with_count(7).otherwise(db).unverified().build()
    with connect("memory://") as other, other.replacing(providers=mock).transaction() as tx:
        assert tx.providers.count(ProviderFilter()) == 7
        with pytest.raises(NotStubbed, match="transaction is of another database"):
            tx.providers.create(PROVIDER)


def test_a_database_without_the_entity_is_refused() -> None:
    class Empty(BaseDatabase[Any]):
        """A database of nothing."""

    with connect("memory://", database=Empty) as empty:
        with pytest.raises(StubInvalid, match="Empty has no repository of providers"):
            MockProviders().otherwise(empty)


def _provider(slug: str) -> NewProvider:
    return NewProvider(slug=ProviderSlug(slug), display_name=slug, base_url="https://provider.example")
