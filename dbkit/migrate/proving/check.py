"""What a check is."""

from __future__ import annotations

from typing import Protocol

from dbkit.migrate.proving.model import Outcome
from dbkit.migrate.proving.subject import Subject

__all__ = ["Check"]


class Check(Protocol):
    """One question about a revision, answered by running it.

    `name` is how it is chosen and waived, `asks` the question in words. `prove` takes copies of the subject's
    databases, and leaves nothing behind. What it raises is told as an outcome that could not be run.
    """

    @property
    def name(self) -> str:
        """Its name, one word in small letters."""
        ...

    @property
    def asks(self) -> str:
        """The question, as a sentence."""
        ...

    def prove(self, subject: Subject) -> Outcome:
        """Answer it for a revision."""
        ...
