"""Where programs are played on PostgreSQL: a database of the models' schema, as the twin has it.

A migrated one has its constraints in another order, so of several that are violated it may report another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dbkit.models import Base
from dbkit.testing import Setup
from dbkit.testing.kit import Kit, Options

__all__ = ["SETUP", "database_url"]

SETUP = Setup(lines=(), metadata=(Base.metadata,))


@contextmanager
def database_url() -> Iterator[str]:
    """Give the URL of an empty database of the kit's server, which goes after the block."""
    kit = Kit(Options())
    try:
        place = kit.cloned(kit.blueprint(SETUP, "head"))
        yield place.url
        kit.give_up(place)
    finally:
        kit.close()
