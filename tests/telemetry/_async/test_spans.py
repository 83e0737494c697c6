"""Spans of calls and transactions, as an application's exporter gets them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest
from opentelemetry.trace import SpanKind, StatusCode

import dbkit.telemetry
from dbkit import AsyncDatabase
from dbkit.types import (
    AlreadyExists,
    ConnectionFilter,
    ConnectionId,
    NewConnection,
    NewOrganization,
    NewTeam,
    NotFound,
    TeamId,
    TransactionAborted,
    uuid7,
)
from tests.operations._async.world import AsyncTenant, async_make_tenant
from tests.telemetry.traces import Traces

_OF_BACKEND = {"memory": "async_memory_db", "postgres": "async_postgres_db"}


@pytest.fixture(params=_OF_BACKEND)
def db(request: pytest.FixtureRequest) -> AsyncDatabase:
    """An empty database of each backend."""
    database: AsyncDatabase = request.getfixturevalue(_OF_BACKEND[request.param])
    return database


@pytest.fixture
async def tenant(db: AsyncDatabase, traces: Traces) -> AsyncIterator[AsyncTenant]:
    """A tenant, in a database that is instrumented from here on."""
    tenant = await async_make_tenant(db)
    dbkit.telemetry.instrument(db, tracer_provider=traces.provider)
    yield tenant
    dbkit.telemetry.uninstrument(db)


def is_postgres(db: AsyncDatabase) -> bool:
    return "memory" not in repr(db)


async def test_a_call_has_a_span_that_says_what_was_called_and_where(
    db: AsyncDatabase, tenant: AsyncTenant, traces: Traces
) -> None:
    assert await db.projects.get(tenant.project_id)
    assert traces.names == ["dbkit.projects.get"]
    (span,) = traces.spans
    said = dict(traces.attributes("dbkit.projects.get"))
    assert said.pop("db.collection.name") == "projects"
    assert said.pop("db.operation.name") == "get"
    assert said.pop("db.system.name") == ("postgresql" if is_postgres(db) else "dbkit.memory")
    assert span.kind is (SpanKind.CLIENT if is_postgres(db) else SpanKind.INTERNAL)
    assert said == {}
    assert span.status.status_code is StatusCode.UNSET


async def test_an_error_is_told_by_its_class_and_sqlstate_and_nothing_of_the_row(
    tenant: AsyncTenant, traces: Traces
) -> None:
    connection = await tenant.connection("secretive")
    traces.exporter.clear()
    again = NewConnection(**connection.model_dump(include=set(NewConnection.model_fields)))
    with pytest.raises(AlreadyExists):
        await tenant.db.connections.create(again)
    with pytest.raises(NotFound):
        await tenant.db.connections.get(tenant.project_id, ConnectionId(uuid7()))
    taken, absent = traces.spans
    assert taken.status.status_code is absent.status.status_code is StatusCode.ERROR
    assert taken.attributes is not None
    assert absent.attributes is not None
    assert taken.attributes["error.type"] == "AlreadyExists"
    assert taken.attributes["db.response.status_code"] == "23505"
    assert absent.attributes["error.type"] == "NotFound"
    assert "db.response.status_code" not in absent.attributes
    told = taken.to_json() + absent.to_json()
    for word in ("secretive", str(connection.id), str(tenant.project_id), "INSERT", "insert"):
        assert word not in told
    assert taken.events == absent.events == ()


async def test_a_transaction_is_the_parent_of_its_calls(tenant: AsyncTenant, traces: Traces) -> None:
    async with tenant.db.transaction() as tx:
        await tx.projects.get(tenant.project_id)
        with traces.tracer.start_as_current_span("own"):
            await tx.connections.count(ConnectionFilter(project_id=tenant.project_id))
        async with tx.transaction() as nested:
            await nested.projects.lock(tenant.project_id)
    await tenant.db.projects.find(tenant.project_id)
    assert traces.paths == [
        "dbkit.transaction",
        "dbkit.transaction > dbkit.projects.get",
        "dbkit.transaction > own",
        "dbkit.transaction > own > dbkit.connections.count",
        "dbkit.transaction > dbkit.savepoint",
        "dbkit.transaction > dbkit.savepoint > dbkit.projects.lock",
        "dbkit.projects.find",
    ]
    said = traces.attributes("dbkit.transaction")
    assert said["dbkit.transaction.outcome"] == "committed"
    assert said["dbkit.transaction.isolation"] == "read committed"
    assert traces.attributes("dbkit.savepoint")["dbkit.transaction.outcome"] == "committed"


async def test_what_leaves_the_block_of_a_transaction_is_told(tenant: AsyncTenant, traces: Traces) -> None:
    with pytest.raises(KeyError):
        async with tenant.db.transaction() as tx:
            await tx.projects.get(tenant.project_id)
            raise KeyError("secretive")
    said = traces.attributes("dbkit.transaction")
    assert (said["dbkit.transaction.outcome"], said["error.type"]) == ("rolled back", "KeyError")
    assert all("secretive" not in span.to_json() for span in traces.spans)


async def test_a_commit_that_fails_is_told(tenant: AsyncTenant, traces: Traces) -> None:
    again = NewConnection(**(await tenant.connection()).model_dump(include=set(NewConnection.model_fields)))
    traces.exporter.clear()

    async def swallow() -> None:
        async with tenant.db.transaction() as tx:
            with pytest.raises(AlreadyExists):
                await tx.connections.create(again)

    with pytest.raises(TransactionAborted):
        await swallow()
    said = traces.attributes("dbkit.transaction")
    assert (said["dbkit.transaction.outcome"], said["error.type"]) == ("rolled back", "TransactionAborted")


async def test_each_attempt_of_run_has_a_span(tenant: AsyncTenant, traces: Traces) -> None:
    async def work(tx: dbkit.AsyncTransaction) -> int:
        return await tx.projects.count(None)

    with traces.tracer.start_as_current_span("request"), pytest.raises(dbkit.types.ValueInvalid):
        await tenant.db.run(work)
    assert traces.paths == [
        "request",
        "request > dbkit.transaction",
        "request > dbkit.transaction > dbkit.projects.count",
    ]


async def test_an_operation_is_the_parent_of_the_verbs_that_it_is_made_of(tenant: AsyncTenant, traces: Traces) -> None:
    organization = NewOrganization(label="Hooli", default_team_id=TeamId(uuid7()))
    team = NewTeam(organization_id=organization.id, id=organization.default_team_id, name="All")
    await tenant.db.organizations.create_with_default_team(organization, team)
    operation = "dbkit.organizations.create_with_default_team"
    assert traces.paths == [
        operation,
        f"{operation} > dbkit.transaction",
        f"{operation} > dbkit.transaction > dbkit.organizations.create",
        f"{operation} > dbkit.transaction > dbkit.teams.create",
    ]


async def test_an_iteration_is_no_parent_of_what_its_reader_does_between_two_values(
    tenant: AsyncTenant, traces: Traces
) -> None:
    connection = await tenant.connection()
    traces.exporter.clear()
    with traces.tracer.start_as_current_span("request"):
        async for _ in tenant.db.consumers.connections(tenant.project_id, connection.consumer_ref):
            await tenant.db.projects.find(tenant.project_id)
    assert traces.paths == [
        "request",
        "request > dbkit.consumers.connections",
        "request > dbkit.consumers.connections > dbkit.connections.iterate",
        "request > dbkit.projects.find",
    ]


async def test_an_iteration_that_its_reader_leaves_has_ended_well(tenant: AsyncTenant, traces: Traces) -> None:
    await tenant.connection("one")
    await tenant.connection("two")
    traces.exporter.clear()
    async with aclosing(tenant.db.connections.iterate(ConnectionFilter(project_id=tenant.project_id))) as found:
        async for _ in found:
            break
    (span,) = traces.spans
    assert span.name == "dbkit.connections.iterate"
    assert span.status.status_code is StatusCode.UNSET


async def test_an_iteration_that_fails_is_told(tenant: AsyncTenant, traces: Traces) -> None:
    with pytest.raises(dbkit.types.ValueInvalid):
        async for _ in tenant.db.connections.iterate(None):
            pass
    assert traces.attributes("dbkit.connections.iterate")["error.type"] == "ValueInvalid"


async def test_repositories_stay_what_they_are(db: AsyncDatabase, tenant: AsyncTenant, traces: Traces) -> None:
    before = type(db.connections).__mro__[1]
    assert isinstance(db.connections, before)
    assert repr(db.connections).endswith("(connections)")
    with pytest.raises(AttributeError, match="audit_events have no update"):
        db.audit_events.update  # type: ignore[attr-defined]  # noqa: B018


async def test_without_instrumenting_nothing_is_in_the_way(
    db: AsyncDatabase, tenant: AsyncTenant, traces: Traces
) -> None:
    dbkit.telemetry.uninstrument(db)
    traces.exporter.clear()
    assert await db.projects.get(tenant.project_id)
    assert type(db.projects).get.__module__ == "dbkit.verbs._async.repository"
    assert type(db._backend).__module__.partition(".telemetry")[1] == ""
    assert traces.names == []


async def test_instrumenting_twice_is_once(db: AsyncDatabase, tenant: AsyncTenant, traces: Traces) -> None:
    dbkit.telemetry.instrument(db, tracer_provider=traces.provider)
    await db.projects.find(tenant.project_id)
    assert traces.names == ["dbkit.projects.find"]


async def test_a_replaced_database_has_the_same_spans(db: AsyncDatabase, tenant: AsyncTenant, traces: Traces) -> None:
    stand_in = object()
    other = db.replacing(connections=stand_in)
    assert other.connections is stand_in
    await other.projects.find(tenant.project_id)
    async with other.transaction() as tx:
        assert tx.connections is stand_in
        assert tx.is_of(db)
    assert traces.names == ["dbkit.projects.find", "dbkit.transaction"]


async def test_reading_has_spans_too(tenant: AsyncTenant, traces: Traces) -> None:
    async with tenant.db.reading(after=await tenant.db.position()) as reader:
        assert await reader.projects.get(tenant.project_id)
        async with reader.transaction() as tx:
            await tx.projects.get(tenant.project_id)
    assert traces.paths == [
        "dbkit.projects.get",
        "dbkit.transaction",
        "dbkit.transaction > dbkit.projects.get",
    ]
