from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dbkit.types import (
    AuthScheme,
    Connection,
    ConnectionId,
    ConsumerRef,
    Group,
    GroupRef,
    NewConnection,
    ProjectId,
    ProviderSlug,
    uuid7,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def project() -> ProjectId:
    return ProjectId(uuid7())


@pytest.fixture
def key() -> ConnectionId:
    return ConnectionId(uuid7())


@pytest.fixture
def new(project: ProjectId, key: ConnectionId) -> NewConnection:
    return NewConnection(
        project_id=project,
        id=key,
        provider=ProviderSlug("salesforce"),
        group_ref=GroupRef("hooli"),
        consumer_ref=ConsumerRef("ada"),
        auth_scheme=AuthScheme.NONE,
        provider_metadata={"seats": [1]},
    )


@pytest.fixture
def connection(new: NewConnection) -> Connection:
    return Connection(**dict(new), created_at=NOON, updated_at=NOON, deleted_at=None, version=1)


@pytest.fixture
def group(project: ProjectId) -> Group:
    return Group(project_id=project, group_ref=GroupRef("hooli"), created_at=NOON, updated_at=NOON)
