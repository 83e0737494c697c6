"""A database that goes along the line, revision by revision, with rows planted behind each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from dbkit.migrate.line import Revision
from dbkit.testing.templates import Databases
from tests.migrations.rows import Rows
from tests.migrations.stepping import copied, go_up, history_of, opened

SIZE = 40
"""How many rows a table with many rows gets in the everyday proofs."""


class Unreachable(AssertionError):
    """A revision in front of this one cannot be applied, so there is no state to prove it from."""


class Walk:
    """One database, at the state before one revision of the line; it goes forward as asked."""

    def __init__(self, server: Databases, line: tuple[Revision, ...]) -> None:
        self._server = server
        self._line = line
        self._place = 0
        self._stuck: str | None = None
        self._name = server.clone()

    @contextmanager
    def before(self, revision: Revision) -> Iterator[str]:
        """Give the URL of a copy of the database as it is before this revision, with all that was planted."""
        if revision not in self._line:
            raise Unreachable(f"{revision} stands behind no revision of the folder: its parent is {revision.parent}")
        place = self._line.index(revision)
        if place < self._place:
            self._begin_again()
        self._forward_to(place)
        with copied(self._server, self._name) as url:
            yield url

    def close(self) -> None:
        self._server.give_up(self._name)

    def _begin_again(self) -> None:
        self.close()
        self._place, self._stuck = 0, None
        self._name = self._server.clone()

    def _forward_to(self, place: int) -> None:
        url = self._server.url_for(self._name)
        while self._place < place:
            if self._stuck:
                raise Unreachable(self._stuck)
            revision = self._line[self._place]
            try:
                go_up(url, revision)
            except Exception as error:
                self._stuck = f"{revision} cannot be applied: {error}"
                raise Unreachable(self._stuck) from error
            # Rows that cannot be planted are the failure of their own revision: those behind it do without.
            with opened(url) as connection:
                plant(connection, revision)
            self._place += 1


def plant(connection: psycopg.Connection[Any], revision: Revision, size: int = SIZE) -> Exception | None:
    """Plant a revision's rows, all or none; return why it was none."""
    history = history_of(revision)
    if history is None or not hasattr(history, "plant"):
        return None
    try:
        with connection.transaction():
            history.plant(Rows(connection, size))
    except Exception as error:  # noqa: BLE001 (the proof of this revision tells it)
        return error
    return None
