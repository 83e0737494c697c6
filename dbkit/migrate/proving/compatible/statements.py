"""The statements of a release: what its repositories can send, and what they can put into columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["SentParameter", "SentStatement", "StatementSet", "Written"]


@dataclass(frozen=True, slots=True)
class SentParameter:
    """A parameter: the column or the word that its value is of, and its type by PostgreSQL's name.

    Without a type the server is to find out.
    """

    field: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class SentStatement:
    """SQL with `$1`..`$n`, the call that sends it (`teams.update`), and the table that it is about."""

    call: str
    table: str
    sql: str
    parameters: tuple[SentParameter, ...] = ()

    @property
    def inserts(self) -> bool:
        """Whether it adds rows."""
        return self.sql.lstrip().upper().startswith("INSERT") or self.copies

    @property
    def copies(self) -> bool:
        """Whether it is a COPY, whose parameters are the columns of one row."""
        return self.sql.lstrip().upper().startswith("COPY")

    @property
    def writes(self) -> bool:
        """Whether it puts values into columns."""
        return self.inserts or self.sql.lstrip().upper().startswith(("UPDATE", "WITH", "MERGE"))


@dataclass(frozen=True, slots=True)
class Written:
    """What code can put into a table: for some fields all values that there are, and which it never leaves empty."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    required: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StatementSet:
    """All statements of a release that was made for a line up to `head`; by table, what it can write."""

    head: str
    statements: tuple[SentStatement, ...]
    written: Mapping[str, Written] = field(default_factory=dict[str, Written])
