"""The Universal Scalability Law, fitted to what was measured."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from dbkit.load.result import BenchPoint, Fit

__all__ = ["fitted"]

_POINTS_MIN = 5


def fitted(points: Sequence[BenchPoint]) -> Fit | str:
    """Return the law's fit to the points, or why there is none.

    N / X(N) is linear in the law's parameters, so they are the solution of a linear least-squares
    problem; weighted, so that the squares are those of X, on which R² looks too.
    """
    if len(points) < _POINTS_MIN:
        return f"it takes {_POINTS_MIN} points to tell its three parameters from chance, and there are {len(points)}"
    clients = np.array([point.clients for point in points], dtype=float)
    throughput = np.array([point.calls_per_second for point in points], dtype=float)
    weights = throughput**2 / clients
    terms = np.stack([np.ones_like(clients), clients - 1, clients * (clients - 1)], axis=1)
    solved = np.linalg.lstsq(terms * weights[:, None], clients / throughput * weights)[0]
    base, linear, square = (float(each) for each in solved)
    if base <= 0 or linear < 0 or square < 0:
        return "its parameters would be negative: throughput grows faster, or falls otherwise, than the law can say"
    fit = Fit(alone_per_second=1 / base, contention=linear / base, coherence=square / base, r_squared=0.0)
    return fit.model_copy(update={"r_squared": _r_squared(fit, points)})


def _r_squared(fit: Fit, points: Sequence[BenchPoint]) -> float:
    """Return which part of the points' spread the law explains."""
    mean = math.fsum(point.calls_per_second for point in points) / len(points)
    spread = math.fsum((point.calls_per_second - mean) ** 2 for point in points)
    left = math.fsum((point.calls_per_second - fit.calls_per_second(point.clients)) ** 2 for point in points)
    return 1 - left / spread if spread else 0.0
