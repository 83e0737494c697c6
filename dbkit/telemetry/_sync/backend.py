# Generated from dbkit/telemetry/_async/backend.py by tools/unasync.py; edit that file instead.
"""A backend whose repositories and transactions have spans."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.orm import Session

from dbkit.models.entity import Entity
from dbkit.telemetry.spans import Spans, UnitSpan, during
from dbkit.telemetry.tracing import traced
from dbkit.types.errors import CommitUnknown
from dbkit.verbs._sync.backend import Backend, BackendTransaction
from dbkit.verbs._sync.operations import Operations
from dbkit.verbs.reading import ReadingOptions
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["TracedBackend", "TracedTransaction"]


class TracedBackend:
    """Stands in front of a backend, and is it in all but what has spans."""

    def __init__(self, inner: Backend, spans: Spans) -> None:
        self.inner = inner
        self._spans = spans

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def repository(self, entity: Entity[Any, Any, Any], operations: type[Operations] | None = None) -> Any:
        """Return the repository of an entity."""
        return traced(self.inner.repository(entity, operations), self._spans)

    def begin(self, options: TransactionOptions) -> TracedTransaction:
        """Begin a transaction."""
        said = {"dbkit.transaction.isolation": options.isolation, "dbkit.transaction.read_only": options.read_only}
        unit = self._spans.unit("transaction", said)
        try:
            inner = self.inner.begin(options)
        except BaseException as error:
            unit.end("not begun", error)
            raise
        unit.enter()
        return TracedTransaction(inner, self._spans.inside(unit.context), unit)

    def reading(self, options: ReadingOptions) -> TracedBackend:
        """Return a backend that only reads; which server it asks is not known beforehand."""
        return TracedBackend(self.inner.reading(options), self._spans.of_any_server())

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement in a transaction of its own and return its rows."""
        with during(self._spans.statement()):
            return self.inner.execute(statement, parameters)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a SQLAlchemy session on the same connections."""
        with _in_span(self._spans), self.inner.session() as session:
            yield session


class TracedTransaction:
    """Stands in front of a transaction or savepoint, whose span ends with it."""

    def __init__(self, inner: BackendTransaction, spans: Spans, unit: UnitSpan) -> None:
        self._inner = inner
        self._spans = spans
        self._unit = unit

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def repository(self, entity: Entity[Any, Any, Any], operations: type[Operations] | None = None) -> Any:
        """Return the repository of an entity on this transaction."""
        return traced(self._inner.repository(entity, operations), self._spans)

    def savepoint(self) -> TracedTransaction:
        """Begin a savepoint."""
        unit = self._spans.unit("savepoint", {})
        try:
            inner = self._inner.savepoint()
        except BaseException as error:
            unit.end("not begun", error)
            raise
        unit.enter()
        return TracedTransaction(inner, self._spans.inside(unit.context), unit)

    def commit(self) -> None:
        """Make the work last, or raise."""
        try:
            self._inner.commit()
        except BaseException as error:
            self._unit.end("unknown" if isinstance(error, CommitUnknown) else "rolled back", error)
            raise
        self._unit.end("committed")

    def rollback(self) -> None:
        """Undo the work."""
        # What left the block, and is being handled while this is called.
        error = sys.exc_info()[1]
        try:
            self._inner.rollback()
        finally:
            self._unit.end("rolled back", error)

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement and return its rows."""
        with during(self._spans.statement()):
            return self._inner.execute(statement, parameters)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a SQLAlchemy session inside this transaction."""
        with _in_span(self._spans), self._inner.session() as session:
            yield session


@contextmanager
def _in_span(spans: Spans) -> Iterator[None]:
    unit = spans.unit("session", {})
    unit.enter()
    try:
        yield
    except BaseException as error:
        unit.end("rolled back", error)
        raise
    unit.end("ended")
