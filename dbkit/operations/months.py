"""Months, for partitions that hold one each."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

__all__ = ["month_of", "months_back", "months_from"]


def month_of(moment: datetime) -> datetime:
    """Return the beginning of a moment's month, in UTC."""
    return moment.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def months_from(moment: datetime, ahead: int) -> list[tuple[datetime, datetime]]:
    """Return the beginnings and ends of a moment's month and of so many after it."""
    first = month_of(moment)
    number = first.year * 12 + first.month - 1
    begins = [first.replace(year=each // 12, month=each % 12 + 1) for each in range(number, number + max(ahead, 0) + 2)]
    return list(pairwise(begins))


def months_back(month: datetime, number: int) -> datetime:
    """Return the beginning of the month that lies so many months before another one."""
    first = month.year * 12 + month.month - 1 - number
    return month.replace(year=first // 12, month=first % 12 + 1)
