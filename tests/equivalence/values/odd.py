"""Objects that no column is made for, and that find their way into values all the same."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import Any, NamedTuple
from uuid import UUID

__all__ = ["ANYWHERE", "ID", "Colour", "Mute", "OwnInstant", "OwnNumber", "Size", "nested"]

ID = UUID("01a208fc-8ac9-783e-97e4-2b0e10ec7112")


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Size(IntEnum):
    SMALL = 1


class Wrapped(Enum):
    TEXT = "7"
    NUMBER = 7
    ID = UUID(int=7)
    LIST = ("a",)


class OwnText(str):
    """Text that shows itself as another."""

    __slots__ = ()

    def __str__(self) -> str:
        return "8"


class OwnNumber(int):
    """A number that shows itself as another."""

    def __str__(self) -> str:
        return "8"


class OwnDecimal(Decimal):
    pass


class OwnInstant(datetime):
    pass


class OwnId(UUID):
    pass


class OwnList(list[Any]):
    pass


class Pair(NamedTuple):
    first: str
    second: str


class Mute:
    """An object that has no text."""

    def __str__(self) -> str:
        raise RuntimeError


def nested(levels: int) -> Any:
    """Return arrays within arrays."""
    found: Any = []
    for _ in range(levels - 1):
        found = [found]
    return found


_NAIVE = datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)

ANYWHERE: tuple[Any, ...] = (
    *Wrapped,
    Colour.RED,
    Size.SMALL,
    OwnText("7"),
    OwnNumber(7),
    OwnDecimal(7),
    OwnInstant(2024, 1, 1, tzinfo=UTC),
    OwnId(int=7),
    OwnList(["a"]),
    Pair("a", "b"),
    Mute(),
    object,
    1 + 2j,
    range(3),
    {1, 2},
    frozenset({"a"}),
    {"a": 1},
    {"a": object()},
    {(1, 2): 3},
    [b"\xff"],
    b"7",
    bytearray(b"ab"),
    ID,
    ID.int,
    str(ID),
    _NAIVE,
    _NAIVE.replace(fold=1),
    datetime(2024, 1, 1, tzinfo=UTC),
    date(2024, 1, 1),
    time(12),
    timedelta(days=1),
    # `str` refuses to write out so many digits.
    10**5000,
    -(10**5000),
    {"a": 10**4299},
    {"a": 10**4300},
    "9" * 5000,
    "-" + "9" * 5000,
    "0" * 5000 + "7",
    " " * 5000 + "7",
    "[" * 500,
    nested(199),
    nested(250),
    nested(300),
    "infinity",
    "-infinity",
    "now",
    "today",
    "epoch",
    "null",
    "NULL",
    "7\0",
    "\ud800",
)
"""For columns of all types."""
