"""What a transaction may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from dbkit.types.errors import ValueInvalid

__all__ = ["ISOLATION_LEVELS", "Isolation", "TransactionOptions", "transaction_options"]

Isolation: TypeAlias = Literal["read committed", "repeatable read", "serializable"]

ISOLATION_LEVELS: tuple[Isolation, ...] = ("read committed", "repeatable read", "serializable")


@dataclass(frozen=True, slots=True)
class TransactionOptions:
    """How a transaction runs. `deferrable` has its effect on serializable read-only ones only, as in PostgreSQL.

    With `commit_token` what became of a COMMIT whose answer was lost can be found out after a crash and a
    failover too.
    """

    isolation: Isolation = "read committed"
    read_only: bool = False
    deferrable: bool = False
    commit_token: bool = False

    def __post_init__(self) -> None:
        if self.isolation not in ISOLATION_LEVELS:
            raise ValueInvalid(
                f"there is no isolation level {self.isolation!r}",
                fields=("isolation",),
                advice=f"Isolation levels: {', '.join(ISOLATION_LEVELS)}.",
            )
        if self.read_only and self.commit_token:
            raise ValueInvalid(
                "a read-only transaction writes no commit token",
                fields=("commit_token",),
                advice="Leave it out: where nothing is written, nothing can be in doubt.",
            )


@cache
def transaction_options(
    isolation: Isolation = "read committed",
    read_only: bool = False,  # noqa: FBT001, FBT002 - they are cached by position, in the order of the dataclass
    deferrable: bool = False,  # noqa: FBT001, FBT002
    commit_token: bool = False,  # noqa: FBT001, FBT002
) -> TransactionOptions:
    """Return options; making them takes longer than finding them, and each transaction has some."""
    return TransactionOptions(isolation, read_only, deferrable, commit_token)
