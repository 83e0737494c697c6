"""Previews on a server: made once, and owned by their roles."""

from __future__ import annotations

import base64
import hashlib
import hmac
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

import dbkit
from dbkit.migrate.previews.errors import TemplateBusy
from dbkit.migrate.previews.making import Wanted, create
from dbkit.migrate.previews.removing import drop, previews
from dbkit.migrate.previews.server import PreviewServer
from dbkit.seeds import small_world
from dbkit.testing.templates import Databases
from dbkit.types.errors import ConfigurationInvalid, PermissionDenied
from tests.fix_previews import name_of
from tests.fix_server import database_url
from tests.migrate.lines import LineFolder

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OWNERS = """
    SELECT DISTINCT pg_get_userbyid(owner) FROM (
      SELECT relowner, relnamespace FROM pg_class UNION ALL SELECT proowner, pronamespace FROM pg_proc
      UNION ALL SELECT typowner, typnamespace FROM pg_type UNION ALL SELECT nspowner, oid FROM pg_namespace
      WHERE nspname <> 'public'
    ) AS objects (owner, namespace) JOIN pg_namespace n ON n.oid = namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
"""


def test_a_copy_of_a_template_belongs_to_its_role(url: str, project: str, template: str) -> None:
    made = create("login", url, project=project, wanted=Wanted(template=template))
    assert (made.created, made.found.name) == (True, f"pr-{project}--login")
    with psycopg.connect(made.url) as connection:
        assert connection.execute("SELECT current_user, current_database()").fetchone() == (made.found.name,) * 2
        assert connection.execute(OWNERS).fetchall() == [(made.found.name,)]
        connection.execute("ALTER TABLE toys ADD COLUMN name text")
        assert connection.execute("SELECT count(*) FROM reds").fetchone() == (1,)
    with psycopg.connect(url.replace("@/postgres", f"@/{template}")) as connection:
        ((owner,),) = connection.execute(OWNERS).fetchall()
        assert owner != made.found.name


def test_a_preview_is_there_once(url: str, project: str, template: str) -> None:
    wanted = Wanted(template=template)
    first = create("login", url, project=project, wanted=wanted, now=lambda: NOW)
    with psycopg.connect(first.url) as connection:
        connection.execute("DELETE FROM toys")
    second = create("refs/heads/login", url, project=project, wanted=wanted, now=lambda: NOW + timedelta(days=3))
    assert (second.created, second.has_password) == (False, False)
    assert "password" not in conninfo_to_dict(second.url)
    assert second.found.mark is not None
    assert second.found.mark.created_at == NOW
    assert second.found.mark.expires_at == NOW + timedelta(days=10)
    with psycopg.connect(first.url) as connection:
        assert connection.execute("SELECT count(*) FROM toys").fetchone() == (0,)


def test_creates_that_come_together_make_one(url: str, project: str, template: str) -> None:
    with ThreadPoolExecutor(3) as threads:
        made = list(
            threads.map(lambda _: create("login", url, project=project, wanted=Wanted(template=template)), range(3))
        )
    assert sorted(each.created for each in made) == [False, False, True]
    assert [found.name for found in previews(url, project=project)] == [made[0].found.name]


def test_the_password_is_stored_as_a_verifier(url: str, project: str, template: str) -> None:
    made = create("login", url, project=project, wanted=Wanted(template=template))
    password = str(conninfo_to_dict(made.url)["password"])
    stored = verifier(url, made.found.name)
    assert is_verifier_of(stored, password)
    assert password not in repr(made)
    again = create("login", url, project=project, wanted=Wanted(template=template, new_password=True))
    assert is_verifier_of(verifier(url, made.found.name), str(conninfo_to_dict(again.url)["password"]))
    assert verifier(url, made.found.name) != stored


def password_of_now() -> str:
    return "from a safe"


def test_a_password_from_elsewhere_is_not_shown(url: str, project: str, template: str) -> None:
    source = f"{__name__}:password_of_now"
    made = create("login", url, project=project, wanted=Wanted(template=template, password_from=source))
    assert not made.has_password
    assert password_of_now() not in made.url
    assert is_verifier_of(verifier(url, made.found.name), password_of_now())
    with dbkit.connect(made.url):
        pass


def test_limits_of_the_role(url: str, project: str, template: str) -> None:
    made = create("login", url, project=project, wanted=Wanted(template=template))
    with psycopg.connect(made.url) as connection:
        names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout")
        shown = [connection.execute("SELECT current_setting(%s)", (name,)).fetchone() for name in names]
        assert shown == [("30s",), ("5s",), ("30s",), ("10min",)]
        rights = "SELECT rolconnlimit, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        assert connection.execute(rights).fetchone() == (6, False, False, False)


