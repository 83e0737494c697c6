# Generated from benchmarks/migrate/_async/service.py by tools/unasync.py; edit that file instead.
"""A service that reads and writes through dbkit's repositories."""

from __future__ import annotations

from benchmarks.migrate.tally import SLUG, Tally
from benchmarks.pool.pacing import pause
from dbkit import connect
from dbkit.types import ProviderSlug

__all__ = ["serve"]

_PAUSE_SECONDS = 0.002


def serve(url: str, tally: Tally) -> None:
    """Read a row, write it, and read it with others, until the tally is closed."""
    slug = ProviderSlug(SLUG)
    with connect(url) as db:
        while not tally.closed:
            with tally.call():
                db.providers.get(slug)
            with tally.call():
                db.providers.update(slug, display_name="Acme")
            with tally.call():
                db.providers.page()
            pause(_PAUSE_SECONDS)
