"""Questions that a query puts to PostgreSQL and a function to the twin, and where both answer differently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from dbkit.memory.refusal import ValueRefused
from tests.fix_server import database_url
from tests.memory.both import Asked
from tests.recorded.answers import Answer, Heard

__all__ = ["Queries", "queries"]


class Queries:
    """Puts questions to both; of PostgreSQL, its answers may be all that there is."""

    def __init__(self, heard: Heard, connection: psycopg.Connection[Any] | None) -> None:
        self._heard = heard
        self._connection = connection

    def differences(self, query: str, twin: Callable[..., Any], questions: Iterable[tuple[Any, ...]]) -> list[str]:
        """Return what both answer differently to a query with these parameters, an error being its SQLSTATE."""
        found = []
        for question in questions:
            own = _of_twin(twin, question)
            server = self._heard.difference(own, lambda question=question: self._of_server(query, question))
            if server is not None:
                found.append(f"{question!r}: the twin {own[1]}, the server {server}")
        return found

    def _of_server(self, query: str, question: tuple[Any, ...]) -> Answer:
        assert self._connection is not None
        try:
            row = self._connection.execute(query, question).fetchone()
        except psycopg.Error as error:
            return True, str(error.sqlstate)
        assert row is not None
        return False, repr(row[0])


@contextmanager
def queries(asked: Asked) -> Iterator[Queries]:
    """Give what puts questions to both, for a block."""
    if asked.server is None:
        yield Queries(asked.heard, None)
        return
    with database_url(asked.server) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET timezone = 'UTC'")
        yield Queries(asked.heard, connection)


def _of_twin(twin: Callable[..., Any], question: tuple[Any, ...]) -> Answer:
    try:
        return False, repr(twin(*question))
    except ValueRefused as refusal:
        return True, str(refusal.sqlstate)
