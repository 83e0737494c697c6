"""What a stub may be: a constant, an error, a callable, or several of these in turn."""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Iterable
from dataclasses import dataclass
from typing import Annotated, Generic, TypeAlias, TypeVar

__all__ = ["AsyncItems", "AsyncResult", "InTurn", "Items", "Outcome", "Raised", "Result", "in_turn"]

ConstantT = TypeVar("ConstantT")
FunctionT = TypeVar("FunctionT")
OutcomeT = TypeVar("OutcomeT")
OutcomeT_co = TypeVar("OutcomeT_co", covariant=True)
ResultT = TypeVar("ResultT")

Raised: TypeAlias = BaseException | type[BaseException]
"""An error to raise. Of a class of dbkit's errors each call gets one of its own, with entity and key."""


@dataclass(frozen=True, slots=True)
class InTurn(Generic[OutcomeT_co]):
    """Several outcomes, one for each call."""

    outcomes: tuple[OutcomeT_co, ...]


def in_turn(*outcomes: OutcomeT) -> InTurn[OutcomeT]:
    """Give one outcome after the other: constants, errors, callables. A call too many raises `OutcomesUsedUp`."""
    return InTurn(outcomes)


Outcome: TypeAlias = ConstantT | FunctionT | Raised | InTurn[ConstantT | FunctionT | Raised]
"""What a stub may be: constant and callable are the operation's own."""

# By their names the one becomes the other in a sync twin.
AsyncResult: TypeAlias = ResultT | Awaitable[ResultT]
"""What a callable gives for an awaited operation: its result, or something to await for it."""
Result: TypeAlias = Annotated[ResultT, "at once"]
"""What a callable gives."""
AsyncItems: TypeAlias = Iterable[ResultT] | AsyncIterable[ResultT]
"""What a callable gives for an operation that yields."""
Items: TypeAlias = Iterable[ResultT]
"""What a callable gives for an operation that yields."""
