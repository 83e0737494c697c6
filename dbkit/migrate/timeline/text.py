"""The history of a line's tables as text for a terminal: a column for each month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Final

from dbkit.migrate.timeline.changes import Bar, History, Kind
from dbkit.migrate.timeline.drawing import date_of

__all__ = ["timeline_text"]

_SIGNS: Final = {Kind.ADDED: "+", Kind.DROPPED: "-", Kind.CHANGED: "~", Kind.ROWS: "="}
_LEGEND = "[ created  ] dropped  > renamed  + added  - dropped  ~ changed  = rows written  * several of these"


def timeline_text(history: History) -> str:
    """Return a line for each table, with a sign for each month in which revisions change it."""
    return "".join(f"{line}\n" for line in _lines(history))


def _lines(history: History) -> Iterator[str]:
    if not history.revisions:
        return
    first, last = (_month(date_of(revision)) for revision in (history.revisions[0], history.revisions[-1]))
    width = max(map(len, history.names), default=0)
    yield f"{'':{width}}  {_years(first, last)}".rstrip()
    for name in history.names:
        cells = [" "] * (last - first + 1)
        for bar in history.of(name):
            _draw(bar, cells, first)
        yield f"{name:{width}}  {''.join(cells)}".rstrip()
    yield ""
    yield _LEGEND


def _draw(bar: Bar, cells: list[str], first: int) -> None:
    start = _month(date_of(bar.begun)) - first
    end = _month(date_of(bar.ended)) - first if bar.ended else len(cells)
    cells[start:end] = "·" * (end - start)
    for month, marks in groupby(bar.marks, key=lambda mark: _month(date_of(mark.revision)) - first):
        kinds = {mark.kind for mark in marks}
        cells[month] = _SIGNS[kinds.pop()] if len(kinds) == 1 else "*"
    cells[start] = "["
    if bar.ended:
        cells[end] = ">" if bar.target else "]"


def _years(first: int, last: int) -> str:
    """Return the years, each above its January."""
    line = ""
    for month in range(first, last + 1):
        if month % 12 == 0 or month == first:
            line = f"{line:{month - first}}{month // 12}"
    return line


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
