"""Results of benches that nobody had to run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dbkit.load.result import BenchPoint, BenchResult, Knee
from dbkit.load.usl import fitted

__all__ = ["point", "result"]


def point(clients: int, calls_per_second: float, *, mean_seconds: float = 0.002) -> BenchPoint:
    return BenchPoint(
        clients=clients,
        calls_per_second=calls_per_second,
        mean_seconds=mean_seconds,
        p50_seconds=mean_seconds * 0.8,
        p95_seconds=mean_seconds * 2,
        p99_seconds=mean_seconds * 4,
        client_cores=0.5,
        busiest_process=0.3,
    )


def result(throughputs: Mapping[int, float] | Sequence[BenchPoint], **changed: object) -> BenchResult:
    """Return a bench's result with these points."""
    points = (
        [point(clients, throughput) for clients, throughput in throughputs.items()]
        if isinstance(throughputs, Mapping)
        else list(throughputs)
    )
    fit = fitted(points)
    return BenchResult(
        where="postgresql://db.example/shop",
        server_version="15.18",
        mix={"get": 7, "page": 1},
        seconds=2,
        rows=1000,
        processes=2,
        machine_cores=2,
        points=points,
        knee=Knee.of(points),
        fit=None if isinstance(fit, str) else fit,
        unfitted=fit if isinstance(fit, str) else "",
    ).model_copy(update=changed)
