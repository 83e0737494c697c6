"""Previews that go, and all that stays."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql

from dbkit.migrate.previews.errors import PreviewBusy, PreviewEntangled, PreviewForeign
from dbkit.migrate.previews.making import Made, Wanted, create
from dbkit.migrate.previews.names import preview_name
from dbkit.migrate.previews.removing import Expiry, drop, expire, previews
from dbkit.migrate.previews.server import opened
from dbkit.types.errors import ConfigurationInvalid
from tests.fix_previews import exists

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def made_at_now(url: str, project: str, template: str) -> Made:
    return create("login", url, project=project, wanted=Wanted(template=template), now=lambda: NOW)


def test_a_session_does_not_stop_a_drop(url: str, project: str, template: str) -> None:
    made = create("login", url, project=project, wanted=Wanted(template=template))
    with closing(psycopg.connect(made.url)) as connection:
        connection.execute("SELECT 1")
        assert [found.sessions for found in previews(url, project=project)] == [1]
        assert drop("login", url, project=project)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert not drop("login", url, project=project)
    assert not exists(url, "pg_roles", "rolname", made.found.name)


def test_a_role_that_has_rights_elsewhere_is_told(url: str, project: str, template: str) -> None:
    made = create("login", url, project=project, wanted=Wanted(template=template))
    role = sql.Identifier(made.found.name)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE postgres TO {}").format(role))
        with pytest.raises(PreviewEntangled, match="DROP OWNED BY"):
            drop("login", url, project=project)
        assert [found.state for found in previews(url, project=project)] == ["unfinished"]
        connection.execute(sql.SQL("DROP OWNED BY {}").format(role))
    assert drop("login", url, project=project)


def test_the_database_of_the_url_stays(url: str, project: str, template: str) -> None:
    made = create("login", url, project=project, wanted=Wanted(template=template))
    with pytest.raises(ConfigurationInvalid, match="the URL itself"):
        drop("login", url.replace("@/postgres", f"@/{made.found.name}"), project=project)
    assert exists(url, "pg_database", "datname", made.found.name)


@pytest.mark.parametrize(
    "taken_over",
    [
        "COMMENT ON DATABASE {} IS NULL",
        "COMMENT ON DATABASE {} IS 'the demo, please keep'",
        "ALTER DATABASE {} IS_TEMPLATE true",
        "ALTER DATABASE {} OWNER TO CURRENT_USER",
    ],
)
def test_what_somebody_has_taken_over_stays(url: str, project: str, template: str, taken_over: Any) -> None:
    made = create("login", url, project=project, wanted=Wanted(template=template))
    name = sql.Identifier(made.found.name)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(taken_over).format(name))
        assert previews(url, project=project) == []
        assert expire(url, project=project, now=lambda: NOW + timedelta(days=9999)) == []
        with pytest.raises(PreviewForeign, match="somebody else's"):
            drop("login", url, project=project)
        with pytest.raises(PreviewForeign, match="somebody else's"):
            create("login", url, project=project, wanted=Wanted(template=template))
        assert exists(url, "pg_database", "datname", made.found.name)
        connection.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(name))
        connection.execute(sql.SQL("DROP DATABASE {}").format(name))
        connection.execute(sql.SQL("DROP ROLE {}").format(name))


@pytest.mark.parametrize("kind", ["DATABASE", "ROLE"])
def test_a_foreign_thing_of_this_name_stays(url: str, project: str, template: str, kind: Any) -> None:
    name = sql.Identifier(preview_name("login", project))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(f"CREATE {kind} {{}}").format(name))
        try:
            with pytest.raises(PreviewForeign, match=f"the {kind.lower()} .* somebody else's"):
                create("login", url, project=project, wanted=Wanted(template=template))
            with pytest.raises(PreviewForeign):
                drop("login", url, project=project)
            assert previews(url, project=project) == []
        finally:
            # Fails where it is gone.
            connection.execute(sql.SQL(f"DROP {kind} {{}}").format(name))


def test_another_projects_previews_stay(url: str, project: str, template: str) -> None:
    made = create("login", url, project=project, wanted=Wanted(template=template), now=lambda: NOW)
    late = Expiry(older_than=timedelta(0), live=frozenset({"main"}))
    assert expire(url, project=f"{project}x", expiry=late, now=lambda: NOW + timedelta(days=99)) == []
    assert not drop("login", url, project=f"{project}x")
    assert exists(url, "pg_database", "datname", made.found.name)


@pytest.mark.parametrize(
    ("days", "expiry", "reason"),
    [
        (6, Expiry(), None),
        (7, Expiry(), "its time was over at 2026-03-08T12:00:00+00:00"),
        (2, Expiry(older_than=timedelta(days=3)), None),
        (3, Expiry(older_than=timedelta(days=3)), "nobody has asked for it since 2026-03-01T12:00:00+00:00"),
        (0, Expiry(live=frozenset({"login", "main"})), None),
        (0, Expiry(live=frozenset({"main"})), "its branch is gone"),
    ],
)
def test_previews_go_when_their_time_has_come(
    made_at_now: Made, url: str, project: str, days: int, expiry: Expiry, reason: str | None
) -> None:
    def now() -> datetime:
        return NOW + timedelta(days=days)

    expected = [] if reason is None else [(made_at_now.found.name, reason, None)]
    for dry_run in (True, False):
        gone = expire(url, project=project, expiry=expiry, dry_run=dry_run, now=now)
        assert [(each.found.name, each.reason, each.error) for each in gone] == expected
        stays = dry_run or reason is None
        assert exists(url, "pg_database", "datname", made_at_now.found.name) is stays


def test_one_that_is_worked_on_is_left_alone(made_at_now: Made, url: str, project: str) -> None:
    with opened(url) as other, other.locked(made_at_now.found.name, 0):
        (gone,) = expire(url, project=project, now=lambda: NOW + timedelta(days=8))
        assert isinstance(gone.error, PreviewBusy)
        with pytest.raises(PreviewBusy, match="another run is at work"):
            drop("login", url, project=project, patience_seconds=0)
    assert exists(url, "pg_database", "datname", made_at_now.found.name)


def test_one_that_cannot_go_does_not_stop_the_others(made_at_now: Made, url: str, project: str, template: str) -> None:
    create("zzz", url, project=project, wanted=Wanted(template=template), now=lambda: NOW)
    inside = url.replace("@/postgres", f"@/{made_at_now.found.name}")
    gone = expire(inside, project=project, now=lambda: NOW + timedelta(days=8))
    assert [each.error is None for each in gone] == [False, True]
    assert [found.name for found in previews(url, project=project)] == [made_at_now.found.name]
