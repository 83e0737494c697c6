"""Repositories with a span around each call."""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing, closing
from functools import cache
from typing import Any, TypeVar

from opentelemetry.trace import Span

from dbkit.telemetry.spans import Spans, current, during, failed

__all__ = ["traced"]

RepositoryT = TypeVar("RepositoryT")


def traced(repository: RepositoryT, spans: Spans) -> RepositoryT:
    """Give each public method of a repository a span.

    The repository stays what it is, of a class that is made of its own: so operations that call verbs of theirs have
    the spans of these inside their own, and a repository that nobody traces does not pay for it.
    """
    kind: Any = type(repository)
    repository.__class__ = _traced_class(kind)
    repository.__dict__["_spans"] = spans
    return repository


@cache
def _traced_class(kind: type[Any]) -> type[Any]:
    methods = {
        name: wrap(name, method)
        for name in dir(kind)
        # Statically: a verb that the entity lacks is an error to look up.
        if not name.startswith("_") and inspect.isfunction(method := inspect.getattr_static(kind, name))
        if (wrap := _wrapping(method)) is not None
    }
    return type(kind.__name__, (kind,), {"__module__": kind.__module__, **methods})


def _wrapping(method: Callable[..., Any]) -> Callable[[str, Callable[..., Any]], Callable[..., Any]] | None:
    """Return what puts a span around a method of its kind; None where a block of the caller's would be inside."""
    if inspect.iscoroutinefunction(method):
        return _around_coroutine
    if inspect.isasyncgenfunction(method):
        return _around_async_iterator
    if inspect.isgeneratorfunction(method):
        return _around_iterator
    decorated = inspect.unwrap(method)
    if inspect.isgeneratorfunction(decorated) or inspect.isasyncgenfunction(decorated):
        return None
    return _around_function


def _around_function(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(self: Any, *arguments: Any, **named: Any) -> Any:
        with during(_begun(self, name)):
            return method(self, *arguments, **named)

    return call


def _around_coroutine(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    async def call(self: Any, *arguments: Any, **named: Any) -> Any:
        with during(_begun(self, name)):
            return await method(self, *arguments, **named)

    return call


def _around_iterator(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def iterate(self: Any, *arguments: Any, **named: Any) -> Iterator[Any]:
        span = _begun(self, name)
        try:
            with closing(method(self, *arguments, **named)) as values:
                while True:
                    # Current only while a value is being fetched: between two of them it is the caller's turn.
                    with current(span):
                        value = next(values, _END)
                    if value is _END:
                        return
                    yield value
        except GeneratorExit:
            raise
        except BaseException as error:
            failed(span, error)
            raise
        finally:
            span.end()

    return iterate


def _around_async_iterator(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    async def iterate(self: Any, *arguments: Any, **named: Any) -> AsyncIterator[Any]:
        span = _begun(self, name)
        try:
            async with aclosing(method(self, *arguments, **named)) as values:
                while True:
                    # As above.
                    with current(span):
                        value = await anext(values, _END)
                    if value is _END:
                        return
                    yield value
        except GeneratorExit:
            raise
        except BaseException as error:
            failed(span, error)
            raise
        finally:
            span.end()

    return iterate


_END = object()


def _begun(repository: Any, name: str) -> Span:
    spans: Spans = repository._spans  # noqa: SLF001 (put there by `traced`)
    return spans.call(repository.entity.name, name)
