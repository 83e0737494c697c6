"""What a run of the command line came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

__all__ = ["Command", "Run"]


@dataclass(frozen=True)
class Run:
    code: int | str | None
    out: str
    err: str


class Command(Protocol):
    def __call__(self, arguments: str, *more: str) -> Run: ...
