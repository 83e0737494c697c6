"""Spans switched on and off: for one database, or for each that this process opens."""

from __future__ import annotations

from functools import partial
from typing import Any

from opentelemetry import trace
from opentelemetry.trace import SpanKind, TracerProvider

from dbkit.database._async.database import AsyncBaseDatabase
from dbkit.database._async.deferred import AsyncDeferredBackend
from dbkit.database._sync.database import BaseDatabase
from dbkit.database._sync.deferred import DeferredBackend
from dbkit.database.observing import observe, observe_all, stop_observing, stop_observing_all
from dbkit.telemetry._async.backend import AsyncTracedBackend
from dbkit.telemetry._sync.backend import TracedBackend
from dbkit.telemetry.spans import ADDRESS, NAMESPACE, PORT, SYSTEM, Spans

__all__ = ["instrument", "uninstrument"]

_TRACED = (TracedBackend, AsyncTracedBackend)
_DEFERRED = (DeferredBackend, AsyncDeferredBackend)


class _Tracing:
    """Puts spans around backends, with the tracers of a provider."""

    def __init__(self, provider: TracerProvider | None) -> None:
        self._provider = provider

    def __call__(self, database: Any, backend: Any) -> Any:
        if isinstance(backend, (*_TRACED, *_DEFERRED)):
            # What is opened by its first use is traced where it is opened.
            return backend
        traced = AsyncTracedBackend if isinstance(database, AsyncBaseDatabase) else TracedBackend
        # Without a provider, the process's own is asked for each span, so it may be set later.
        return traced(backend, _spans_of(backend, trace.get_tracer("dbkit", tracer_provider=self._provider)))


_all: _Tracing | None = None


def instrument(
    database: BaseDatabase[Any] | AsyncBaseDatabase[Any] | None = None,
    *,
    tracer_provider: TracerProvider | None = None,
) -> None:
    """Give each repository call, transaction, savepoint, session and statement of a database a span.

    Without a database: those of each database that this process opens from now on, `dbkit.current()` too. Spans come
    from the given provider, else from the process's own. What has spans already stays as it is, and so do repositories
    and transactions that were taken from the database before.
    """
    global _all  # noqa: PLW0603 (whether this process is instrumented is a fact of the process)
    if database is None:
        if _all is None:
            _all = _Tracing(tracer_provider)
            observe_all(_all)
        return
    if isinstance(database._backend, _DEFERRED):  # noqa: SLF001 (what is observed is the backend)
        database._backend.when_opened(partial(instrument, tracer_provider=tracer_provider))  # noqa: SLF001 (as above)
    observe(database, _Tracing(tracer_provider))


def uninstrument(database: BaseDatabase[Any] | AsyncBaseDatabase[Any] | None = None) -> None:
    """Take the spans of a database away; without a database, open the next ones without."""
    global _all  # noqa: PLW0603 (as above)
    if database is None:
        if _all is not None:
            stop_observing_all(_all)
            _all = None
    elif isinstance(database._backend, _TRACED):  # noqa: SLF001 (as above)
        stop_observing(database)
    elif isinstance(database._backend, _DEFERRED):  # noqa: SLF001 (as above)
        database._backend.when_opened(uninstrument)  # noqa: SLF001 (as above)
        observe(database, lambda _, backend: backend)


def _spans_of(backend: Any, tracer: trace.Tracer) -> Spans:
    location = getattr(backend, "location", None)
    if location is None:
        return Spans(tracer, SpanKind.INTERNAL, {SYSTEM: "dbkit.memory"})
    said = {NAMESPACE: location.database, ADDRESS: location.host, PORT: location.port}
    known = {name: value for name, value in said.items() if value is not None}
    return Spans(tracer, SpanKind.CLIENT, {SYSTEM: "postgresql", **known})
