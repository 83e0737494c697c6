"""What must be: dbkit against its peers, as ratios in one run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.durations import duration
from benchmarks.results import ASYNC, SYNC, Figure, Results, Verdict
from benchmarks.ways.catalogue import ADVANCED_ALCHEMY, ASYNCPG, BARE_COPY, BASELINE, DBKIT, TELLING

__all__ = ["judged_figure", "verdicts"]


@dataclass(frozen=True)
class _Must:
    """The time of a way, dbkit's, for some work is at most a part of a peer's."""

    work: str
    peer: str
    limit: float
    aim: float | None = None
    colours: tuple[str, ...] = (SYNC, ASYNC)
    way: str = DBKIT


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
    # What events cost a write.
    _Must("operation_create", DBKIT, 1.25, way=TELLING),
    _Must("operation_update", DBKIT, 1.25, way=TELLING),
    _Must("create_many", BARE_COPY, 1.3),
    _MustSpeed("callers", BASELINE, 1.1),
)


def verdicts(results: Results) -> Iterator[Verdict]:
    """Return whether each must is met, of those about work that the run did."""
    for must in _MUSTS:
        for colour in must.colours:
            ratio = results.ratio(must.work, colour, must.way, must.peer)
            if ratio is not None:
                yield _judge(must, colour, ratio)
    for figure in results.figures:
        if figure.limit_seconds is not None:
            yield judged_figure(figure, figure.limit_seconds)


def _judge(must: _Must, colour: str, ratio: float) -> Verdict:
    if isinstance(must, _MustSpeed):
        speed = 1 / ratio
        what = f"{must.work}: as fast as {must.peer}"
        return Verdict(what, colour, f">= {must.limit:g} times", "", f"{speed:.2f}", speed >= must.limit)
    aim = "" if must.aim is None else f"{must.aim:.2f}"
    way = "" if must.way == DBKIT else f"{must.way}, "
    return Verdict(
        f"{must.work}: {way}time of {must.peer}",
        colour,
        f"<= {must.limit:.2f}",
        aim,
        f"{ratio:.2f}",
        ratio <= must.limit,
    )


def judged_figure(figure: Figure, limit: float) -> Verdict:
    """Return whether a figure keeps its limit."""
    what = f"{figure.what}: {figure.way}"
    return Verdict(what, SYNC, f"<= {duration(limit)}", "", duration(figure.median), figure.median <= limit)
