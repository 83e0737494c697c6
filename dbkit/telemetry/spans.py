"""The spans of one database: what they are called, what they say, and whose children they are.

They say what was called and how it ended. They never hold a value, a key, SQL or its parameters, nor an error's
message, which may quote a key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TypeAlias

from opentelemetry import context, trace
from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind, StatusCode, Tracer

__all__ = [
    "ADDRESS",
    "COLLECTION",
    "ERROR_TYPE",
    "NAMESPACE",
    "OPERATION",
    "OUTCOME",
    "PORT",
    "STATUS_CODE",
    "SYSTEM",
    "Spans",
    "UnitSpan",
    "current",
    "during",
    "failed",
]

Attributes: TypeAlias = Mapping[str, str | int | bool]

# The names of OpenTelemetry's semantic conventions for databases.
COLLECTION = "db.collection.name"
OPERATION = "db.operation.name"
STATUS_CODE = "db.response.status_code"
ERROR_TYPE = "error.type"
SYSTEM = "db.system.name"
NAMESPACE = "db.namespace"
ADDRESS = "server.address"
PORT = "server.port"
# What they have no name for.
OUTCOME = "dbkit.transaction.outcome"


class Spans:
    """Begins spans that say which database they are about.

    A span's parent is the one that is current; where none is, in a thread that a transaction was handed to, `around`.
    """

    def __init__(self, tracer: Tracer, kind: SpanKind, attributes: Attributes, around: Context | None = None) -> None:
        self._tracer = tracer
        self._kind = kind
        self._attributes = attributes
        self._around = around

    def inside(self, around: Context | None) -> Spans:
        """Return the same spans, for what belongs to a transaction."""
        return Spans(self._tracer, self._kind, self._attributes, around)

    def of_any_server(self) -> Spans:
        """Return the same spans, without the server that they are about."""
        attributes = {name: value for name, value in self._attributes.items() if name not in (ADDRESS, PORT)}
        return Spans(self._tracer, self._kind, attributes, self._around)

    def call(self, collection: str, operation: str) -> Span:
        """Begin the span of a repository's call."""
        said = {**self._attributes, COLLECTION: collection, OPERATION: operation}
        return self._begun(f"dbkit.{collection}.{operation}", self._kind, said)

    def statement(self) -> Span:
        """Begin the span of a statement that no verb covers."""
        return self._begun("dbkit.execute", self._kind, self._attributes)

    def unit(self, what: str, attributes: Attributes) -> UnitSpan:
        """Begin the span of a transaction, a savepoint or a session."""
        return UnitSpan(self._begun(f"dbkit.{what}", SpanKind.INTERNAL, {**self._attributes, **attributes}))

    def _begun(self, name: str, kind: SpanKind, attributes: Attributes) -> Span:
        has_parent = trace.get_current_span().get_span_context().is_valid
        return self._tracer.start_span(
            name,
            context=None if has_parent else self._around,
            kind=kind,
            attributes=attributes,
            record_exception=False,
            set_status_on_exception=False,
        )


class UnitSpan:
    """The span of a unit of work, current from `enter` to `end`, and as long in the tasks that are started there."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self._before = context.get_current()
        self.context = trace.set_span_in_context(span, self._before)

    def enter(self) -> None:
        """Make it the parent of what follows in this context."""
        context.attach(self.context)

    def end(self, outcome: str, error: BaseException | None = None) -> None:
        """End it, and make current what was before."""
        # Not by a token, which only the task that got it could give back: a fixture may be ended by another one.
        if context.get_current() is self.context:
            context.attach(self._before)
        self._span.set_attribute(OUTCOME, outcome)
        if error is not None:
            failed(self._span, error)
        self._span.end()


@contextmanager
def during(span: Span) -> Iterator[None]:
    """Make a span current for a block, and end it with the block."""
    try:
        with current(span):
            yield
    except BaseException as error:
        failed(span, error)
        raise
    finally:
        span.end()


@contextmanager
def current(span: Span) -> Iterator[None]:
    """Make a span current for a block."""
    token = context.attach(trace.set_span_in_context(span))
    try:
        yield
    finally:
        context.detach(token)


def failed(span: Span, error: BaseException) -> None:
    """Say of a span that an error ended it: its class, and its SQLSTATE where it has one."""
    span.set_status(StatusCode.ERROR)
    span.set_attribute(ERROR_TYPE, type(error).__qualname__)
    sqlstate = getattr(error, "sqlstate", None)
    if sqlstate:
        span.set_attribute(STATUS_CODE, sqlstate)
