"""A small database for servers that tests break: one table, and a clock for what must not take long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.schema import CreateTable

import dbkit
from dbkit.models import PROVIDERS
from dbkit.types import NewProvider, ProviderSlug
from tests.faults.node import Node
from tests.timing import at_most

__all__ = ["AsyncShop", "Shop", "create_tables", "provider", "within"]

_DIALECT_URL = "postgresql+psycopg://"
_ON_TIME_SECONDS = 0.25
_BUSY_SECONDS = 0.35
"""What a machine that runs many tests at once adds to what is promised; what it is late is added by itself."""


class Shop(dbkit.BaseDatabase[Any]):
    """A database of providers alone."""

    providers: Any = dbkit.repository(PROVIDERS)


class AsyncShop(dbkit.AsyncBaseDatabase[Any]):
    """The same, awaited."""

    providers: Any = dbkit.repository(PROVIDERS)


def create_tables(node: Node) -> None:
    """Make the table on an empty server, and one row in it."""
    from sqlalchemy.dialects.postgresql import dialect

    node.execute(str(CreateTable(PROVIDERS.table).compile(dialect=dialect())))  # type: ignore[no-untyped-call]
    with dbkit.connect(node.url(), database=Shop) as db:
        db.providers.create(provider("acme"))


def provider(slug: str) -> NewProvider:
    """Return a provider to store."""
    return NewProvider(slug=ProviderSlug(slug), display_name=slug, base_url=f"https://{slug}.example")


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """See that a block takes this long and hardly longer: what a caller with such a deadline is promised."""
    started = time.monotonic()
    with at_most(seconds + _ON_TIME_SECONDS + _BUSY_SECONDS):
        yield
    assert time.monotonic() - started >= seconds - 0.05
