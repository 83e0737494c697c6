"""The page of `dbkit pool watch`: tables of sessions, pools and old transactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dbkit.sqldb.activity import Activity
from dbkit.telemetry.watching import PoolRow, ServerRow, View, labels_shown

__all__ = ["page"]

_OLD_SECONDS = 1.0


def page(view: View, title: str) -> RenderableType:
    """Return a look as a terminal shows it."""
    return Group(Text(title, style="bold"), *_parts(view))


def _parts(view: View) -> Iterator[RenderableType]:
    for failure in view.failures:
        yield Text(failure, style="red")
    if view.activity is not None:
        yield _server(view.activity, view.server)
        old = [each for each in view.activity.oldest if each.seconds >= _OLD_SECONDS]
        if old:
            rows = [
                (str(each.pid), each.name, each.state, _seconds(each.seconds), each.waits_for, _pids(each.blocked_by))
                for each in old
            ]
            yield _table("oldest transactions", ("pid", "who", "state", "age", "waits for", "blocked by"), rows)
    if view.pools:
        yield _pools(view.pools)


def _server(activity: Activity, rows: Sequence[ServerRow]) -> Table:
    total = sum(row.sessions.sessions for row in rows)
    usable = activity.max_connections - activity.reserved
    title = f"server: {total} of {usable} connections, {activity.reserved} more are reserved"
    columns = ("who", "role", "sessions", "planned", "active", "idle in tx", "lock waits", "oldest tx", "age", "")
    return _table(title, columns, [_sessions(row) for row in rows])


def _sessions(row: ServerRow) -> tuple[str | Text, ...]:
    sessions = row.sessions
    counts = (sessions.active, sessions.idle_in_transaction, sessions.waiting_for_lock)
    return (
        sessions.name or "(no name)",
        sessions.role,
        str(sessions.sessions),
        "-" if row.planned is None else str(row.planned),
        *map(str, counts),
        _seconds(sessions.oldest_transaction_seconds),
        _seconds(sessions.oldest_session_seconds),
        _remarks(row.remarks),
    )


def _pools(rows: Sequence[PoolRow]) -> Table:
    columns = (
        "pool",
        "at",
        "in use",
        "open",
        "max",
        "waiting",
        "calls/s",
        "refused/s",
        "wait p99",
        "hold",
        "server",
        "",
    )
    return _table("pools", columns, [_pool(row) for row in rows])


def _pool(row: PoolRow) -> tuple[str | Text, ...]:
    pool = row.statistics
    return (
        labels_shown(row.labels),
        row.url,
        *map(str, (pool.in_use, pool.size, pool.size_max, pool.waiting)),
        *("-" if each is None else f"{each:.1f}" for each in (row.calls_per_second, row.refused_per_second)),
        *map(_seconds, (row.wait_p99_seconds, row.hold_mean_seconds, row.server_mean_seconds)),
        _remarks(row.remarks),
    )


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str | Text]]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for column in columns:
        numeric = column not in ("who", "role", "pool", "at", "state", "waits for", "blocked by", "")
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _remarks(remarks: Sequence[str]) -> Text:
    return Text("; ".join(remarks), style="yellow")


def _pids(pids: Sequence[int]) -> str:
    return ", ".join(map(str, pids)) or "-"


def _seconds(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    if seconds < 1:
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds:.1f} s" if seconds < 600 else f"{seconds / 60:.0f} min"
