"""Counting queries: what a block of code sends to the server, noted by the backends where they send it.

A query is one statement of work: a verb's, a page or a chunk of an iteration, a COPY, what `execute` and sessions run.
What only begins or ends something (a transaction, a savepoint, a cursor) is none, nor is what finds the row at fault
after a COPY has failed. Where there is no SQL, a query is what would be one on a server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from dbkit.verbs.caller import calling_line, told_line

__all__ = ["SentQuery", "UnexpectedQueries", "expected_queries", "is_counted", "note_query"]

_SQL_SHOWN_MAX = 300
_CUT = " ... "


@dataclass(frozen=True, slots=True)
class SentQuery:
    """A query that was sent: its SQL, without values, and the line that called for it."""

    sql: str
    caller: str

    def __str__(self) -> str:
        return f"{_cut(self.sql)}\n     {self.caller}"


class UnexpectedQueries(AssertionError):
    """Other queries were sent than a block expected: `queries`, in the order in which they were sent."""

    def __init__(self, expected: str, queries: Sequence[SentQuery]) -> None:
        self.expected = expected
        self.queries = tuple(queries)
        what = f"expected {expected}, but {_number_of(len(self.queries))} sent"
        listed = (f"{number:3}. {query}" for number, query in enumerate(self.queries, 1))
        super().__init__("\n".join([what, *listed]))


@dataclass(frozen=True, slots=True)
class _Count:
    """The queries of one block, and the count of the block around it."""

    is_of: Callable[[object], bool]
    queries: list[SentQuery]
    around: _Count | None


_count: ContextVar[_Count | None] = ContextVar("dbkit_query_count", default=None)

is_counted: Callable[[], object] = _count.get
"""Tell whether anybody counts in this context: true, if so. Asked before each query, so it is the bare look."""


def note_query(origin: object, sql: str | bytes) -> None:
    """Note a query that is about to be sent, if anybody counts; `origin` is what the backend goes by."""
    count = _count.get()
    if count is None:
        return
    text = sql.decode() if isinstance(sql, bytes) else sql
    query = SentQuery(" ".join(text.split()), told_line(calling_line()))
    while count is not None:
        if count.is_of(origin):
            count.queries.append(query)
        count = count.around


@contextmanager
def expected_queries(
    is_of: Callable[[object], bool], exactly: int | None, at_most: int | None
) -> Iterator[list[SentQuery]]:
    """Count the queries of a block, of those origins, and raise `UnexpectedQueries` at its end for another number.

    An exception that leaves the block goes before that.
    """
    expected = _expectation(exactly, at_most)
    count = _Count(is_of, [], _count.get())
    token = _count.set(count)
    try:
        yield count.queries
    finally:
        _count.reset(token)
    sent = len(count.queries)
    if sent != exactly if at_most is None else sent > at_most:
        raise UnexpectedQueries(expected, count.queries)


def _expectation(exactly: int | None, at_most: int | None) -> str:
    """Return what is expected, in words, or raise TypeError unless it is one number."""
    given = [number for number in (exactly, at_most) if number is not None]
    if len(given) != 1 or isinstance(given[0], bool) or not isinstance(given[0], int) or given[0] < 0:
        raise TypeError("expect_queries takes one number, not below 0: expect_queries(2) or expect_queries(at_most=2)")
    queries = "1 query" if given[0] == 1 else f"{given[0]} queries"
    return queries if at_most is None else f"at most {queries}"


def _number_of(sent: int) -> str:
    return "1 was" if sent == 1 else f"{sent or 'none'} were"


def _cut(sql: str) -> str:
    """Return SQL without its middle where it is long: how it begins says what it does, how it ends to which rows."""
    if len(sql) <= _SQL_SHOWN_MAX:
        return sql
    kept = _SQL_SHOWN_MAX - len(_CUT)
    return sql[: kept // 2] + _CUT + sql[-(kept - kept // 2) :]
