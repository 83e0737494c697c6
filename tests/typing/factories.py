"""What factories give, and the traits that they have."""

from __future__ import annotations

from typing import Any, assert_type

from dbkit import AsyncDatabase, Database, Transaction
from dbkit.mock.factories import AnyFactory, BaseFactories, Factories, Factory
from dbkit.models import CONNECTIONS
from dbkit.types import Connection, Integration, NewConnection, NewIntegration, NewOperation, Operation


class OurFactories(BaseFactories):
    integration: AnyFactory[NewIntegration, Integration]


def of_one_colour(make: Factories, db: Database, tx: Transaction) -> None:
    assert_type(make.connection.build(status="working"), NewConnection)
    assert_type(make.connection.create(db), Connection)
    assert_type(make.connection.create(tx), Connection)
    assert_type(make.connection.broken.deleted.create(db), Connection)
    assert_type(make.operation.create_batch(2, db), list[Operation])
    assert_type(make.operation.failed.build_batch(2), list[NewOperation])
    assert_type(make.integration.with_revisions(3).create(db), Integration)
    assert_type(make.connection.coverage(), list[NewConnection])
    assert_type(make.connection.coverage(db), list[Connection])
    assert_type(make.elsewhere().connection.build(), NewConnection)
    assert_type(make.of(CONNECTIONS), Factory[NewConnection, Connection])
    assert_type(make.connection.trait("broken").create(db), Connection)


async def of_the_other(make: Factories, db: AsyncDatabase) -> None:
    assert_type(await make.connection.create_async(db), Connection)
    assert_type(await make.connection.create_batch_async(2, db), list[Connection])
    assert_type(await make.connection.coverage_async(db), list[Connection])


def of_ones_own(make: OurFactories, db: Database) -> None:
    assert_type(make.integration.create(db), Integration)
    assert_type(make.integration.archived, Any)


def refused(make: Factories, db: Database, async_db: AsyncDatabase) -> None:
    make.connection.create(async_db)  # refused
    make.conection.build()  # refused
    make.connection.brokn.build()  # refused
    make.connection.create()  # refused
    make.connection.build_batch("2")  # refused
    make.group.with_connections(3).with_revisions(3)  # refused
    assert_type(make.project.create(db), Operation)  # refused
