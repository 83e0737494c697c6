"""Who owns what the kit makes, and what a test may do that calls as a service."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy import text

import dbkit
from dbkit.mock.factories import Factories
from dbkit.testing import Setup
from dbkit.testing.kit import Kit
from dbkit.testing.lending import Loan
from dbkit.testing.roles import OWNER, SERVICE
from dbkit.testing.wanted import Wanted
from dbkit.types.errors import PermissionDenied

pytestmark = pytest.mark.dbkit(role="service")

SERVICE_GROUP = "dbkit_kit_service"
NOT_FOR_SERVICES = [
    "UPDATE audit_events SET action = ''",
    "UPDATE alembic_version SET version_num = ''",
    "TRUNCATE teams CASCADE",
    "CREATE TABLE toys (id int)",
    "ALTER TABLE teams ADD COLUMN colour text",
]


@pytest.mark.parametrize("statement", NOT_FOR_SERVICES)
def test_a_service_may_not_do_what_no_verb_does(postgres_db: dbkit.Database, statement: str) -> None:
    with pytest.raises(PermissionDenied):
        postgres_db.execute(text(statement))


@pytest.mark.parametrize("isolation", ["reset", "clone", "rollback"])
def test_calls_are_made_as_a_service(request: pytest.FixtureRequest, isolation: str, make: Factories) -> None:
    request.applymarker(pytest.mark.dbkit(isolation=isolation))
    db = request.getfixturevalue("postgres_db")
    make.connection.create(db)
    who = db.execute(text("SELECT current_user::text AS name, pg_has_role('pg_read_all_data', 'USAGE') AS is_strong"))
    assert [dict(row) for row in who] == [{"name": SERVICE, "is_strong": False}]


def test_who_takes_another_role_is_told(dbkit_kit: Kit) -> None:
    loan = Loan(dbkit_kit, Setup(), Wanted("postgres", role="service"))
    for _ in range(2):
        db = loan.database()
        with db.transaction() as tx:
            tx.execute(text(f"SET ROLE {SERVICE_GROUP}"))
        assert loan.end("a test", keep=False).leaks == (f"the role {SERVICE_GROUP}",)


@pytest.mark.asyncio(loop_scope="session")
async def test_awaited_calls_are_made_as_a_service(async_postgres_db: dbkit.AsyncDatabase) -> None:
    assert await async_postgres_db.organizations.count() == 0
    with pytest.raises(PermissionDenied):
        await async_postgres_db.execute(text(NOT_FOR_SERVICES[0]))


def test_the_line_was_applied_as_the_owner(postgres_url: str) -> None:
    """The URL is the administrator's, for tests that look behind."""
    with psycopg.connect(postgres_url) as connection:
        owners = connection.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
        assert owners == [(OWNER,)]
        strong = "SELECT rolsuper FROM pg_roles WHERE rolname = ANY (%s)"
        assert set(connection.execute(strong, ([OWNER, SERVICE],)).fetchall()) == {(False,)}


@pytest.mark.parametrize("number", range(2))
def test_what_a_service_wrote_is_gone_after_its_test(postgres_db: dbkit.Database, make: Factories, number: int) -> None:
    assert postgres_db.organizations.count() == 0, number
    make.organization.create(postgres_db)
