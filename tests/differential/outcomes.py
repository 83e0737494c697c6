"""Outcomes: what a step answered, as JSON that is the same whenever two backends answer alike.

Times of the server become the number of the step that they were taken in, and identifiers that were made meanwhile
the number of their appearance.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from dbkit.types.errors import DbkitError, IllegalTransition, StaleVersion
from tests.differential.values import encoded

__all__ = ["Answers"]

_OFFSETS = tuple(
    timedelta(**given)
    for given in (
        {},
        {"hours": 1},
        {"microseconds": -1},
        {"minutes": 5},
        {"days": 1},
        {"days": 7},
        {"days": 14},
        {"days": 30},
    )
)
_NUMBERED = frozenset({"id", "outbox_event_id"})
"""Where a number may be one that the server gave."""

_NO_NUMBER = 1 << 40
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OWN = "018cc"
"""How the identifiers begin that programs give: their time is that of `sources.BEGAN`."""


class Answers:
    """Makes outcomes of one run of a program; `began` are the times at which its steps began."""

    def __init__(self) -> None:
        self.began: list[datetime] = []
        self._made: dict[str, int] = {}
        self._numbers: list[int] = []

    def begin(self) -> datetime:
        """Note that a step begins, and return its time: later than any of the step before."""
        moment = datetime.now(UTC)
        while self.began and moment <= self.began[-1] + timedelta(microseconds=2):
            moment = datetime.now(UTC)
        self.began.append(moment)
        return moment

    def value(self, value: Any) -> Any:
        """Return the outcome of a call that returned."""
        return self._named(encoded(value, self._time))

    def number(self, place: int) -> int:
        """Return the number that the server gave as the first, second, ... of those that were seen."""
        return self._numbers[place] if place < len(self._numbers) else _NO_NUMBER + place

    def error(self, error: Exception) -> Any:
        """Return the outcome of a call that raised: what tells its error from others, not its words."""
        if not isinstance(error, DbkitError):
            return {"raised": type(error).__name__}
        facts: dict[str, Any] = {
            "raised": type(error).__name__,
            "sqlstate": error.sqlstate,
            "entity": error.entity,
            "key": error.key,
            "constraint": error.constraint,
            "fields": list(error.fields),
            "row": error.row,
        }
        if isinstance(error, StaleVersion):
            facts |= {"expected": error.expected, "actual": error.actual}
        if isinstance(error, IllegalTransition):
            facts |= {"old": error.old, "new": error.new}
        shown: Any = {name: fact for name, fact in facts.items() if fact not in (None, [])}
        return self._named({name: encoded(fact, self._time) for name, fact in shown.items()})

    def _time(self, moment: datetime) -> Any:
        """Return what stands for a time: the step that it was taken in, with what was added to it, or itself."""
        for offset in _OFFSETS:
            began = moment - offset if moment.year > 2000 else moment
            place = bisect.bisect_right(self.began, began)
            if place and began < self.began[-1] + timedelta(seconds=30):
                return {"step": place - 1} | ({"seconds": offset.total_seconds()} if offset else {})
        return moment.astimezone(UTC).isoformat()

    def _shown_number(self, number: Any) -> Any:
        """Return what stands for a number of the server's: it leaves gaps, of which nothing is promised."""
        if not isinstance(number, int) or number >= _NO_NUMBER:
            return self._named(number)
        if number not in self._numbers:
            self._numbers.append(number)
        return {"number": self._numbers.index(number)}

    def _named(self, data: Any) -> Any:
        if isinstance(data, dict):
            if (text := data.get("uuid")) is not None and isinstance(text, str) and len(data) == 1:
                return data if _is_own(text) else {"made": self._made.setdefault(text, len(self._made))}
            numbered = _NUMBERED & data.keys()
            shown = {name: self._named(part) for name, part in data.items()}
            return shown | {name: self._shown_number(data[name]) for name in numbered}
        if isinstance(data, list):
            return [self._named(part) for part in data]
        return self._told(data) if isinstance(data, str) else data

    def _told(self, text: str) -> Any:
        """Return what stands for a text: events tell times and identifiers as texts."""
        if _MOMENT.fullmatch(text):
            return self._time(datetime.fromisoformat(text))
        if _IDENTIFIER.fullmatch(text) and not _is_own(text):
            return {"made": self._made.setdefault(text, len(self._made))}
        return text


def _is_own(text: str) -> bool:
    return text.startswith(_OWN) or not _is_recent(text)


def _is_recent(text: str) -> bool:
    return text[14] == "7" and text > "0193"


def unordered(outcomes: Sequence[Any]) -> list[Any]:
    """Return outcomes in an order of their own, for what comes in none."""
    return sorted(outcomes, key=repr)
