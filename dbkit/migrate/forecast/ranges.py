"""Figures that are known as ranges, and how people read them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["NOTHING", "Range", "bytes_words", "count_words", "seconds_words"]

_BYTES = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))
_COUNTS = ((10**9, "billion"), (10**6, "million"))
_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Range:
    """A figure between two bounds."""

    low: float
    high: float

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def as_json(self) -> list[float]:
        """Return both bounds, for machines."""
        return [float(f"{self.low:.3g}"), float(f"{self.high:.3g}")]


NOTHING = Range(0.0, 0.0)


def seconds_words(span: Range) -> str:
    """Return a time in words: `20 ms to 3 s`."""
    return _span(_seconds(span.low), _seconds(span.high))


def bytes_words(span: Range) -> str:
    """Return a size in words: `3 to 8 MB`."""
    return _span(_scaled(span.low, _BYTES, "B"), _scaled(span.high, _BYTES, "B"))


def count_words(count: float) -> str:
    """Return a count in words: `41.2 million`."""
    for size, word in _COUNTS:
        if count >= size:
            return f"{count / size:.1f} {word}"
    return f"{count:,.0f}"


def _span(low: str, high: str) -> str:
    if low == high:
        return high
    amount, _, unit = low.partition(" ")
    return f"{amount} to {high}" if unit == high.partition(" ")[2] else f"{low} to {high}"


def _seconds(seconds: float) -> str:
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < 2 * _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    return f"{seconds / _HOUR:.1f} h"


def _scaled(amount: float, sizes: tuple[tuple[int, str], ...], unit: str) -> str:
    for size, word in sizes:
        if amount >= size:
            return f"{amount / size:.{0 if amount >= 10 * size else 1}f} {word}"
    return f"{amount:.0f} {unit}"
