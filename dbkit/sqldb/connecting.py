"""Why connecting failed, told in both colours."""

from __future__ import annotations

import psycopg
from psycopg import waiting

from dbkit.sqldb.errors import report_of_exception, translate
from dbkit.sqldb.refusal import connect_refusal
from dbkit.types.errors import DbkitError, ServerReport

__all__ = ["async_refusal", "refusal"]


async def async_refusal(conninfo: str, timeout_seconds: float, report: ServerReport) -> DbkitError:
    """Return the error for a failed connect, by trying once more and listening to what the server says."""
    try:
        found = await waiting.wait_conn_async(connect_refusal(conninfo), timeout=timeout_seconds)
    except psycopg.Error as error:
        found = translate(report_of_exception(error))
    return found or translate(report)


def refusal(conninfo: str, timeout_seconds: float, report: ServerReport) -> DbkitError:
    """Return the error for a failed connect, by trying once more and listening to what the server says."""
    try:
        found = waiting.wait_conn(connect_refusal(conninfo), timeout=timeout_seconds)
    except psycopg.Error as error:
        found = translate(report_of_exception(error))
    return found or translate(report)
