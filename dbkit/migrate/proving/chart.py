"""Measured values over time, drawn: one dot for the worst of each moment, on a scale of powers of ten."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from dbkit.migrate.proving.model import Series
from dbkit.migrate.svg import PALETTE, element, write

__all__ = ["chart"]

_WIDTH, _HEIGHT = 900.0, 220.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 10.0, 24.0, 22.0
_MOMENTS: Final = 400
_LEGEND_STEP: Final = 190.0
_VALUE_MIN: Final = 0.01


def chart(several: Sequence[Series]) -> str:
    """Return series of one unit as an SVG to stand in a page; nothing where none has a point."""
    drawn = [series for series in several if series.points]
    if not drawn:
        return ""
    scale = _Scale(drawn)
    parts = [*scale.ground(drawn)]
    for number, series in enumerate(drawn):
        parts += _dots(series, scale, PALETTE[number % len(PALETTE)])
        parts += _legend(series, number, PALETTE[number % len(PALETTE)])
    label = escape(f"{', '.join(series.name for series in drawn)} over time", quote=True)
    return f'<svg viewBox="0 0 {write(_WIDTH)} {write(_HEIGHT)}" role="img" aria-label="{label}">{"".join(parts)}</svg>'


class _Scale:
    """Where seconds and values are drawn."""

    def __init__(self, several: Sequence[Series]) -> None:
        ends = [series.ends or 0.0 for series in several]
        self._seconds_max = max(*ends, 0.001, *(at for series in several for at, _ in series.points))
        values = [max(value, _VALUE_MIN) for series in several for _, value in series.points]
        self._low = math.floor(math.log10(min(values)))
        self._high = max(math.ceil(math.log10(max(values))), self._low + 1)
        self._unit = several[0].unit

    def x(self, seconds: float) -> float:
        """Return where a moment is."""
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * seconds / self._seconds_max

    def y(self, value: float) -> float:
        """Return where a value is."""
        share = (math.log10(max(value, _VALUE_MIN)) - self._low) / (self._high - self._low)
        return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * share

    def moment(self, seconds: float) -> int:
        """Return the number of the moment that a point belongs to."""
        return int(_MOMENTS * seconds / self._seconds_max)

    def ground(self, several: Sequence[Series]) -> Iterator[str]:
        """Yield the time of the revision, the lines of values, and what they mean."""
        begins = [series.begins for series in several if series.begins is not None]
        ends = [series.ends for series in several if series.ends is not None]
        if begins and ends:
            left, right = self.x(min(begins)), self.x(max(ends))
            height = _HEIGHT - _BOTTOM - _TOP
            yield element(
                "rect", x=left, y=_TOP, width=max(right - left, 1.0), height=height, fill="var(--line)", opacity=0.5
            )
        for power in range(self._low, self._high + 1):
            y = self.y(10.0**power)
            yield element("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y, stroke="var(--line)")
            yield element("text", f"{10.0**power:g} {escape(self._unit)}", x=4.0, y=y + 4)
        for share in (0.0, 0.5, 1.0):
            seconds = self._seconds_max * share
            anchor = ("start", "middle", "end")[round(share * 2)]
            yield element("text", f"{seconds:.2g} s", x=self.x(seconds), y=_HEIGHT - 6, text_anchor=anchor)


def _dots(series: Series, scale: _Scale, colour: str) -> Iterator[str]:
    worst: dict[int, tuple[float, float]] = {}
    for at, value in series.points:
        moment = scale.moment(at)
        if moment not in worst or value > worst[moment][1]:
            worst[moment] = at, value
    for at, value in worst.values():
        yield element("circle", cx=scale.x(at), cy=scale.y(value), r=1.7, fill=colour)


def _legend(series: Series, number: int, colour: str) -> Iterator[str]:
    x = _LEFT + number * _LEGEND_STEP
    yield element("circle", cx=x, cy=10.0, r=4.0, fill=colour)
    yield element("text", escape(series.name), x=x + 8, y=14.0)
