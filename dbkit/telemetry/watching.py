"""What `dbkit pool watch` shows: a server's sessions and processes' pools, compared with their profiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dbkit.pool.figures import PoolFigures
from dbkit.pool.profiles import Profiles
from dbkit.pool.statistics import PoolStatistics
from dbkit.sqldb.activity import Activity, Sessions
from dbkit.telemetry.names import LABELS
from dbkit.types.errors import ConfigurationInvalid, DbkitError

__all__ = ["Looking", "PoolRow", "ServerRow", "View"]

_NEARLY = 0.9
_LATE = 1.1
"""A connection that is in use, or not yet looked at, may be a little older than its lifetime."""
Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServerRow:
    """The sessions of a service, how many the plan gives it at the most, and what is remarkable."""

    sessions: Sessions
    planned: int | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PoolRow:
    """A process's pool, what it did a second since the last look (None at the first), and what is remarkable."""

    url: str
    labels: Labels
    statistics: PoolStatistics
    calls_per_second: float | None
    refused_per_second: float | None
    wait_p99_seconds: float | None
    hold_mean_seconds: float | None
    server_mean_seconds: float | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """One look. `failures` says what could not be looked at, and why."""

    activity: Activity | None
    server: tuple[ServerRow, ...]
    pools: tuple[PoolRow, ...]
    failures: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the look as JSON has it."""
        activity = self.activity
        return {
            "server": None
            if activity is None
            else {
                "max_connections": activity.max_connections,
                "reserved": activity.reserved,
                "sessions": [
                    asdict(row.sessions) | {"planned": row.planned, "remarks": row.remarks} for row in self.server
                ],
                "oldest_transactions": [asdict(each) for each in activity.oldest],
            },
            "pools": [_pool_json(row) for row in self.pools],
            "failures": self.failures,
        }


class Looking:
    """Looks again and again: at a server, at processes, or at both; what does not answer is told and not raised."""

    def __init__(
        self,
        profiles: Profiles,
        planned: Mapping[str, int],
        server: Callable[[], Activity] | None,
        processes: Mapping[str, Callable[[], Mapping[Labels, PoolStatistics]]],
        clock: Callable[[], float],
    ) -> None:
        self._profiles = profiles
        self._planned = planned
        self._server = server
        self._processes = processes
        self._clock = clock
        self._before: dict[tuple[str, Labels], tuple[float, PoolStatistics]] = {}

    def look(self) -> View:
        """Return what there is to see now."""
        failures: list[str] = []
        activity = None
        if self._server is not None:
            try:
                activity = self._server()
            except DbkitError as error:
                failures.append(f"the server: {error}")
        pools: list[PoolRow] = []
        for url, read in self._processes.items():
            try:
                pools += [self._pool(url, labels, statistics) for labels, statistics in read().items()]
            except DbkitError as error:
                failures.append(str(error))
        rows = () if activity is None else tuple(map(self._server_row, activity.sessions))
        return View(activity, rows, tuple(pools), tuple(failures))

    def _server_row(self, sessions: Sessions) -> ServerRow:
        planned = self._planned.get(sessions.name)
        figures = self._figures(sessions.name)
        return ServerRow(sessions, planned, tuple(_of_sessions(sessions, planned, figures)))

    def _figures(self, application_name: str) -> PoolFigures | None:
        """Return the figures of the service that shows itself to the server by this name."""
        kind, _, rest = application_name.partition("/")
        environment, _, services = rest.partition("/")
        if kind != "dbkit" or not services:
            return None
        try:
            return self._profiles.profile(environment, services.split("+")).figures
        except ConfigurationInvalid:
            return None

    def _pool(self, url: str, labels: Labels, now: PoolStatistics) -> PoolRow:
        moment, before = self._clock(), self._before.get((url, labels))
        self._before[url, labels] = (moment, now)
        wait, hold, server, seconds = now.wait, now.hold, now.server, None
        refused = sum(now.refused.values())
        # Where the process was started anew in between, its counts have begun anew too.
        if before is not None and before[1].wait.count <= now.wait.count and moment > before[0]:
            wait, hold, server = (
                after.since(earlier)
                for after, earlier in ((wait, before[1].wait), (hold, before[1].hold), (server, before[1].server))
            )
            refused -= sum(before[1].refused.values())
            seconds = moment - before[0]
        return PoolRow(
            url=url,
            labels=labels,
            statistics=now,
            calls_per_second=None if seconds is None else wait.count / seconds,
            refused_per_second=None if seconds is None else refused / seconds,
            wait_p99_seconds=wait.quantile_seconds(0.99),
            hold_mean_seconds=hold.mean_seconds,
            server_mean_seconds=server.mean_seconds,
            remarks=tuple(_of_pool(now, refused if seconds is not None else 0)),
        )


def _of_sessions(sessions: Sessions, planned: int | None, figures: PoolFigures | None) -> Iterator[str]:
    if planned is not None and sessions.sessions > planned:
        yield f"{sessions.sessions - planned} more than planned"
    if sessions.role_limit is not None and sessions.sessions >= _NEARLY * sessions.role_limit:
        yield f"its role may have {sessions.role_limit}"
    if sessions.waiting_for_lock:
        yield f"{sessions.waiting_for_lock} waiting for locks"
    if figures is not None and 0 < figures.deadline_seconds < sessions.oldest_transaction_seconds:
        yield f"a transaction is older than a call may take, {figures.deadline_seconds:g} s"
    if figures is not None and sessions.oldest_session_seconds > _LATE * figures.lifetime_seconds:
        yield f"a connection is older than its lifetime, {figures.lifetime_seconds:g} s"


def _of_pool(now: PoolStatistics, refused: int) -> Iterator[str]:
    if not now.is_up:
        yield "the server cannot be reached"
    if now.in_use >= now.size_max > 0:
        yield "all connections are in use"
    if now.waiting_max and now.waiting >= now.waiting_max / 2:
        yield "the queue is half full" if now.waiting < now.waiting_max else "the queue is full"
    if refused:
        yield "callers are refused"


def _pool_json(row: PoolRow) -> dict[str, Any]:
    statistics = row.statistics
    return {
        "url": row.url,
        **dict(zip(LABELS, row.labels, strict=True)),
        **{
            name: getattr(statistics, name)
            for name in ("size", "idle", "in_use", "waiting", "size_max", "waiting_max", "is_up", "outages", "opened")
        },
        "open_failures": dict(statistics.open_failures),
        "closed": dict(statistics.closed),
        "refused": dict(statistics.refused),
        "calls_per_second": row.calls_per_second,
        "refused_per_second": row.refused_per_second,
        "wait_p99_seconds": row.wait_p99_seconds,
        "hold_mean_seconds": row.hold_mean_seconds,
        "server_mean_seconds": row.server_mean_seconds,
        "remarks": row.remarks,
    }


def labels_shown(labels: Sequence[str]) -> str:
    """Return a pool's labels as one name, its own left out where it is the usual one."""
    return "/".join(part for part in (*labels[:2], "" if labels[2] == "main" else labels[2]) if part) or "-"
