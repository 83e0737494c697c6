"""`dbkit db roles`."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import psycopg
import pytest

from dbkit.migrate.roles.cast import Cast
from dbkit.testing import Setup
from tests.cli.run import Command
from tests.migrate.roles.logins import dropped_after

pytestmark = pytest.mark.dbkit(isolation="clone")


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    return Setup()


@pytest.fixture
def cast(postgres_url: str) -> Iterator[Cast]:
    """Roles of the test's own: a server has them for all its databases."""
    cast = Cast(f"roles_{uuid.uuid4().hex[:12]}", services=("api",))
    with dropped_after(postgres_url, *cast.names):
        yield cast


def test_roles_are_compared_made_and_compared_again(dbkit: Command, postgres_url: str, cast: Cast) -> None:
    command = f"db roles {postgres_url} --prefix {cast.prefix} --service api --limit {cast.prefix}_api=7"
    before = dbkit(command)
    assert (before.code, before.err) == (1, "")
    assert f'there is no role {cast.owner}: CREATE ROLE "{cast.owner}" NOLOGIN;' in before.out
    made = dbkit(f"{command} --apply")
    assert (made.code, made.err) == (0, "")
    assert f'CREATE ROLE "{cast.prefix}_api" LOGIN BYPASSRLS CONNECTION LIMIT 7;' in made.out
    after = dbkit(command)
    assert after.code == 0
    rows = {line.split()[0]: line.split()[1:] for line in after.out.splitlines() if line}
    assert rows["table"] == [cast.service, cast.reader, cast.people, "people", "see", "rows", "by"]
    assert rows["teams"] == ["SIUD", "S---", "S---", "organization_id"]
    assert rows["audit_events"] == ["SI--", "S---", "S---", "organization_id,", "project_id"]
    assert rows["connection_secrets"] == ["SIUD", "S---", "----"]
    assert after.out.endswith("are what they are to be\n")


def test_what_differs_is_shown_beside_what_is_to_be(dbkit: Command, postgres_url: str, cast: Cast) -> None:
    command = f"db roles {postgres_url} --prefix {cast.prefix}"
    dbkit(f"{command} --apply")
    with psycopg.connect(postgres_url) as connection:
        connection.execute(f"GRANT UPDATE, TRUNCATE ON audit_events TO {cast.service}".encode())
        connection.execute("ALTER TABLE teams DISABLE ROW LEVEL SECURITY")
    run = dbkit(command)
    assert run.code == 1
    assert "SI-- (SIU-+)" in run.out
    assert "organization_id (not so)" in run.out
    told = json.loads(dbkit(f"{command} --json").out)
    assert told["tenants"]["teams"] == {"people_see": "organization_id", "guarded": False}
    with psycopg.connect(postgres_url) as connection:
        connection.execute("ALTER TABLE teams ENABLE ROW LEVEL SECURITY")
    told = json.loads(dbkit(f"{command} --json").out)
    held = told["tables"]["audit_events"][cast.service]
    assert held == {"wanted": ["INSERT", "SELECT"], "held": ["INSERT", "SELECT", "TRUNCATE", "UPDATE"]}
    (difference,) = told["differences"]
    assert difference == {
        "what": f"{cast.service} has TRUNCATE, UPDATE on audit_events",
        "statement": f'REVOKE TRUNCATE, UPDATE ON "public"."audit_events" FROM "{cast.service}"',
    }


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("--prefix Shop", "cannot be a role's name"),
        ("--limit dbkit_api=3", "there is no role dbkit_api to limit"),
        ("--limit dbkit_reader", "is no ROLE=NUMBER"),
        ("--models no.such:Base", "there are no models at no.such:Base"),
    ],
)
def test_what_is_refused(dbkit: Command, postgres_url: str, arguments: str, says: str) -> None:
    run = dbkit(f"db roles {postgres_url} {arguments}")
    assert (run.code, run.out) == (2, "")
    assert says in run.err
