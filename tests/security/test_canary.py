"""A password and a token are found nowhere: not in logs, errors, reprs, pickles, spans, metrics and dumps."""

from __future__ import annotations

import pickle
import subprocess
from contextlib import suppress
from urllib.parse import quote

import psycopg
import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import CollectorRegistry, generate_latest

import dbkit
import dbkit.telemetry
from dbkit.database.url import resolve
from dbkit.migrate.databases import located
from dbkit.migrate.programs import find_program
from dbkit.sealing import LocalKeyService
from dbkit.testing import Setup
from dbkit.types import (
    AlreadyExists,
    AuthenticationFailed,
    ConnectionSecretKind,
    DbkitError,
    NewConnectionSecret,
    NewOrganization,
    NewTeam,
    OrganizationId,
    Secret,
    SecretUnreadable,
    Unavailable,
    uuid7,
)
from tests.faults.node import free_port
from tests.operations._sync.world import Tenant, make_tenant
from tests.security.canary import forms, heard, listening, told

PASSWORD = "canary/Pass word+71"
TOKEN = "canary/Token word+72"


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    return Setup()


def url_with(password: str, port: int, more: str = "") -> str:
    return f"postgresql://somebody:{quote(password, safe='')}@127.0.0.1:{port}/shop{more}"


def test_the_forms_are_found() -> None:
    for form in forms(TOKEN):
        assert heard(b"around " + form + b" it", TOKEN)
    assert not heard("another word", TOKEN)


@pytest.mark.parametrize(
    "more",
    ["", "?connect_timeout=1&options=-c%20x%3D1", "?nonsense=1", "?port=five", "?sslmode=no", "&", "?pooler=none"],
)
def test_the_password_of_a_url_is_in_nothing_that_fails(more: str) -> None:
    url = url_with(PASSWORD, free_port(), more)
    with listening() as log, pytest.raises(DbkitError) as caught:
        dbkit.connect(url, service="canary").close()
    said = caught.value
    # Frames of the driver hold what they connect with; what they show is nobody's output.
    output = f"{said!r} {said} {vars(said)} {said.args} {said.__cause__!r} {log.getvalue()}"
    assert heard(output + repr(pickle.dumps(said)), PASSWORD) == []


@pytest.mark.parametrize(
    "url", ["postgresql://u:{}@[::1/x", "postgres//u:{}@h", "postgresql://u:{}@h:p:q/x", "host=h password={}"]
)
def test_a_url_that_cannot_be_read_is_not_repeated(url: str) -> None:
    with pytest.raises(DbkitError) as caught:
        dbkit.connect(url.format(PASSWORD))
    assert heard(f"{caught.value!r} {caught.value} {caught.value.__cause__!r}", PASSWORD) == []


def test_a_target_shows_no_password() -> None:
    target = resolve(url_with(PASSWORD, 5432), None, None, {})
    assert heard(f"{target!r} {target.shown_as}", PASSWORD) == []


def test_a_refused_password_is_in_no_error_and_no_log(postgres_url: str) -> None:
    url = psycopg.conninfo.make_conninfo(postgres_url, user="nobody_of_this_name", password=PASSWORD)
    parts = psycopg.conninfo.conninfo_to_dict(url)
    rest = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in parts.items())
    with listening() as log, pytest.raises((AuthenticationFailed, Unavailable)) as caught:
        dbkit.connect(f"postgresql:///?{rest}").close()
    assert heard(f"{caught.value!r} {caught.value} {vars(caught.value)} {log.getvalue()}", PASSWORD) == []


@pytest.fixture(params=["memory", "postgres"])
def db(request: pytest.FixtureRequest) -> dbkit.Database:
    database: dbkit.Database = request.getfixturevalue(f"{request.param}_db")
    return database


def test_a_token_is_in_nothing_that_a_service_puts_out(db: dbkit.Database) -> None:
    """Calls, errors of each kind, spans and metrics; the token goes in and comes out all the time."""
    exporter, registry = InMemorySpanExporter(), CollectorRegistry()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tenant = make_tenant(db)
    dbkit.telemetry.instrument(db, tracer_provider=provider)
    if db.pool_statistics() is not None:
        dbkit.telemetry.expose(db, registry=registry)
    with listening() as log:
        output = work_with_token(db, tenant)
    dbkit.telemetry.uninstrument(db)
    spans = "".join(span.to_json() for span in exporter.get_finished_spans())
    provider.shutdown()
    assert "connection_secrets" in spans
    assert heard(output + spans + log.getvalue() + generate_latest(registry).decode(), TOKEN) == []


def work_with_token(db: dbkit.Database, tenant: Tenant) -> str:
    keyring = type(db.keyring)(db, service=LocalKeyService(bytes(32)))
    connection = tenant.connection()
    new = keyring.seal(
        NewConnectionSecret,
        project_id=tenant.project_id,
        connection_id=connection.id,
        kind=ConnectionSecretKind.API_KEY,
        ciphertext=Secret(TOKEN),
    )
    stored = db.connection_secrets.create(new)
    opened = keyring.unseal(stored)
    assert opened == Secret(TOKEN)
    said = f"{opened} {opened!r} {[opened]} {new!r} {stored!r} {stored.model_dump()} {keyring!r} {vars(keyring)}"
    with pytest.raises(AlreadyExists) as exists:
        db.connection_secrets.create(new)
    moved = stored.model_copy(update={"kind": ConnectionSecretKind.BASIC})
    with pytest.raises(SecretUnreadable) as unreadable:
        keyring.unseal(moved)
    with suppress(TypeError):
        said += repr(pickle.dumps(opened))
    return said + told(exists.value) + told(unreadable.value) + repr(pickle.dumps(stored))


def test_values_of_a_refused_row_are_in_no_error(db: dbkit.Database) -> None:
    """Also where PostgreSQL's DETAIL holds the row, and where a constraint names the value."""
    identifier = OrganizationId(uuid7())
    team = NewTeam(organization_id=identifier, name=TOKEN)
    db.organizations.create_with_default_team(
        NewOrganization(id=identifier, label=TOKEN, default_team_id=team.id), team
    )
    with listening() as log, pytest.raises(AlreadyExists) as caught:
        db.teams.create(NewTeam(organization_id=identifier, name=TOKEN))
    error = caught.value
    assert error.constraint == "uq_teams_organization_id_name_live"
    said = f"{error!r} {error} {vars(error)} {error.__cause__!r} {log.getvalue()} {pickle.dumps(error)!r}"
    assert heard(said, TOKEN) == []


def test_a_token_is_in_no_dump(postgres_db: dbkit.Database, postgres_url: str) -> None:
    work_with_token(postgres_db, make_tenant(postgres_db))
    with located(postgres_url) as target:
        program = find_program("pg_dump", target)
        run = subprocess.run([program.path, "--inserts"], env=program.environment, capture_output=True, check=True)
    assert b"connection_secrets" in run.stdout
    assert heard(run.stdout + run.stderr, TOKEN) == []
