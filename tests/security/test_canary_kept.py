"""A token is in nothing that is kept or shown: events, records of who acts, attempts, dumps, what a doctor says."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

import dbkit
from dbkit.doctor.examine import examine
from dbkit.events import acting
from dbkit.types import (
    EVERY_TENANT,
    ActorType,
    AuditEventFilter,
    NewEventTopicRoute,
    NewTopic,
    NotificationType,
    OutboxEventFilter,
)
from tests.deliveries.hooks import Hook, async_delivered
from tests.deliveries.receiver import answering, receiving
from tests.operations._sync.world import Tenant, make_tenant
from tests.security.canary import heard, listening
from tests.security.test_canary import TOKEN, work_with_token


@pytest.fixture(params=["memory", "postgres"])
def db(request: pytest.FixtureRequest) -> dbkit.Database:
    database: dbkit.Database = request.getfixturevalue(f"{request.param}_db")
    return database


def routed(db: dbkit.Database) -> Tenant:
    """Make a tenant that is told of everything."""
    tenant = make_tenant(db)
    topic = db.topics.create(NewTopic(project_id=tenant.project_id, name="all"))
    for type_ in NotificationType:
        db.event_topic_routes.create(
            NewEventTopicRoute(project_id=tenant.project_id, event_type=type_, topic_id=topic.id)
        )
    return tenant


def test_a_token_is_in_no_event_and_no_record_of_who_acts(db: dbkit.Database) -> None:
    tenant = routed(db)
    with acting(ActorType.BUILDER, "builder-1", reason="a new token"):
        work_with_token(db, tenant)
    told = list(db.outbox_events.iterate(OutboxEventFilter()))
    recorded = list(db.audit_events.iterate(AuditEventFilter(organization_id=EVERY_TENANT)))
    assert told
    assert "connection_secrets" in {each.entity for each in recorded}
    assert heard("".join(each.model_dump_json() for each in (*told, *recorded)), TOKEN) == []


def test_a_token_is_in_no_dump_and_no_difference_of_the_twin(memory_db: dbkit.Database, tmp_path: Path) -> None:
    before = memory_db.memory.snapshot()
    work_with_token(memory_db, routed(memory_db))
    rows = memory_db.memory.dump(tmp_path)
    files = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert rows["connection_secrets"]
    assert b"ciphertext" in files
    difference = memory_db.memory.diff(before)
    assert "connection_secrets" in f"{difference}"
    assert heard(files + f"{rows} {difference} {difference!r} {before!r}".encode(), TOKEN) == []


@pytest.mark.parametrize("backend", ["memory", "postgres"])
async def test_a_signing_key_is_in_no_attempt_and_no_message(request: pytest.FixtureRequest, backend: str) -> None:
    db: dbkit.AsyncDatabase = request.getfixturevalue(f"async_{backend}_db")
    key = f"{TOKEN} {TOKEN}".encode()
    with listening() as log:
        async with receiving(answering(500)) as receiver:
            hook = await Hook.made(db, receiver.url, f"whsec_{b64encode(key).decode()}")
            delivery = await hook.enqueue()
            assert (await async_delivered(db)).retried == 1
        kept = "".join(each.model_dump_json() for each in (*await hook.attempts(), await hook.again(delivery)))
    (message,) = receiver.messages
    assert heard(f"{kept} {message.headers} {message.body!r} {log.getvalue()}", TOKEN) == []


def test_a_token_is_on_no_page_of_a_doctor(postgres_db: dbkit.Database, postgres_url: str) -> None:
    work_with_token(postgres_db, make_tenant(postgres_db))
    with listening() as log:
        examined = examine(postgres_url)
    assert heard(f"{examined!r} {examined} {log.getvalue()}", TOKEN) == []
