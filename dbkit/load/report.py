"""A server's curve for people."""

from __future__ import annotations

from collections.abc import Iterator

from dbkit.load.result import BenchPoint, BenchResult, Fit
from dbkit.pool.tables import table

__all__ = ["point_line", "report_lines"]


def report_lines(result: BenchResult) -> Iterator[str]:
    """Yield the curve, its knee, the fit or why there is none, and what has to be known about the figures."""
    yield f"{result.where}, PostgreSQL {result.server_version}: {result.mix_text}"
    yield f"{result.rows:,} rows, {result.seconds:g} s a point, {result.processes} processes of clients"
    yield ""
    rows = [_row(point, result.knee.peak_calls_per_second) for point in result.points]
    yield from table([["clients", "calls/s", "of peak", "p50", "p99", "client cores"], *rows])
    yield ""
    knee = result.knee
    yield (
        f"knee    {knee.clients} clients with {knee.calls_per_second:.0f} calls/s are the fewest with 95 % of the peak"
        f" ({knee.peak_calls_per_second:.0f} calls/s with {knee.peak_clients})"
    )
    yield f"USL     {_fit_text(result)}"
    if result.notes:
        yield ""
        yield from (f"note: {note}" for note in result.notes)


def point_line(point: BenchPoint) -> str:
    """Return a point as it is told while others are still being measured."""
    return f"{point.clients} clients: {point.calls_per_second:.0f} calls/s, p99 {_milliseconds(point.p99_seconds)}"


def _row(point: BenchPoint, peak: float) -> list[str]:
    return [
        str(point.clients),
        f"{point.calls_per_second:.0f}",
        f"{point.calls_per_second / peak:.0%}",
        _milliseconds(point.p50_seconds),
        _milliseconds(point.p99_seconds),
        f"{point.client_cores:.1f}",
    ]


def _fit_text(result: BenchResult) -> str:
    fit = result.fit
    if fit is None:
        return f"is not fitted: {result.unfitted}"
    if not fit.is_good:
        return f"does not describe this server: R² is {fit.r_squared:.2f}, and only above 0.95 would it say something"
    return f"describes this server: R² is {fit.r_squared:.3f}, {_parameters(fit)}"


def _parameters(fit: Fit) -> str:
    best = "more clients are always better" if fit.clients_best is None else f"{fit.clients_best:.0f} clients do most"
    return f"contention {fit.contention:.4f}, coherence {fit.coherence:.6f}, and by it {best}"


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.2f} ms"
