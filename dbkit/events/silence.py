"""Rows that are no news: seeds are stored as if they had always been there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["is_no_news", "no_news"]

_is_no_news: ContextVar[bool] = ContextVar("dbkit_no_news", default=False)


@contextmanager
def no_news() -> Iterator[None]:
    """Have rows that are inserted where they are missing tell nothing, in a block and in tasks that it starts."""
    token = _is_no_news.set(True)
    try:
        yield
    finally:
        _is_no_news.reset(token)


def is_no_news() -> bool:
    """Tell whether new rows are to tell nothing here."""
    return _is_no_news.get()
