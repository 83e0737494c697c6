"""A forecast as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from dbkit.migrate.forecast.costs import Disk
from dbkit.migrate.forecast.model import Forecast, RevisionForecast, StatementForecast, Wait, Work, WorkKind
from dbkit.migrate.forecast.ranges import Range, bytes_words, count_words, seconds_words
from dbkit.migrate.forecast.sizes import TableSize

__all__ = ["disk_words", "forecast_text", "headline", "remarks", "sizes_words", "wait_words", "work_words"]

_VERBS = {
    WorkKind.REWRITE: "writes {} anew",
    WorkKind.SCAN: "scans {}",
    WorkKind.BUILD: "builds {}",
    WorkKind.WRITE: "writes rows of {}, all of them perhaps",
}
_STATEMENT_LENGTH_MAX = 100
_DISK_TOLD_BYTES = 100_000
"""Less is nobody's concern."""


def forecast_text(forecast: Forecast) -> str:
    """Return what would run, in order, and what it does to others."""
    return "\n".join(_lines(forecast))


def headline(forecast: Forecast) -> str:
    """Return in one sentence what it is about."""
    count = len(forecast.revisions)
    if not count:
        return f"nothing to do: {forecast.database} is at {forecast.at}"
    many = "1 revision" if count == 1 else f"{count} revisions"
    return f"{many} for {forecast.database}, at {forecast.at}{_figures(forecast.seconds, forecast.wal_bytes)}"


def remarks(forecast: Forecast) -> Iterator[str]:
    """Return what holds for all of it."""
    if forecast.finding:
        yield forecast.finding
    if forecast.revisions and not forecast.sizes_of:
        yield "no sizes of tables are known: give a URL, or --stats FILE, for times"
    elif forecast.sizes_of and forecast.sizes_of != forecast.database:
        yield f"sizes are those of {forecast.sizes_of}"
    if forecast.rates_of:
        yield f"times are by rates that were measured on {forecast.rates_of}: right within a factor of two"
    if forecast.hidden:
        yield f"the role may not see the columns of {', '.join(forecast.hidden)}: widths of values there are guessed"
    unseen = sorted({name for each in forecast.revisions for name in each.unseen})
    if unseen:
        yield f"nobody saw {', '.join(unseen)}, and no revision makes it: what is done there is left open"
    lost = forecast.last_way_back
    if lost is not None:
        yield f"from {lost.revision} on, a roll-back is not without loss: {lost.lost_by_rolling_back}"


def sizes_words(each: RevisionForecast) -> Iterator[str]:
    """Return how large the tables are that a revision is about."""
    for name, size in each.sizes.items():
        yield f"{name}: nobody saw it, and no revision makes it" if name in each.unseen else _size_words(name, size)


def _size_words(name: str, size: TableSize | None) -> str:
    if size is None:
        return f"{name} is not there yet, and counted as empty"
    rows = "never analyzed" if size.rows is None else f"{count_words(size.rows)} rows"
    whole = size.bytes + size.index_bytes
    return f"{name}: {rows}, {bytes_words(Range(whole, whole))}"


def wait_words(wait: Wait) -> str:
    """Return who waits, and how long."""
    how_long = "" if wait.seconds is None else f" up to {seconds_words(Range(wait.seconds.high, wait.seconds.high))}"
    return f"{wait.who} of {wait.relation} wait{how_long} ({wait.lock})"


def work_words(work: Work) -> str:
    """Return what is done with all rows of a table, how long it takes, and what it puts on disk."""
    told = [] if work.seconds is None else [seconds_words(work.seconds)]
    told += [] if work.disk is None else _disk_words(work.disk)
    return _VERBS[work.kind].format(work.what) + (f" ({', '.join(told)})" if told else "")


def disk_words(each: RevisionForecast) -> str:
    """Return how much disk a revision needs while it runs, and keeps; nothing where that is little, or not known."""
    if each.disk_bytes is None or each.disk_bytes.high < _DISK_TOLD_BYTES:
        return ""
    kept = each.kept_bytes
    stays = f", of which {bytes_words(kept)} stay" if kept is not None and kept.high else ", of which nothing stays"
    return f"needs {bytes_words(each.disk_bytes)} of disk while it runs{stays}"


def _disk_words(disk: Disk) -> list[str]:
    parts = (
        (disk.kept, "more on disk"),
        (disk.until_commit, "beside the old until it commits"),
        (disk.temporary, "in temporary files"),
    )
    return [f"{bytes_words(span)} {where}" for span, where in parts if span.high >= _DISK_TOLD_BYTES]


def _lines(forecast: Forecast) -> Iterator[str]:
    yield headline(forecast)
    yield from remarks(forecast)
    for number, each in enumerate(forecast.revisions, start=1):
        yield ""
        yield f"{number}. {each.revision}: {_kind(each)}{_figures(each.seconds, each.wal_bytes)}"
        yield from (f"   {line}" for line in _revision_lines(each))


def _revision_lines(each: RevisionForecast) -> Iterator[str]:
    if not each.is_traced:
        yield "not traced: locks are those that the header claims (run `dbkit migrate trace`)"
    for statement in each.statements:
        yield from _statement_lines(statement)
    yield from (f"! {wait_words(wait)}" for wait in each.waits)
    yield from sizes_words(each)
    yield from map(str, each.elsewhere)
    if disk := disk_words(each):
        yield disk
    yield from (f"! in the way now: {holder}" for holder in each.blockers)
    for column in each.retypes:
        yield f"! prepared statements of running services break once: {column}"
    if each.lost_by_rolling_back:
        yield f"! {each.lost_by_rolling_back}"


def _statement_lines(each: StatementForecast) -> Iterator[str]:
    text = " ".join(each.statement.sql.split())
    shown = text if len(text) <= _STATEMENT_LENGTH_MAX else text[: _STATEMENT_LENGTH_MAX - 1] + "…"
    yield f"- {shown}{' (repeated)' if each.statement.repeated else ''}"
    locks = [f"{name} {lock}" for name, lock in each.statement.locks.items()]
    if locks:
        yield f"    locks {', '.join(locks)}"
    yield from (f"    {work_words(work)}" for work in each.works)


def _kind(each: RevisionForecast) -> str:
    how = "one transaction" if each.revision.header.transactional else each.revision.how
    return f"{each.revision.header.phase}, {how}"


def _figures(seconds: Range | None, wal: Range | None) -> str:
    if seconds is None or wal is None:
        return ""
    return f", {seconds_words(seconds)}, {bytes_words(wal)} of WAL"
