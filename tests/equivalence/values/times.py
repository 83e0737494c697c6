"""Instants around the ends of time and of summer, and what is none."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

__all__ = ["INSTANTS", "NO_INSTANTS"]

_EAST = timezone(timedelta(hours=14))
_WEST = timezone(timedelta(hours=-12))
_NEW_YORK = ZoneInfo("America/New_York")
_NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)
_FIRST = datetime(1, 1, 1, tzinfo=UTC)
_LAST = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)

INSTANTS: tuple[object, ...] = (
    _FIRST,
    _LAST,
    # In UTC these are the first instant, and the last; the next two are beyond.
    datetime(1, 1, 1, 14, tzinfo=_EAST),
    datetime(9999, 12, 31, 11, 59, 59, 999999, tzinfo=_WEST),
    datetime(1, 1, 1, 13, 59, 59, 999999, tzinfo=_EAST),
    datetime(9999, 12, 31, 12, tzinfo=_WEST),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(2000, 1, 1, tzinfo=UTC),
    _NOON,
    _NOON + timedelta(microseconds=1),
    _NOON - timedelta(microseconds=1),
    _NOON.replace(fold=1),
    *(
        _NOON.replace(tzinfo=timezone(offset))
        for offset in (timedelta(hours=5, minutes=45), timedelta(seconds=1), timedelta(microseconds=1))
    ),
    # The hour that the clock is set back, and the one that it leaves out.
    datetime(2024, 11, 3, 1, 30, tzinfo=_NEW_YORK),
    datetime(2024, 11, 3, 1, 30, tzinfo=_NEW_YORK, fold=1),
    datetime(2024, 3, 10, 2, 30, tzinfo=_NEW_YORK),
    datetime(1850, 1, 1, tzinfo=_NEW_YORK),
)

NO_INSTANTS: tuple[object, ...] = (
    *(_FIRST.replace(tzinfo=None), _LAST.replace(tzinfo=None), date.min, date.max, time(12)),
    # No text: its zone would be the session's.
    *("2024-01-01", "2024-01-01T12:30:15Z", "2024-01-01 12:30:15.123456+01:00", "2024-02-30", "9999-12-31 23:59:59-01"),
    *("", "x", 7, 1.5, True, Decimal(7), [], {}),
)
