"""What must be of dbkit's pool: by itself, and for a checkout as a part of the plain pool's."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.figures import Kind
from benchmarks.pool.figures import CHECKOUT, KINDS
from benchmarks.pool.ways.catalogue import DBKIT, PLAIN
from benchmarks.results import ASYNC, SYNC, Results, Verdict

__all__ = ["pool_verdicts"]

_CHECKOUT_MAX = 1.1


def pool_verdicts(results: Results) -> Iterator[Verdict]:
    """Return whether each must is met, of those that the run measured."""
    for colour in (SYNC, ASYNC):
        ratio = results.pool_ratio(CHECKOUT, colour, DBKIT, PLAIN)
        if ratio is not None:
            what, limit = f"{KINDS[CHECKOUT].title}: time of {PLAIN}", f"<= {_CHECKOUT_MAX:.2f}"
            yield Verdict(what, colour, limit, "", f"{ratio:.2f}", ratio <= _CHECKOUT_MAX)
        for kind in KINDS.values():
            if kind.limit is not None:
                yield from _judged(results, colour, kind, kind.limit)


def _judged(results: Results, colour: str, kind: Kind, limit: float) -> Iterator[Verdict]:
    figure = results.find_pool(kind.name, colour, DBKIT)
    if figure is not None:
        value = kind.judged(figure)
        met = kind.meets(value, limit) and not figure.is_least
        bound = f"{'>=' if kind.is_floor else '<='} {kind.shown(limit)}"
        yield Verdict(kind.title, colour, bound, "", kind.shown(value), met)
