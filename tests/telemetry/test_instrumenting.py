"""Spans for each database of a process, and what they say of where it is."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

import dbkit
import dbkit.telemetry
from dbkit.types import NewProvider, ProviderFilter, ProviderSlug, ValueInvalid
from tests.telemetry.traces import Traces

ACME = NewProvider(slug=ProviderSlug("acme"), display_name="Acme", base_url="https://acme.example")


@pytest.fixture
def instrumented(traces: Traces) -> Iterator[None]:
    dbkit.telemetry.instrument(tracer_provider=traces.provider)
    yield
    dbkit.telemetry.uninstrument()


@pytest.mark.usefixtures("instrumented")
async def test_each_database_that_is_opened_has_spans(traces: Traces) -> None:
    with dbkit.connect("memory://") as db:
        db.providers.count(ProviderFilter())
    async with dbkit.connect_async("memory://") as async_db:
        await async_db.providers.count(ProviderFilter())
    assert traces.names == ["dbkit.providers.count"] * 2


@pytest.mark.usefixtures("instrumented")
async def test_the_process_s_own_databases_have_spans_once(traces: Traces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_URL", "memory://")
    monkeypatch.setattr("dbkit.database.context._process._database", None)
    own = dbkit.current()
    own.providers.count(ProviderFilter())
    own.providers.count(ProviderFilter())
    with own.transaction() as tx:
        tx.providers.count(ProviderFilter())
    own.close()
    assert traces.names == ["dbkit.providers.count"] * 3 + ["dbkit.transaction"]


def test_afterwards_none_has(traces: Traces) -> None:
    dbkit.telemetry.instrument(tracer_provider=traces.provider)
    dbkit.telemetry.instrument(tracer_provider=traces.provider)
    dbkit.telemetry.uninstrument()
    dbkit.telemetry.uninstrument()
    with dbkit.connect("memory://") as db:
        db.providers.count(ProviderFilter())
    assert traces.names == []


@pytest.mark.usefixtures("instrumented")
def test_spans_say_where_the_server_is_and_nothing_secret(postgres_url: str, traces: Traces) -> None:
    with dbkit.connect(postgres_url, env="dev", service="api") as db:
        db.providers.count(ProviderFilter())
        database = db.execute(text("SELECT current_database() AS name"))[0]["name"]
        with db.session() as session:
            session.execute(text("SELECT 'secretive'"))
        with pytest.raises(ValueInvalid):
            db.execute(text("SELECT 1 / 0"))
    assert traces.names == ["dbkit.providers.count", "dbkit.execute", "dbkit.session", "dbkit.execute"]
    for span in traces.spans:
        assert span.attributes is not None
        assert span.attributes["db.namespace"] == database
        assert "secretive" not in span.to_json()
        assert "SELECT" not in span.to_json()
    assert traces.spans[-1].attributes["db.response.status_code"] == "22012"


def test_what_a_thread_does_on_a_transaction_is_its_child(memory_db: dbkit.Database, traces: Traces) -> None:
    dbkit.telemetry.instrument(memory_db, tracer_provider=traces.provider)
    with memory_db.transaction() as tx, ThreadPoolExecutor(1) as threads:
        threads.submit(tx.providers.count, ProviderFilter()).result()
    assert traces.paths == ["dbkit.transaction", "dbkit.transaction > dbkit.providers.count"]


async def test_a_call_that_is_cancelled_is_told(traces: Traces, async_memory_db: dbkit.AsyncDatabase) -> None:
    dbkit.telemetry.instrument(async_memory_db, tracer_provider=traces.provider)
    await async_memory_db.providers.create(ACME)
    async with async_memory_db.transaction() as tx:
        await tx.providers.lock(ACME.slug)
        waiting = asyncio.create_task(async_memory_db.providers.delete(ACME.slug))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert traces.attributes("dbkit.providers.delete")["error.type"] == "CancelledError"


async def test_a_transaction_that_another_task_ends_leaves_no_parent_behind(traces: Traces) -> None:
    async with dbkit.connect_async("memory://") as db:
        dbkit.telemetry.instrument(db, tracer_provider=traces.provider)
        block = db.transaction()
        tx = await asyncio.create_task(block.__aenter__())
        await tx.providers.count(ProviderFilter())
        await asyncio.create_task(block.__aexit__(None, None, None))
        await db.providers.count(ProviderFilter())
    assert traces.paths == ["dbkit.transaction", "dbkit.transaction > dbkit.providers.count", "dbkit.providers.count"]


@pytest.mark.parametrize(
    ("conninfo", "host", "port"),
    [
        ("postgresql://someone:secretive@db.example/x", "db.example", 5432),
        ("host=10.0.0.1 port=6432 dbname=x", "10.0.0.1", 6432),
        ("host=/var/run/postgresql dbname=x", "/var/run/postgresql", 5432),
        ("postgresql://one:1,two:2/x", None, None),
        ("dbname=x", None, None),
    ],
)
def test_the_location_of_a_server(conninfo: str, host: str | None, port: int | None) -> None:
    from dbkit.sqldb.location import Location, location_of

    assert location_of(conninfo) == Location(host, port, "x")


def test_names_are_those_of_the_semantic_conventions() -> None:
    from opentelemetry.semconv.attributes import db_attributes, error_attributes, server_attributes

    from dbkit.telemetry import spans

    assert spans.COLLECTION == db_attributes.DB_COLLECTION_NAME
    assert spans.OPERATION == db_attributes.DB_OPERATION_NAME
    assert spans.STATUS_CODE == db_attributes.DB_RESPONSE_STATUS_CODE
    assert spans.ERROR_TYPE == error_attributes.ERROR_TYPE
    assert spans.SYSTEM == db_attributes.DB_SYSTEM_NAME
    assert spans.NAMESPACE == db_attributes.DB_NAMESPACE
    assert (spans.ADDRESS, spans.PORT) == (server_attributes.SERVER_ADDRESS, server_attributes.SERVER_PORT)


WITHOUT = """
import importlib.util, sys
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name in sys.argv[1:] else found(name, package)
import dbkit.telemetry, dbkit.types
for name in ("instrument", "expose"):
    try:
        getattr(dbkit.telemetry, name)
    except dbkit.types.ConfigurationInvalid as error:
        print(error)
"""


def test_without_the_extra_it_says_what_to_install() -> None:
    command = [sys.executable, "-c", WITHOUT, "opentelemetry", "prometheus_client"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert said == [
        "OpenTelemetry is not installed. Run pip install 'dbkit[telemetry]'.",
        "The Prometheus client is not installed. Run pip install 'dbkit[telemetry]'.",
    ]
