"""A password that changes while the service runs, and functions that know the one of now."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import quote

import psycopg
import pytest

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.migrate.session import locate
from dbkit.sqldb import AsyncPostgresBackend, PoolConfig, PostgresBackend
from dbkit.types import AuthenticationFailed, ConfigurationInvalid
from tests.faults.fix_shop import shop_server
from tests.faults.node import Node
from tests.faults.shop import AsyncShop, Shop

CALLERS = 4
RENEWED_SECONDS = 60.0
RULES = "local all all trust\nhost all dbkit all trust\nhost all all all scram-sha-256\n"
HERE = "tests.faults.test_rotation"


@dataclass
class Vault:
    """Holds the password of now, and counts who asked for it."""

    password: str = "first"
    asked: int = 0
    threads: set[int] = field(default_factory=set)


vault = Vault()


def password() -> str:
    vault.asked += 1
    vault.threads.add(threading.get_ident())
    return vault.password


async def async_password() -> str:
    await asyncio.sleep(0)
    return password()


def failing_password() -> str:
    raise RuntimeError("the token is s3cret")


def no_password() -> str:
    return ""


@pytest.fixture(scope="module")
def server() -> Iterator[Node]:
    """A server that asks the role `app` for its password."""
    with shop_server(rules=RULES) as node:
        node.execute("create role app login")
        node.execute("grant select on providers to app")
        yield node


@pytest.fixture
def node(server: Node) -> Node:
    """The server, and a vault, with the first password."""
    server.execute("alter role app password 'first'")
    vault.password, vault.asked = "first", 0
    vault.threads.clear()
    return server


def rotate(node: Node) -> None:
    node.execute("alter role app password 'second'")
    vault.password = "second"


def short_lived(source: Callable[[], object]) -> PoolConfig:
    return PoolConfig(size_min=CALLERS, size_max=CALLERS, lifetime_seconds=0.5, password=source)  # type: ignore[arg-type]


def sessions(node: Node) -> set[int]:
    return {pid for (pid,) in node.execute("select pid from pg_stat_activity where usename = 'app'")}


def wait_until_renewed(node: Node, before: set[int]) -> None:
    """Wait until none of these sessions is left, and as many others are there."""
    for _ in ticks(RENEWED_SECONDS):
        now = sessions(node)
        if len(now) == CALLERS and not now & before:
            return
    raise AssertionError(f"{before & sessions(node)} are left")


def test_no_request_fails_while_the_password_changes(node: Node) -> None:
    is_over = threading.Event()

    def request(db: Shop) -> int:
        served = 0
        while not is_over.is_set():
            assert db.providers.get("acme").slug == "acme"
            served += 1
        return served

    backend = PostgresBackend.open(node.url(user="app"), Shop.entities(), pool=short_lived(password))
    with Shop(backend, shown_as="shop") as db, ThreadPoolExecutor(CALLERS) as callers:
        served = [callers.submit(request, db) for _ in range(CALLERS)]
        try:
            rotate(node)
            wait_until_renewed(node, sessions(node))
        finally:
            is_over.set()
        # A request that failed would raise here.
        assert all(each.result() > 0 for each in served)
    assert vault.asked > 2 * CALLERS


@pytest.mark.parametrize("source", [password, async_password])
async def test_no_task_fails_while_the_password_changes(node: Node, source: Callable[[], object]) -> None:
    is_over = asyncio.Event()

    async def request(db: AsyncShop) -> int:
        served = 0
        while not is_over.is_set():
            assert (await db.providers.get("acme")).slug == "acme"
            served += 1
        return served

    backend = await AsyncPostgresBackend.open(node.url(user="app"), AsyncShop.entities(), pool=short_lived(source))
    async with AsyncShop(backend, shown_as="shop") as db, asyncio.TaskGroup() as tasks:
        served = [tasks.create_task(request(db)) for _ in range(CALLERS)]
        await asyncio.to_thread(rotate, node)
        await asyncio.to_thread(wait_until_renewed, node, sessions(node))
        is_over.set()
    assert all(each.result() > 0 for each in served)


@pytest.mark.parametrize("url", [f"?password_from={quote(HERE)}:password", f"?password_from={HERE}%3Apassword"])
def test_the_url_names_the_function(node: Node, url: str) -> None:
    with dbkit.connect(node.url(user="app") + url, database=Shop) as db:
        assert db.providers.exists("acme")
        assert "password" not in repr(db)


async def test_a_variable_names_the_function(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_PASSWORD_FROM", f"{HERE}:async_password")
    async with dbkit.connect_async(node.url(user="app"), database=AsyncShop) as db:
        assert await db.providers.exists("acme")


def test_an_async_function_serves_a_database_that_is_not(node: Node) -> None:
    with dbkit.connect(f"{node.url(user='app')}?password_from={HERE}:async_password", database=Shop) as db:
        assert db.providers.exists("acme")
    assert threading.get_ident() not in vault.threads


def test_commands_ask_the_function_as_well(node: Node) -> None:
    with locate(f"{node.url(user='app')}?password_from={HERE}:password") as target:
        assert target is not None
        with psycopg.connect(target.conninfo) as connection:
            assert connection.info.user == "app"


async def test_a_plain_function_does_not_hold_up_the_loop(node: Node) -> None:
    url = f"{node.url(user='app')}?password_from={HERE}:password"
    async with dbkit.connect_async(url, database=AsyncShop) as db:
        assert await db.providers.exists("acme")
    assert threading.get_ident() not in vault.threads


def test_the_function_s_password_goes_before_the_url_s(node: Node) -> None:
    url = node.url(user="app:stale") + f"?password_from={HERE}:password"
    with dbkit.connect(url, database=Shop) as db:
        assert db.providers.exists("acme")


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("failing_password", AuthenticationFailed, r"the password's function failed \(RuntimeError\)"),
        ("no_password", ConfigurationInvalid, "returned nothing"),
        ("vault", ConfigurationInvalid, "there is no function"),
        ("absent", ConfigurationInvalid, "there is no function"),
    ],
)
def test_what_gives_no_password(node: Node, name: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said) as refused:
        dbkit.connect(f"{node.url(user='app')}?password_from={HERE}:{name}", database=Shop)
    assert "s3cret" not in f"{refused.value} {refused.value.__cause__} {refused.value.__context__}"


@pytest.mark.parametrize("name", ["password", "json:", ":password", "json.absent:password", "json:not a name"])
def test_what_names_no_function(name: str) -> None:
    with pytest.raises(ConfigurationInvalid) as refused:
        dbkit.connect(f"postgresql://app@localhost/x?password_from={quote(name)}", database=Shop)
    assert refused.value.fields == ("password_from",)


def test_a_wrong_password_is_told_as_ever(node: Node) -> None:
    vault.password = "wrong"
    with pytest.raises(AuthenticationFailed):
        dbkit.connect(f"{node.url(user='app')}?password_from={HERE}:password", database=Shop)
