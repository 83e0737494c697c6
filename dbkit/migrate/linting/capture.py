"""Capture the statements that a revision sends, whoever sends them for it, with the schema around each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from types import FrameType
from typing import Any, Self

import psycopg
from psycopg.pq import TransactionStatus

from dbkit.migrate.linting.actions import Rows, SetVariable
from dbkit.migrate.linting.facts import Facts, facts_of
from dbkit.migrate.linting.parsing import ends_transactions, one_by_one
from dbkit.migrate.linting.reading import actions_of
from dbkit.migrate.linting.steps import Step
from dbkit.migrate.linting.touching import tables_touched
from dbkit.migrate.trace.measuring import NOT_OF_THE_LINE

__all__ = ["Capture", "without_placeholders"]

_TECHNIQUES = ("dbkit.migrate.techniques", "dbkit.migrate.backfill", "dbkit.migrate.index_builds")


class Capture:
    """Collects what a connection runs for the file at `path`, as long as the block lasts.

    Looks of dbkit's techniques are left out. `known` are the numbers of tables that others may be using;
    without it, all that are there when the block begins. `before` is the schema, where it is known already.
    """

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        path: str,
        known: frozenset[int] | None = None,
        before: Facts | None = None,
    ) -> None:
        self._connection = connection
        self._path = path
        self._transactions: list[str] = []
        self.before = self.after = before or facts_of(connection, NOT_OF_THE_LINE)
        self._known = frozenset(self.before.numbers) if known is None else known
        self._rows_were_read = False
        self.steps: list[Step] = []

    def __enter__(self) -> Self:
        capture, self._factory = self, self._connection.cursor_factory

        class Watched(psycopg.Cursor[Any]):
            def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
                statements: tuple[Any, ...] = () if params else one_by_one(query)
                with capture.together(statements):
                    for each in statements[:-1]:
                        with capture.watching(each, literally=params is None):
                            super().execute(each, params, **options)
                    last = statements[-1] if statements else query
                    with capture.watching(last, literally=params is None):
                        return super().execute(last, params, **options)

            def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
                with capture.watching(query, literally=False):
                    super().executemany(query, params_seq, **options)

        self._connection.cursor_factory = Watched
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.cursor_factory = self._factory

    def together(self, statements: tuple[str, ...]) -> AbstractContextManager[object]:
        """Return a block in which statements that came in one text are one transaction, as the server has them."""
        is_idle = self._connection.info.transaction_status == TransactionStatus.IDLE
        is_one = is_idle and self._connection.autocommit and not any(map(ends_transactions, statements))
        return self._connection.transaction() if is_one and len(statements) > 1 else nullcontext()

    @contextmanager
    def watching(self, query: Any, *, literally: bool) -> Iterator[None]:
        """Note what the block runs, where the revision's file is behind it."""
        line, by_technique = self._sender()
        text = self._text(query, literally=literally)
        if line is None or (by_technique and _is_look(text)):
            yield
            return
        transaction = self._transaction()
        is_about_rows = self._is_about_rows(text)
        if self._rows_were_read and not is_about_rows:
            self.after = self._look(text)
        self._rows_were_read = is_about_rows
        if self.steps and self.steps[-1].transaction != transaction:
            self.after = self.after.without_locks()
        step = Step(text, self.after, None, line, transaction, by_technique, self._known)
        self.steps.append(step)
        yield
        if not is_about_rows:
            self.after = self._look(text)
        self.steps[-1] = replace(step, after=self.after)

    def _transaction(self) -> int | None:
        """Return the number of the transaction that is open; None where a statement is one for itself."""
        if not self._connection.autocommit:
            return 1
        if self._connection.info.transaction_status != TransactionStatus.INTRANS:
            return None
        row = psycopg.Cursor(self._connection).execute("SELECT now()::text").fetchone()
        moment = str(row[0]) if row else ""
        if moment not in self._transactions:
            self._transactions.append(moment)
        return self._transactions.index(moment) + 1

    def _look(self, text: str) -> Facts:
        if self._connection.info.transaction_status == TransactionStatus.INERROR:
            return self.after
        names = None if self._calls_its_own(text) else tables_touched(text, self.after)
        seen = facts_of(self._connection, NOT_OF_THE_LINE, names)
        return seen if names is None else self.after.with_seen(seen, names)

    def _is_about_rows(self, text: str) -> bool:
        """Tell whether a text leaves the schema as it is."""
        actions = actions_of(text)
        all_are = bool(actions) and all(isinstance(each, Rows | SetVariable) for each in actions)
        return all_are and not self._calls_its_own(text)

    def _calls_its_own(self, text: str) -> bool:
        """Tell whether a text calls functions of the schema, which may do anything."""
        called = {name for each in actions_of(text) if isinstance(each, Rows) for name in each.functions}
        return not called.isdisjoint(self.after.functions)

    def _sender(self) -> tuple[int | None, bool]:
        """Return the line of the revision's file that is behind this, and whether a technique is in between."""
        by_technique = False
        frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 (who called is the question)
        while frame is not None:
            if frame.f_code.co_filename == self._path:
                return frame.f_lineno, by_technique
            by_technique |= str(frame.f_globals.get("__name__", "")).startswith(_TECHNIQUES)
            frame = frame.f_back
        return None, by_technique

    def _text(self, query: Any, *, literally: bool) -> str:
        if isinstance(query, bytes):
            text = query.decode()
        else:
            text = query if isinstance(query, str) else query.as_string(self._connection)
        return without_placeholders(text, literally=literally).strip()


def without_placeholders(text: str, *, literally: bool) -> str:
    """Return a text as the parser understands it: the driver's placeholders are parameters there."""
    if literally:
        return text
    parts = text.replace("%%", "\0").split("%")
    found = parts[0]
    for number, part in enumerate(parts[1:], start=1):
        rest = part.partition(")")[2][1:] if part.startswith("(") else part[1:]
        found += f"${number}{rest}"
    return found.replace("\0", "%")


def _is_look(text: str) -> bool:
    actions = actions_of(text)
    return bool(actions) and all(isinstance(each, Rows) and each.what == "select" for each in actions)
