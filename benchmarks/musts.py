"""What must be: dbkit against its peers, as ratios in one run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.durations import duration
from benchmarks.results import ASYNC, PLAIN_GET, SYNC, Figure, Growth, Results, Verdict
from benchmarks.ways.catalogue import ADVANCED_ALCHEMY, ASYNCPG, BARE_COPY, BASELINE, DBKIT

__all__ = ["verdicts"]


@dataclass(frozen=True)
class _Must:
    """dbkit's time for some work is at most a part of a peer's."""

    work: str
    peer: str
    limit: float
    aim: float | None = None
    colours: tuple[str, ...] = (SYNC, ASYNC)


@dataclass(frozen=True)
class _MustSpeed(_Must):
    """dbkit is at least so many times as fast as a peer."""


_MUSTS = (
    _Must("get", BASELINE, 0.85, 0.70),
    _Must("find", BASELINE, 0.85, 0.70),
    _Must("get", ASYNCPG, 1.0, colours=(ASYNC,)),
    _Must("find", ASYNCPG, 1.0, colours=(ASYNC,)),
    _MustSpeed("get", ADVANCED_ALCHEMY, 4.0),
    _Must("page", BASELINE, 0.75, 0.55),
    _MustSpeed("page", ADVANCED_ALCHEMY, 2.0),
    _Must("create", BASELINE, 1.0),
    _Must("update", BASELINE, 1.0),
    # The largest entity.
    _Must("operation_get", BASELINE, 0.85, 0.70),
    _Must("operation_page", BASELINE, 0.75, 0.55),
    _Must("operation_create", BASELINE, 1.0),
    _Must("operation_update", BASELINE, 1.0),
    _Must("create_many", BARE_COPY, 1.3),
    _MustSpeed("callers", BASELINE, 1.1),
)

_LARGE, _SMALL = 100_000, 1_000
_SECONDS_AT_MOST = {"get": 5e-6, "create": 50e-6}
# A reset gives the memory of each row back, so it cannot but grow with them.
_GROWING = ("get", "create", "page")


def verdicts(results: Results) -> Iterator[Verdict]:
    """Return whether each must is met, of those about work that the run did."""
    for must in _MUSTS:
        for colour in must.colours:
            ratio = results.ratio(must.work, colour, DBKIT, must.peer)
            if ratio is not None:
                yield _judge(must, colour, ratio)
    plain = {growth.colour: growth for growth in results.growths if growth.verb == PLAIN_GET}
    for growth in results.growths:
        yield from _judge_growth(growth, plain.get(growth.colour))
    for figure in results.figures:
        if figure.limit_seconds is not None:
            yield _judge_figure(figure, figure.limit_seconds)


def _judge(must: _Must, colour: str, ratio: float) -> Verdict:
    if isinstance(must, _MustSpeed):
        speed = 1 / ratio
        what = f"{must.work}: as fast as {must.peer}"
        return Verdict(what, colour, f">= {must.limit:g} times", "", f"{speed:.2f}", speed >= must.limit)
    aim = "" if must.aim is None else f"{must.aim:.2f}"
    return Verdict(
        f"{must.work}: time of {must.peer}", colour, f"<= {must.limit:.2f}", aim, f"{ratio:.2f}", ratio <= must.limit
    )


def _judge_growth(growth: Growth, plain: Growth | None) -> Iterator[Verdict]:
    seconds = growth.seconds_by_rows
    if growth.verb in _SECONDS_AT_MOST and _LARGE in seconds:
        limit, taken = _SECONDS_AT_MOST[growth.verb], seconds[_LARGE]
        what = f"memory {growth.verb}, {_LARGE:,} rows"
        yield Verdict(what, growth.colour, f"<= {limit * 1e6:.0f} us", "", f"{taken * 1e6:.2f} us", taken <= limit)
    if growth.verb in _GROWING and {_LARGE, _SMALL} <= seconds.keys():
        limit, grown = math.log(_LARGE) / math.log(_SMALL), _grown(growth, plain)
        what = f"memory {growth.verb}, growth from {_SMALL:,} to {_LARGE:,} rows"
        yield Verdict(what, growth.colour, f"<= {limit:.2f} (log n)", "", f"{grown:.2f}", grown <= limit)


def _grown(growth: Growth, plain: Growth | None) -> float:
    """Return how many times the time of a verb grew.

    A single row's lookup is judged by what it takes on top of a plain dict's: memory that no cache holds any longer
    slows down any program, and is no part of how an algorithm grows.
    """
    own = dict(growth.seconds_by_rows)
    if growth.verb == "get" and plain is not None:
        own = {rows: seconds - plain.seconds_by_rows[rows] for rows, seconds in own.items()}
    return own[_LARGE] / own[_SMALL]


def _judge_figure(figure: Figure, limit: float) -> Verdict:
    what = f"{figure.what}: {figure.way}"
    return Verdict(what, SYNC, f"<= {duration(limit)}", "", duration(figure.median), figure.median <= limit)
