"""The history of a line's tables as SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from math import ceil
from typing import Final
from xml.sax.saxutils import escape

from dbkit.migrate.header import Phase
from dbkit.migrate.line import Revision
from dbkit.migrate.svg import document, element, text_width
from dbkit.migrate.timeline.changes import Bar, History, Kind, Mark

__all__ = ["date_of", "timeline_svg"]

PHASES: Final = {Phase.EXPAND: "#2a9d5c", Phase.DATA: "#2f7ed8", Phase.CONTRACT: "#d9622b"}
"""The colour of each phase."""

_SIGNS: Final = {Kind.ADDED: "M-3,0h6M0,-3v6", Kind.DROPPED: "M-3,0h6", Kind.CHANGED: "M-2.5,1q1.25,-3 2.5,-1t2.5,-1"}
_DAY = 1.0
_ROW = 20.0
_LANE = 16.0
_MARGIN = 18.0
_STYLE = """
.bar { fill: $rule; }
.month { stroke: $panel; stroke-width: 1; }
.year { stroke: $rule; stroke-width: 1; }
.renamed { fill: none; stroke: $soft; stroke-width: 1; stroke-dasharray: 2 2; }
.end { fill: none; stroke: $soft; stroke-width: 1.6; }
.mark { stroke: $ground; stroke-width: 0.8; }
.sign { fill: none; stroke: #ffffff; stroke-width: 1.3; }
.gone { font-style: italic; }
"""


def date_of(revision: Revision) -> date:
    """Return the day of a revision's id."""
    return datetime.strptime(revision.id, "%Y%m%d%H%M%S").replace(tzinfo=UTC).date()


def timeline_svg(history: History) -> str:
    """Return the picture: a bar for each table's life, a mark for each revision that changes it.

    Raises `ValueError` for a line without revisions, of which there is nothing to show.
    """
    if not history.revisions:
        message = "a line without revisions has no history"
        raise ValueError(message)
    page = _Page(history)
    body = [
        *page.head(),
        *page.grid(),
        *page.lanes(),
        *(each for bar in history.bars for each in page.bar(bar)),
        *(each for bar in history.bars for each in page.ends(bar)),
        *(page.mark(bar, mark) for bar in history.bars for mark in bar.marks),
    ]
    return document("History of the schema", (page.right + _MARGIN, page.bottom + _MARGIN), _STYLE, body)


@dataclass(frozen=True)
class _Page:
    history: History

    @cached_property
    def first(self) -> date:
        return date_of(self.history.revisions[0]).replace(day=1)

    @cached_property
    def last(self) -> date:
        return _next_month(date_of(self.history.revisions[-1]))

    @cached_property
    def left(self) -> float:
        return 2 * _MARGIN + ceil(max(text_width(name) for name in [*self.history.names, *PHASES]))

    @cached_property
    def right(self) -> float:
        return self._x(self.last)

    @cached_property
    def lanes_top(self) -> float:
        return 94.0

    @cached_property
    def top(self) -> float:
        return self.lanes_top + _LANE * len(PHASES) + 14

    @cached_property
    def bottom(self) -> float:
        return self.top + _ROW * len(self.history.names)

    @cached_property
    def _rows(self) -> dict[str, float]:
        return {name: self.top + _ROW * (number + 0.5) for number, name in enumerate(self.history.names)}

    def _x(self, day: date) -> float:
        return self.left + (day - self.first).days * _DAY

    def _at(self, revision: Revision) -> float:
        return self._x(date_of(revision))

    def head(self) -> Iterator[str]:
        """Yield title and legend."""
        history = self.history
        first, last = (date_of(revision) for revision in (history.revisions[0], history.revisions[-1]))
        count = f"{len(history.revisions)} revisions, {first} to {last}; {len(history.alive)} tables at the end"
        yield element("text", f"History of the schema: {count}", class_="title", x=_MARGIN, y=26)
        signs = {"added": Kind.ADDED, "dropped": Kind.DROPPED, "changed": Kind.CHANGED, "rows written": Kind.ROWS}
        x = _MARGIN + 6
        for word, kind in signs.items():
            yield from (_sign(kind, "#7b838f", x, 44), element("text", word, class_="soft", x=x + 9, y=48))
            x += text_width(word) + 30
        rest = "a bar: a table from its creation to its end (a cross) or new name (dotted)"
        yield element("text", rest, class_="soft", x=x, y=48)

    def grid(self) -> Iterator[str]:
        """Yield a line for each month, and the years above."""
        month = self.first
        while month <= self.last:
            kind = "year" if month.month == 1 else "month"
            x = self._x(month)
            yield element("line", class_=kind, x1=x, y1=self.lanes_top - 6, x2=x, y2=self.bottom)
            if month.month == 1 or month == self.first:
                yield element("text", str(month.year), class_="heading", x=x + 3, y=self.lanes_top - 12)
            month = _next_month(month)

    def lanes(self) -> Iterator[str]:
        """Yield a line of revisions for each phase."""
        counts = Counter(revision.header.phase for revision in self.history.revisions)
        for number, (phase, colour) in enumerate(PHASES.items()):
            y = self.lanes_top + _LANE * (number + 0.5)
            label = f"{phase} {counts[phase]}"
            yield element("text", label, class_="name", x=_MARGIN, y=y + 4, style=f"fill:{colour}")
            for revision in self.history.revisions:
                if revision.header.phase is phase:
                    title = element("title", escape(f"{revision}: {revision.title}"))
                    x = self._at(revision) - 1.5
                    place = {"x": x, "y": y - 5, "width": 3, "height": 10, "rx": 1}
                    yield element("rect", title, class_="revision", id=f"r{revision.id}", fill=colour, **place)

    def bar(self, bar: Bar) -> Iterator[str]:
        """Yield a table's name and life, and its way to another name."""
        y = self._rows[bar.name]
        start, end = self._at(bar.begun), self._at(bar.ended) if bar.ended else self.right
        lives = self.history.of(bar.name)
        if bar is lives[0]:
            gone = None if bar.name in self.history.alive else "soft gone"
            yield element("text", escape(bar.name), class_=gone, x=_MARGIN, y=y + 4)
        title = element("title", escape(_life(bar)))
        yield element(
            "rect", title, class_="bar", x=start, y=y - 3, width=max(end - start, 2.0), height=6, rx=2,
            data_table=bar.name,
        )  # fmt: skip
        if bar.target:
            # From the top, so that the dots of two names that are swapped fall on each other.
            top, bottom = sorted((y, self._rows[bar.target]))
            yield element("path", class_="renamed", d=f"M{end:.1f},{top:.1f}V{bottom:.1f}")

    def ends(self, bar: Bar) -> Iterator[str]:
        """Yield how a life begins and ends."""
        y = self._rows[bar.name]
        place = {"x": self._at(bar.begun) - 1.5, "y": y - 6, "width": 3, "height": 12, "rx": 1}
        yield element("rect", fill=PHASES[bar.begun.header.phase], **place)
        if bar.ended and not bar.target:
            style = f"stroke:{PHASES[bar.ended.header.phase]}"
            cross = f"M{self._at(bar.ended):.1f},{y:.1f}m-4,-4l8,8m0,-8l-8,8"
            yield element("path", class_="end", style=style, d=cross)

    def mark(self, bar: Bar, mark: Mark) -> str:
        """Return what a revision changes in a table."""
        what = "; ".join(map(str, mark.changes))
        title = element("title", escape(f"{bar.name}, {mark.revision}: {what}"))
        return element(
            "g",
            title,
            _sign(mark.kind, PHASES[mark.revision.header.phase], self._at(mark.revision), self._rows[bar.name]),
            data_table=bar.name,
            data_revision=mark.revision.id,
        )


def _sign(kind: Kind, colour: str, x: float, y: float) -> str:
    if kind is Kind.ROWS:
        return element("rect", class_="mark", fill=colour, x=x - 3.5, y=y - 3.5, width=7, height=7, rx=1)
    circle = element("circle", class_="mark", fill=colour, cx=x, cy=y, r=5)
    return circle + element("path", class_="sign", d=_SIGNS[kind], transform=f"translate({x:.1f},{y:.1f})")


def _life(bar: Bar) -> str:
    begun = f"was {bar.source} before" if bar.source else "created"
    ended = f"; renamed {bar.target} by {bar.ended}" if bar.target else f"; dropped by {bar.ended}" if bar.ended else ""
    return f"{bar.name}: {begun} by {bar.begun}{ended}"


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
