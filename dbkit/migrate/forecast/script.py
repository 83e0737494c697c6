"""A forecast as a script: the statements as a walk saw them, with what each of them does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dbkit.migrate.forecast.model import Forecast, RevisionForecast, StatementForecast
from dbkit.migrate.forecast.text import headline, remarks, sizes_words, wait_words, work_words
from dbkit.migrate.foreign.revision import ForeignRevision
from dbkit.migrate.line import Revision
from dbkit.migrate.place import VERSION_TABLE
from dbkit.migrate.trace.shapes import was_shortened

__all__ = ["forecast_sql"]

_PARAMETER = re.compile(r"%(?:\(\w+\))?s")


def forecast_sql(forecast: Forecast) -> str:
    """Return the statements in order, to be read: what depends on rows is not all in them, as their comments say."""
    return "\n".join(_lines(forecast)) + "\n"


def _lines(forecast: Forecast) -> Iterator[str]:
    for line in (headline(forecast), *remarks(forecast)):
        yield f"-- {line}"
    for each in forecast.revisions:
        yield ""
        yield from _revision(each)


def _revision(each: RevisionForecast) -> Iterator[str]:
    revision = each.revision
    yield f"-- {revision}: {revision.header.phase}. {revision.title}"
    yield from (f"--   {words}" for words in sizes_words(each))
    yield from (f"--   {wait_words(wait)}" for wait in each.waits)
    if not each.is_traced:
        yield "--   not traced: its statements are not known (run `dbkit migrate trace`)"
        return
    if revision.header.transactional:
        yield "BEGIN;"
    transaction = None
    for statement in each.statements:
        number = statement.statement.transaction
        if transaction is not None and number != transaction:
            yield "COMMIT;"
        if number is not None and number != transaction:
            yield "BEGIN;"
        transaction = number
        yield from _statement(statement)
    if transaction is not None:
        yield "COMMIT;"
    yield _version(revision)
    if revision.header.transactional:
        yield "COMMIT;"


def _statement(each: StatementForecast) -> Iterator[str]:
    statement = each.statement
    yield from (f"-- locks {name} {lock}" for name, lock in statement.locks.items())
    yield from (f"-- {work_words(work)}" for work in each.works)
    if statement.repeated:
        yield "-- again and again, until nothing is left to do"
    if was_shortened(statement.sql) or _PARAMETER.search(statement.sql):
        yield "-- with values that are not shown:"
        yield from (f"-- {line}" for line in f"{statement.sql};".splitlines())
    else:
        yield f"{statement.sql.rstrip().removesuffix(';')};"


def _version(revision: Revision) -> str:
    if isinstance(revision, ForeignRevision):
        return "-- and its row in the version table"
    if revision.parent is None:
        return f"INSERT INTO {VERSION_TABLE} VALUES ('{revision.id}');"  # noqa: S608
    return f"UPDATE {VERSION_TABLE} SET version_num = '{revision.id}' WHERE version_num = '{revision.parent}';"  # noqa: S608
