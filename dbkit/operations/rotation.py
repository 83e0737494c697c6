"""What a rotation of data keys has done, and how fast it may go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dbkit.types.errors import DbkitError

__all__ = ["Pace", "Rotation", "Unopened"]


@dataclass(frozen=True, slots=True)
class Pace:
    """How many rows a transaction of a rotation changes, and how many it changes in a second at the most."""

    rows: int = 100
    rows_per_second: float = 500.0

    def pause_seconds(self, rows: int, took_seconds: float) -> float:
        """Return how long to wait after a transaction that changed so many rows."""
        return max(0.0, rows / self.rows_per_second - took_seconds)


@dataclass(frozen=True, slots=True)
class Unopened:
    """A secret or a data key that did not open, so it is as it was: its row, and the error's code."""

    entity: str
    key: Mapping[str, object]
    code: str

    def __str__(self) -> str:
        return f"{self.entity} ({', '.join(f'{name}={value}' for name, value in self.key.items())}): {self.code}"


@dataclass(slots=True)
class Rotation:
    """What was done: keys made, wrapped anew and retired, secrets sealed anew; and what did not open."""

    keys_made: int = 0
    keys_wrapped: int = 0
    keys_retired: int = 0
    secrets_sealed: int = 0
    unopened: list[Unopened] = field(default_factory=list[Unopened])

    def note(self, error: DbkitError, entity: str, key: Mapping[str, object]) -> None:
        """Take notice of a row that did not open."""
        self.unopened.append(Unopened(entity, key, error.code))

    def __str__(self) -> str:
        keys = f"{self.keys_made} data keys made, {self.keys_wrapped} wrapped anew, {self.keys_retired} retired"
        lines = [f"{keys}; {self.secrets_sealed} secrets sealed anew"]
        return "\n".join([*lines, *(f"does not open: {each}" for each in self.unopened)])
