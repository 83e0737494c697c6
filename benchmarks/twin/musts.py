"""What must be of the twin: how long a call takes at most, what async adds, how calls grow, and the memory of a row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from benchmarks.durations import duration
from benchmarks.musts import judged_figure
from benchmarks.results import ASYNC, MORE, PLAIN_DICT, SYNC, Growth, Results, Verdict
from benchmarks.twin.blocks import FIRST_PAGE, RESTORE, RESTORE_MANY, SNAPSHOT
from benchmarks.ways.catalogue import DBKIT

__all__ = ["LIMITS", "log_bound", "twin_verdicts"]

_USUAL, _MANY = 10_000, 1_000_000
_MICROSECOND = 1e-6
_ASYNC_SECONDS_MAX = 2 * _MICROSECOND
_BYTES_MAX = 4 * 10**9
# A single row's lookup: what a dict of so many rows takes is no part of how the twin's own work grows.
_LOOKUPS = ("get", "find by unique key")


@dataclass(frozen=True)
class Limit:
    """The most seconds that a call may take with so many rows, where it is not async."""

    seconds: float
    rows: int


LIMITS: Mapping[str, Limit] = {
    "get": Limit(3 * _MICROSECOND, _USUAL),
    "find by unique key": Limit(5 * _MICROSECOND, _USUAL),
    "create": Limit(25 * _MICROSECOND, _USUAL),
    "update": Limit(25 * _MICROSECOND, _USUAL),
    "page of 50": Limit(300 * _MICROSECOND, _MANY),
    "transaction of 3 writes": Limit(120 * _MICROSECOND, _USUAL),
    SNAPSHOT: Limit(5 * _MICROSECOND, _MANY),
    # 5 us, and 2 us more for each row.
    RESTORE: Limit(7 * _MICROSECOND, _MANY),
    RESTORE_MANY: Limit(205 * _MICROSECOND, _MANY),
}
"""What is judged, by the kind of call."""


def twin_verdicts(results: Results) -> Iterator[Verdict]:
    """Return whether each must is met, of those that the run measured."""
    for growths, rows in ((results.alone, _USUAL), (results.growths, _MANY)):
        yield from _judged_calls([growth for growth in growths if growth.way == DBKIT], rows)
    own = [each for each in results.growths if each.way == DBKIT and each.colour != MORE and each.verb != FIRST_PAGE]
    for growth in own:
        yield from _judged_growth(growth, results.find_growth("get", SYNC, PLAIN_DICT))
    for figure in results.resets:
        if figure.limit_seconds is not None:
            yield judged_figure(figure, figure.limit_seconds)
    for held in results.holdings:
        if held.rows == _MANY:
            limit = f"<= {_BYTES_MAX / 1e9:.0f} GB"
            measured = f"{held.bytes / 1e9:.2f} GB"
            yield Verdict(f"memory of {held.rows:,} rows", held.colour, limit, "", measured, held.bytes <= _BYTES_MAX)


def log_bound(fewest: int, most: int) -> float:
    """Return how many times the time of a call may grow from few rows to many."""
    return math.log(most) / math.log(fewest)


def _judged_calls(growths: Iterable[Growth], rows: int) -> Iterator[Verdict]:
    """Judge the calls whose limit is for so many rows."""
    for growth in growths:
        limit, taken = LIMITS.get(growth.verb), growth.seconds_by_rows.get(rows)
        if limit is not None and limit.rows == rows and taken is not None:
            yield (_judged_more if growth.colour == MORE else _judged_seconds)(growth, limit, taken)


def _judged_seconds(growth: Growth, limit: Limit, taken: float) -> Verdict:
    what = f"{growth.verb}, {limit.rows:,} rows"
    seconds_max = limit.seconds + (_ASYNC_SECONDS_MAX if growth.colour == ASYNC else 0)
    return Verdict(what, growth.colour, f"<= {duration(seconds_max)}", "", duration(taken), taken <= seconds_max)


def _judged_more(growth: Growth, limit: Limit, more: float) -> Verdict:
    what = f"{growth.verb}, {limit.rows:,} rows: more than sync"
    shown = f"<= {duration(_ASYNC_SECONDS_MAX)}"
    return Verdict(what, ASYNC, shown, "", duration(more), more <= _ASYNC_SECONDS_MAX)


def _judged_growth(growth: Growth, plain: Growth | None) -> Iterator[Verdict]:
    """Judge how a call grew from the fewest rows to the most.

    A single row's lookup is judged by what it takes on top of a plain dict's: memory that no cache holds any longer
    slows down any program, and is no part of how an algorithm grows.
    """
    fewest, most = min(growth.seconds_by_rows), max(growth.seconds_by_rows)
    if fewest == most:
        return
    own = dict(growth.seconds_by_rows)
    if growth.verb in _LOOKUPS and plain is not None:
        own = {rows: seconds - plain.seconds_by_rows[rows] for rows, seconds in own.items()}
    limit, grown = log_bound(fewest, most), own[most] / own[fewest]
    what = f"{growth.verb}, growth from {fewest:,} to {most:,} rows"
    yield Verdict(what, growth.colour, f"<= {limit:.2f} (log n)", "", f"{grown:.2f}", grown <= limit)
