"""What `dbkit pool bench` found: a form that is kept in files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, ValidationError, model_validator

from dbkit.pool.simulation.server import Curve
from dbkit.pool.stated import FrozenModel, refused
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["BenchPoint", "BenchResult", "Fit", "Knee", "read_result"]

_NEAR_PEAK = 0.95
_GOOD_FIT = 0.95

Seconds: TypeAlias = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Amount: TypeAlias = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class BenchPoint(FrozenModel):
    """What so many clients got done, and how long their calls took.

    `client_cores` is how many cores the clients' processes kept busy, `busiest_process` the share of
    one core that the busiest of them took: near 1, Python was the limit and not the server.
    """

    clients: int = Field(ge=1)
    calls_per_second: float = Field(gt=0, allow_inf_nan=False)
    mean_seconds: Seconds
    p50_seconds: Seconds
    p95_seconds: Seconds
    p99_seconds: Seconds
    errors: dict[str, int] = Field(default_factory=dict)
    client_cores: Amount
    busiest_process: Amount


class Knee(FrozenModel):
    """The fewest clients with 95 % of the peak (N95), and the peak: both as measured, no model in between."""

    clients: int
    calls_per_second: float
    peak_clients: int
    peak_calls_per_second: float

    @classmethod
    def of(cls, points: Sequence[BenchPoint]) -> Knee:
        """Find the knee among points in the order of their clients."""
        peak = max(points, key=lambda point: point.calls_per_second)
        near = next(point for point in points if point.calls_per_second >= _NEAR_PEAK * peak.calls_per_second)
        return cls(
            clients=near.clients,
            calls_per_second=near.calls_per_second,
            peak_clients=peak.clients,
            peak_calls_per_second=peak.calls_per_second,
        )


class Fit(FrozenModel):
    """The Universal Scalability Law, fitted: X(N) = alone N / (1 + contention (N - 1) + coherence N (N - 1)).

    It says something where it describes the points, that is where `is_good`: R² is more than 0.95.
    """

    alone_per_second: float
    contention: float
    coherence: float
    r_squared: float

    @property
    def is_good(self) -> bool:
        """Whether it describes the points."""
        return self.r_squared > _GOOD_FIT

    @property
    def clients_best(self) -> float | None:
        """The number of clients with the most throughput; None where more are always better."""
        return ((1 - self.contention) / self.coherence) ** 0.5 if self.coherence > 0 else None

    def calls_per_second(self, clients: float) -> float:
        """Return what so many clients get done by the law."""
        slowed = 1 + self.contention * (clients - 1) + self.coherence * clients * (clients - 1)
        return self.alone_per_second * clients / slowed


class BenchResult(FrozenModel):
    """A server's curve: which calls on it, by which number of clients, and where its knee is.

    `unfitted` says why there is no fit. `notes` are what has to be known about the figures.
    """

    format: Literal[1] = 1
    where: str
    server_version: str
    mix: dict[str, int]
    seconds: Seconds
    rows: int
    processes: int
    machine_cores: int
    points: list[BenchPoint] = Field(min_length=1)
    knee: Knee
    fit: Fit | None = None
    unfitted: str = ""
    notes: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _points_in_order(self) -> BenchResult:
        clients = [point.clients for point in self.points]
        if clients != sorted(set(clients)) or self.knee.clients not in clients:
            message = "points are in the order of their clients, and the knee is one of them"
            raise ValueError(message)
        return self

    @property
    def mix_text(self) -> str:
        """The mix as the command line takes it."""
        return ",".join(f"{call}={weight}" if weight != 1 else call for call, weight in self.mix.items())

    @property
    def at_knee(self) -> BenchPoint:
        """What was measured at the knee."""
        return next(point for point in self.points if point.clients == self.knee.clients)

    @property
    def curve(self) -> Curve:
        """The server's curve for simulations; up to the first point, throughput grows with the clients."""
        first = self.points[0]
        alone = [] if first.clients == 1 else [(1, first.calls_per_second / first.clients)]
        return Curve.of([*alone, *((point.clients, point.calls_per_second) for point in self.points)])


def read_result(path: Path) -> BenchResult:
    """Return what `dbkit pool bench --json` wrote. Raises `ConfigurationInvalid` where it is something else."""
    try:
        return BenchResult.model_validate_json(path.read_bytes())
    except OSError as error:
        failure = ConfigurationInvalid(
            f"{path} cannot be read ({error.strerror or type(error).__name__})",
            advice="Name a file that `dbkit pool bench --json` wrote.",
        )
    except ValidationError as error:
        failure = refused(error, path.name, "Name a file that `dbkit pool bench --json` wrote.")
    raise failure
