"""Something that is wrong, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from dbkit.migrate.session import Connection

__all__ = ["Act", "Proposal"]

Act: TypeAlias = Callable[[Connection, str], None]
"""Repairs something, over a session with the runner's lock, for a reason that is written down."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is wrong, what could be done, and what shows that this would be right.

    Without an `act` nothing can be proved to be right: `does` then says what a person can do. `detail` are
    further lines to look at. What is a person's judgement `needs_reason`.
    """

    kind: str
    what: str
    does: str
    proof: str = ""
    detail: str = ""
    act: Act | None = None
    needs_reason: bool = False

    def __str__(self) -> str:
        lines = [f"wrong: {self.what}", f"  {'repair' if self.act else 'to do'}: {self.does}"]
        lines += [f"  proof: {self.proof}"] if self.proof else []
        return "\n".join([*lines, *(f"  | {each}" for each in self.detail.splitlines())])

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "kind": self.kind,
            "what": self.what,
            "does": self.does,
            "proof": self.proof,
            "detail": self.detail,
            "repairable": self.act is not None,
            "needs_reason": self.needs_reason,
        }