def test_previews_do_not_get_at_each_other(url: str, project: str, template: str) -> None:
    one = create("one", url, project=project, wanted=Wanted(template=template))
    two = create("two", url, project=project, wanted=Wanted(template=template))
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(one.url, dbname=two.found.name)


def test_the_line_and_seeds_by_a_role_that_is_no_superuser(modest_url: str, project: str) -> None:
    made = create("login", modest_url, project=project)
    with psycopg.connect(made.url) as connection:
        assert connection.execute(OWNERS).fetchall() == [(made.found.name,)]
    with dbkit.connect(made.url) as database:
        assert database.providers.count() == len(list(small_world().rows("providers")))
    assert drop("login", modest_url, project=project)
    assert previews(modest_url, project=project) == []


def test_another_line_without_seeds(url: str, project: str, line: LineFolder) -> None:
    line.add("add_toys", "CREATE TABLE toys (id int)")
    made = create("login", url, project=project, wanted=Wanted(line=line.folder))
    with psycopg.connect(made.url) as connection:
        assert connection.execute("SELECT count(*) FROM toys").fetchone() == (0,)


def test_a_role_that_may_not_create_is_told(url: str, modest_url: str, project: str, template: str) -> None:
    with pytest.raises(PermissionDenied):
        # A template of somebody else's.
        create("login", modest_url, project=project, wanted=Wanted(template=template))
    assert [found.state for found in previews(url, project=project)] == ["unfinished"]


@pytest.mark.parametrize("branch", ["Feature/Größe", "日本語", "o'brien\"%s{}$$", "x" * 200])
def test_odd_branches(url: str, project: str, template: str, branch: str) -> None:
    made = create(branch, url, project=project, wanted=Wanted(template=template))
    (found,) = previews(url, project=project)
    assert found.mark is not None
    assert (found.name, found.mark.branch) == (made.found.name, branch)
    assert drop(branch, url, project=project)


@pytest.mark.parametrize("work", ["create", "drop"])
def test_a_run_that_is_stopped_anywhere_is_run_again(
    url: str, project: str, template: str, work: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = Wanted(template=template)
    if work == "drop":
        create("login", url, project=project, wanted=wanted)
    real = PreviewServer.execute
    left = 0

    def execute(self: PreviewServer, statement: Any, *parts: sql.Composable) -> None:
        nonlocal left
        if left == 0:
            raise SystemExit(143)
        left -= 1
        real(self, statement, *parts)

    monkeypatch.setattr(PreviewServer, "execute", execute)
    stopped = 0
    while True:
        left = stopped
        try:
            if work == "create":
                made = create("login", url, project=project, wanted=wanted)
            else:
                drop("login", url, project=project)
            break
        except SystemExit:
            stopped += 1
            assert not [found for found in previews(url, project=project) if found.is_ready and work == "create"]
    if work == "create":
        assert stopped > 10
        assert made.created
        with psycopg.connect(made.url) as connection:
            assert connection.execute("SELECT count(*) FROM toys").fetchone() == (1,)
    else:
        assert stopped > 0
        assert previews(url, project=project) == []


def test_a_template_that_nobody_can_connect_to_and_without_the_usual_schema(
    server: Databases, url: str, project: str
) -> None:
    with database_url(server) as inside:
        with psycopg.connect(inside) as connection:
            connection.execute("DROP SCHEMA public; CREATE SCHEMA shop; CREATE TABLE shop.toys (id int)")
        with psycopg.connect(url, autocommit=True) as connection:
            closed = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(name_of(inside)))
            connection.execute(closed)
        made = create("login", url, project=project, wanted=Wanted(template=name_of(inside)))
    with psycopg.connect(made.url) as connection:
        connection.execute("DROP TABLE shop.toys")


def test_a_template_in_use_is_told_with_who_uses_it(url: str, project: str, template: str) -> None:
    inside = url.replace("@/postgres", f"@/{template}")
    busy = pytest.raises(TemplateBusy, match=f"{template} is in use by a long query")
    with psycopg.connect(inside, application_name="a long query"), busy:
        create("login", url, project=project, wanted=Wanted(template=template, patience_seconds=0))
    assert create("login", url, project=project, wanted=Wanted(template=template)).created


@pytest.mark.parametrize("given", ["memory://", "embedded://"])
def test_previews_need_a_server_for_others(given: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=given):
        previews(given)


def verifier(url: str, role: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (role,)).fetchone()
    assert row is not None
    return str(row[0])


def is_verifier_of(stored: str, password: str) -> bool:
    """Tell whether this is SCRAM's verifier of a password (RFC 5803)."""
    kind, cost, keys = stored.split("$")
    rounds, salt = cost.split(":")
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), base64.b64decode(salt), int(rounds))
    key = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    return kind == "SCRAM-SHA-256" and keys.partition(":")[0] == base64.b64encode(key).decode()
