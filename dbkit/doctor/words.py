"""Numbers and names in the words of a finding."""

from __future__ import annotations

from collections.abc import Collection, Iterable

__all__ = ["duration", "gib", "listed", "plural", "within"]

_NAMED_MAX = 5


def duration(seconds: float) -> str:
    """Return a time in the unit that fits it."""
    for unit, length in (("days", 86_400), ("hours", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"


def gib(size: float) -> str:
    """Return a size in bytes in the unit that fits it."""
    for unit, length in (("GiB", 1024**3), ("MiB", 1024**2)):
        if size >= length:
            return f"{size / length:.1f} {unit}"
    return f"{size / 1024:.0f} kiB"


def listed(names: Iterable[str]) -> str:
    """Return names with commas, the first few of many."""
    every = list(names)
    more = f" and {len(every) - _NAMED_MAX} more" if len(every) > _NAMED_MAX else ""
    return f"{', '.join(every[:_NAMED_MAX])}{more}"


def within(sentence: str) -> str:
    """Return the first words of a sentence as they stand within another one; its full stop is left out."""
    return f"{sentence[:1].lower()}{sentence[1:]}".removesuffix(".")


def plural(things: Collection[object], one: str, several: str) -> str:
    """Return the count of things with their name."""
    return f"{len(things)} {one if len(things) == 1 else several}"
