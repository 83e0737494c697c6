"""What loading seed data did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["SeedReport"]


@dataclass(frozen=True, slots=True)
class SeedReport:
    """How many rows of each table were stored, and how many were there already."""

    stored: Mapping[str, int]
    present: Mapping[str, int]

    def __str__(self) -> str:
        stored, present = sum(self.stored.values()), sum(self.present.values())
        return f"stored {stored:,} rows in {sum(map(bool, self.stored.values()))} tables, {present:,} were there"
