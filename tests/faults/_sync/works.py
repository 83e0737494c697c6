# Generated from tests/faults/_async/works.py by tools/unasync.py; edit that file instead.
"""Work on a small database, each kind with the moment at which its server is frozen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, TypeAlias

from sqlalchemy import insert, text

import dbkit
from dbkit.models import PROVIDERS
from dbkit.sqldb import PoolConfig, PostgresBackend
from tests.faults.node import Node
from tests.faults.shop import Shop, provider

__all__ = [
    "KEEPS_NOTHING",
    "MAY_KEEP",
    "Freeze",
    "Work",
    "commit",
    "create",
    "get",
    "hurried",
    "iterate_in_a_transaction",
    "opened",
    "pid_of",
    "roll_back",
]

PID = text("select pg_backend_pid() as pid")

Freeze: TypeAlias = Callable[[], None]
Work: TypeAlias = Callable[[Shop, Freeze], Any]


def opened(node: Node, **options: Any) -> Shop:
    """Open a database with one connection, so that it is known which one is frozen."""
    config = PoolConfig(size_min=1, size_max=1, **options)
    backend = PostgresBackend.open(node.url(), Shop.entities(), pool=config)
    return Shop(backend, shown_as="shop")


def pid_of(db: Shop) -> int:
    return int((db.execute(PID))[0]["pid"])


def hurried(hurry: ExitStack, seconds: float, freeze: Freeze) -> Freeze:
    """Return what freezes, and has the caller's deadline begin then: a busy machine takes its time to come as far."""

    def freeze_and_hurry() -> None:
        freeze()
        hurry.enter_context(dbkit.deadline(seconds))

    return freeze_and_hurry


def get(db: Shop, freeze: Freeze) -> None:
    freeze()
    db.providers.get("acme")


def get_in_a_transaction(db: Shop, freeze: Freeze) -> None:
    with db.transaction() as tx:
        freeze()
        tx.providers.get("acme")


def begin(db: Shop, freeze: Freeze) -> None:
    freeze()
    with db.transaction():
        pass


def roll_back(db: Shop, freeze: Freeze) -> None:
    with db.transaction() as tx:
        tx.providers.create(provider("undone"))
        freeze()
        tx.providers.create(provider("undone"))


def commit(db: Shop, freeze: Freeze) -> None:
    with db.transaction() as tx:
        tx.providers.create(provider("committed"))
        freeze()


def iterate(db: Shop, freeze: Freeze) -> None:
    freeze()
    for _ in db.providers.iterate():
        pass


def iterate_in_a_transaction(db: Shop, freeze: Freeze) -> None:
    with db.transaction() as tx:
        freeze()
        for _ in tx.providers.iterate():
            pass


def create_many_in_a_transaction(db: Shop, freeze: Freeze) -> None:
    with db.transaction() as tx:
        freeze()
        tx.providers.create_many([provider("many"), provider("more")])


def execute(db: Shop, freeze: Freeze) -> None:
    freeze()
    db.execute(PID)


def use_a_session(db: Shop, freeze: Freeze) -> None:
    with db.session() as session:
        session.execute(PID)
        freeze()
        session.execute(PID)


def commit_a_session(db: Shop, freeze: Freeze) -> None:
    with db.session() as session:
        session.execute(PID)
        freeze()
        session.commit()


def execute_an_insert(db: Shop, freeze: Freeze) -> None:
    freeze()
    values = provider("inserted").model_dump(include={"slug", "display_name", "base_url"})
    db.execute(insert(PROVIDERS.table).values(**values))


def create(db: Shop, freeze: Freeze) -> None:
    freeze()
    db.providers.create(provider("one"))


def create_many(db: Shop, freeze: Freeze) -> None:
    freeze()
    db.providers.create_many([provider("two"), provider("three")])


KEEPS_NOTHING = [
    get,
    get_in_a_transaction,
    begin,
    roll_back,
    iterate,
    iterate_in_a_transaction,
    create_many_in_a_transaction,
    execute,
    use_a_session,
]
MAY_KEEP = [create, create_many, commit, commit_a_session, execute_an_insert]
