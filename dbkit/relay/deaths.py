"""Messages that may end the process that sends them: what their rows say, and how they are sent one at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

__all__ = ["deaths_of", "mark_of", "parts_of", "why_quarantined"]

_MARK: Final = re.compile(r"a relay died with it, (\d+) more when it was sent alone")
_QUARANTINED: Final = re.compile(r"\d+ relays died when it was sent alone")


def mark_of(deaths: int) -> str:
    """Return what a row says that may have been under way when a relay died, and that so many have died of alone.

    It is written before the row is sent, so a relay that lives on takes its own death back.
    """
    return f"a relay died with it, {deaths} more when it was sent alone"


def why_quarantined(deaths: int) -> str:
    """Return what a row says in quarantine when so many relays have died of it alone."""
    return f"{deaths} relays died when it was sent alone"


def deaths_of(row: Any) -> int | None:
    """Return of how many deaths a row alone is suspected; None for one that was under way in none.

    Released from quarantine it is at the beginning again, and still goes alone.
    """
    said = row.last_error
    if not said:
        return None
    if _QUARANTINED.fullmatch(said):
        return 0
    found = _MARK.fullmatch(said)
    return None if found is None else int(found[1])


def parts_of(rows: Sequence[Any], goes_alone: Callable[[Any], bool]) -> Iterator[list[Any]]:
    """Yield rows in order, in parts that are sent together: a row that goes alone is a part of its own."""
    together: list[Any] = []
    for row in rows:
        if not goes_alone(row):
            together.append(row)
            continue
        if together:
            yield together
            together = []
        yield [row]
    if together:
        yield together
