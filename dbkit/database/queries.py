"""Counting the queries of a block, of a database or a transaction, in both colours."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from dbkit.verbs.counting import SentQuery, expected_queries

__all__ = ["CountsQueries"]


class _OnBackend(Protocol):
    @property
    def _backend(self) -> Any: ...


class CountsQueries:
    """What databases and transactions have in common: the queries of their backend can be counted."""

    def expect_queries(
        self: _OnBackend, exactly: int | None = None, /, *, at_most: int | None = None
    ) -> AbstractContextManager[list[SentQuery]]:
        """Expect so many queries of a block: `with db.expect_queries(2): ...`; give those sent so far.

        Counted is each statement of work that the block sends to this database, inside and outside of
        transactions, by tasks that it starts as well; not what begins or ends a transaction. At the end
        of the block another number raises `UnexpectedQueries`, an AssertionError that lists the
        statements with the lines that called for them.
        """
        return expected_queries(lambda origin: origin is self._backend.origin, exactly, at_most)
