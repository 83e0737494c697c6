"""Templates: made once, by whoever comes first; a half-built one is never taken; old ones go."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from dbkit.testing import Setup, templates
from dbkit.testing.blueprint import Blueprint, blueprint_of
from dbkit.testing.servers import Server, started
from dbkit.testing.templates import Databases
from dbkit.types.errors import Unavailable


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = started("auto", None)
    yield server
    server.close()


@pytest.fixture
def databases(server: Server) -> Iterator[Databases]:
    with closing(Databases(server)) as databases:
        yield databases


@pytest.fixture
def admin(server: Server) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(server.conninfo, autocommit=True) as connection:
        yield connection


@pytest.fixture
def blueprint(admin: psycopg.Connection[tuple[object, ...]]) -> Iterator[Callable[..., Blueprint]]:
    """Draw a blueprint that no other test has, whose templates go after the test."""
    digest = uuid4().hex[:20]

    def draw(build: Callable[[str], None] = create_things) -> Blueprint:
        return Blueprint(digest, build)

    yield draw
    for (name,) in named(admin, digest):
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(str(name))))


def create_things(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE things (id int)")


def named(admin: psycopg.Connection[tuple[object, ...]], part: str) -> list[tuple[object, ...]]:
    return admin.execute("SELECT datname FROM pg_database WHERE strpos(datname, %s) > 0 ORDER BY 1", (part,)).fetchall()


def has_things(server: Server, name: str) -> bool:
    with psycopg.connect(server.conninfo_for(name)) as connection:
        return connection.execute("SELECT to_regclass('things')").fetchone() == ("things",)


def test_it_is_made_once(server: Server, databases: Databases, blueprint: Callable[..., Blueprint]) -> None:
    made: list[str] = []

    def build(url: str) -> None:
        made.append(url)
        create_things(url)

    names = {databases.template(blueprint(build)), databases.template(blueprint(build))}
    with closing(Databases(server)) as another:
        names.add(another.template(blueprint(build)))
    assert (len(made), len(names)) == (1, 1)
    assert has_things(server, databases.clone(names.pop()))


def test_eight_at_once_make_one(
    server: Server, blueprint: Callable[..., Blueprint], admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    made: list[str] = []
    together = threading.Barrier(8)
    left = named(admin, "dbkit_unfinished")

    def build(url: str) -> None:
        made.append(url)
        create_things(url)

    def work() -> bool:
        with closing(Databases(server)) as databases:
            together.wait(60)
            return has_things(server, databases.clone(databases.template(blueprint(build))))

    with ThreadPoolExecutor(8) as threads:
        assert all(done.result(120) for done in [threads.submit(work) for _ in range(8)])
    assert len(made) == 1
    # Others on this server may have left some.
    assert not set(named(admin, "dbkit_unfinished")) - set(left)


def test_one_that_a_killed_process_left_half_built_is_made_anew(
    server: Server,
    databases: Databases,
    blueprint: Callable[..., Blueprint],
    admin: psycopg.Connection[tuple[object, ...]],
) -> None:
    drawn = blueprint()
    template = databases.template(drawn)
    unfinished = template.replace("template", "unfinished")
    # As a process leaves them that was killed while it built: its lock is gone, and a session may still be at work.
    admin.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(template)))
    admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
    with psycopg.connect(server.conninfo_for(unfinished)) as left_over, closing(Databases(server)) as another:
        left_over.execute("CREATE TABLE half ()")
        assert has_things(server, another.clone(another.template(drawn)))
        with pytest.raises(psycopg.OperationalError):
            left_over.execute("SELECT 1")


def test_one_that_fails_leaves_nothing(
    databases: Databases, blueprint: Callable[..., Blueprint], admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    def build(url: str) -> None:
        create_things(url)
        raise RuntimeError("no")

    drawn = blueprint(build)
    with pytest.raises(RuntimeError):
        databases.template(drawn)
    assert named(admin, drawn.digest) == []
    databases.template(blueprint())


def test_waiting_for_another_process_is_bounded(
    server: Server,
    databases: Databases,
    blueprint: Callable[..., Blueprint],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(templates, "_BOUNDED", "SET lock_timeout = '50ms'")
    said: list[str] = []

    def build(url: str) -> None:
        with closing(Databases(server)) as another, pytest.raises(Unavailable) as caught:
            another.template(blueprint())
        said.append(str(caught.value))
        create_things(url)

    databases.template(blueprint(build))
    assert "another process has been making the template database" in said[0]


def test_what_dead_processes_left_is_swept_and_what_is_in_use_stays(
    server: Server, blueprint: Callable[..., Blueprint], admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    drawn = blueprint()
    with closing(Databases(server)) as alive:
        template = alive.template(drawn)
        clone = alive.clone(template)
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"dbkit_test_{drawn.digest[:8]}_1")))
        # As if nobody had used it for long.
        admin.execute(sql.SQL("COMMENT ON DATABASE {} IS '1000000000'").format(sql.Identifier(template)))
        Databases(server).close()
        assert named(admin, drawn.digest) == [(template,)]
        assert named(admin, clone) == [(clone,)]
        assert named(admin, f"dbkit_test_{drawn.digest[:8]}") == []
    Databases(server).close()
    assert named(admin, drawn.digest) == []
    assert named(admin, clone) == []


def test_a_kept_database_is_swept_after_days(
    server: Server, databases: Databases, blueprint: Callable[..., Blueprint], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = databases.keep(databases.clone(databases.template(blueprint())), "tests/test_it.py::test_it")
    Databases(server).close()
    assert has_things(server, kept)
    in_ten_days = time.time() + 10 * 86_400
    monkeypatch.setattr(templates.time, "time", lambda: in_ten_days)
    Databases(server).close()
    with pytest.raises(psycopg.OperationalError):
        has_things(server, kept)


def test_the_name_follows_from_all_that_a_schema_is_made_of() -> None:
    head = blueprint_of(Setup(), "head").digest
    others = [
        blueprint_of(Setup(), "create_read_states"),
        blueprint_of(Setup(), "create_operation_logs"),
        blueprint_of(Setup(), "empty"),
        blueprint_of(Setup(lines=()), "head"),
        blueprint_of(Setup(keeps_rows=True), "head"),
        blueprint_of(Setup(lines=(None, None)), "head"),
    ]
    assert len({head, *(each.digest for each in others)}) == 1 + len(others)
    assert blueprint_of(Setup(), "head").digest == head
