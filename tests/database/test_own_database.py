"""Databases with entities of one's own alone, and what their transactions have."""

from __future__ import annotations

from typing import Any

import pytest

import dbkit
from dbkit.models import LEASES, PROVIDERS
from dbkit.types import NewProvider, ProviderFilter, ProviderSlug

ACME = NewProvider(slug=ProviderSlug("acme"), display_name="Acme", base_url="https://acme.example")


class CatalogueTransaction(dbkit.BaseTransaction):
    providers: Any = dbkit.repository(PROVIDERS)

    def is_known(self, slug: str) -> bool:
        return bool(self.providers.exists(slug))


class Catalogue(dbkit.BaseDatabase[CatalogueTransaction]):
    providers: Any = dbkit.repository(PROVIDERS)


class AsyncCatalogue(dbkit.AsyncBaseDatabase[dbkit.AsyncBaseTransaction]):
    providers: Any = dbkit.repository(PROVIDERS)


class Plain(dbkit.BaseDatabase[Any]):
    providers: Any = dbkit.repository(PROVIDERS)


def test_it_has_its_own_entities_alone() -> None:
    assert Catalogue.entities() == (PROVIDERS,)
    with dbkit.connect("memory://", database=Catalogue) as db, db.transaction() as tx:
        assert not hasattr(db, "connections")
        assert not hasattr(tx, "connections")


def test_a_transaction_is_of_the_class_that_the_database_names() -> None:
    with dbkit.connect("memory://", database=Catalogue) as db, db.transaction() as tx:
        tx.providers.create(ACME)
        with tx.transaction() as savepoint:
            assert savepoint.is_known("acme")


@pytest.mark.parametrize("database", [Catalogue, Plain])
def test_a_transaction_has_what_its_database_has(database: type[dbkit.BaseDatabase[Any]]) -> None:
    with dbkit.connect("memory://", database=database) as db:
        db.run(lambda tx: tx.providers.create(ACME))
        assert db.run(lambda tx: tx.providers.count(ProviderFilter())) == 1


async def test_awaited() -> None:
    async with dbkit.connect_async("memory://", database=AsyncCatalogue) as db, db.transaction() as tx:
        assert (await tx.providers.create(ACME)).slug == "acme"  # type: ignore[attr-defined]


def test_a_named_class_gets_what_it_lacks() -> None:
    class Wider(Catalogue):
        leases: Any = dbkit.repository(LEASES)

    assert issubclass(Wider.transaction_class, CatalogueTransaction)
    assert Catalogue.transaction_class is CatalogueTransaction
    with dbkit.connect("memory://", database=Wider) as db, db.transaction() as tx:
        assert not tx.is_known("acme")
        assert tx.leases.entity is LEASES


def test_own_entities_stand_beside_dbkit_s() -> None:
    class Both(dbkit.Database):
        catalogue: Any = dbkit.repository(PROVIDERS)

    assert issubclass(Both.transaction_class, dbkit.Transaction)
    with dbkit.connect("memory://", database=Both) as db, db.transaction() as tx:
        tx.catalogue.create(ACME)  # type: ignore[attr-defined]
        assert tx.providers.exists(ACME.slug)


def test_a_context_takes_it() -> None:
    with dbkit.connect("memory://", database=Catalogue) as db, dbkit.using(db):
        assert dbkit.current() is db
