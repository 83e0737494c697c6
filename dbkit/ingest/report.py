"""What a scribe tells of its work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from dbkit.types.errors import DbkitError
from dbkit.types.value import Value

__all__ = ["Refusal", "ScribeReport", "Tally"]

_KEPT = 100


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that the database refuses for good: which one, and why; what is in it, only `row` tells, and no repr."""

    entity: str
    key: Mapping[str, object]
    code: str
    constraint: str | None
    fields: tuple[str, ...]
    row: Value = field(repr=False, compare=False)

    def __str__(self) -> str:
        key = ", ".join(f"{name}={value}" for name, value in self.key.items())
        constraint = f" by {self.constraint}" if self.constraint else ""
        return f"{self.entity} ({key}): {self.code}{constraint}"

    def as_json(self) -> dict[str, Any]:
        """Return it for machines, without the row."""
        return {
            "entity": self.entity,
            "key": {name: str(value) for name, value in self.key.items()},
            "code": self.code,
            "constraint": self.constraint,
            "fields": list(self.fields),
        }


@dataclass(frozen=True, slots=True)
class ScribeReport:
    """How many rows have come in and what became of them, since the scribe was opened.

    `taken` were written, `stored` of them are in the database, `known` were there already, `refused` it does not take.
    `waiting` are in memory, `spooled` in the spool, which may have some of an earlier process. `why_behind` says why
    the database is not reached, while it is not. `damaged` files of the spool were put aside.
    """

    taken: int = 0
    stored: int = 0
    known: int = 0
    refused: int = 0
    waiting: int = 0
    spooled: int = 0
    spool_bytes: int = 0
    damaged: int = 0
    why_behind: str = ""
    refusals: tuple[Refusal, ...] = ()

    @property
    def is_behind(self) -> bool:
        """Whether the database is out, or rows wait in the spool."""
        return bool(self.why_behind or self.spooled)

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        refusals = [each.as_json() for each in self.refusals]
        numbers = {name: value for name, value in asdict(self).items() if name != "refusals"}
        return {**numbers, "refusals": refusals}


class Tally:
    """Counts as rows go; the last refusals are kept, and told to who wants to hear of them."""

    def __init__(self, refused: Callable[[Refusal], object] | None = None) -> None:
        self._tell = refused
        self.stored = 0
        self.known = 0
        self.refused = 0
        self.refusals: deque[Refusal] = deque(maxlen=_KEPT)
        self.why_behind: DbkitError | None = None

    def store(self, rows: int, new: int) -> None:
        """Count rows that the database has by now, of which so many were new to it."""
        self.stored += new
        self.known += rows - new

    def refuse(self, refusal: Refusal) -> None:
        """Count a row that it will never have."""
        self.refused += 1
        self.refusals.append(refusal)
        if self._tell is not None:
            self._tell(refusal)
