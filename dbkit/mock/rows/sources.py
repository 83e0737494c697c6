"""Where fresh values come from: counted, never drawn by chance, and the same again from the same seed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import blake2b
from typing import Final
from uuid import UUID

__all__ = ["BEGAN", "Source"]

BEGAN: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""The point in time that all times follow from, unless another one is given."""

_VERSION_7_AND_VARIANT = 0x7000_8000_0000_0000_0000
_RANDOM_BITS = 0x0FFF_3FFF_FFFF_FFFF_FFFF

_NAMES = (
    *("acme", "bluebird", "cobalt", "dune", "ember", "foxglove", "granite", "harbor", "indigo", "juniper", "kestrel"),
    *("lumen", "meridian", "nimbus", "orchard", "pinnacle", "quarry", "ripple", "summit", "tundra", "umbra", "vertex"),
)
_FIRST_NAMES = ("Ada", "Björn", "Chen", "Dilnoza", "Émile", "Fatima", "Grace", "Hiro", "Inés", "Jürgen", "Katya")
_LAST_NAMES = ("Abe", "Berg", "Costa", "Diallo", "Evans", "Fischer", "García", "Hansen", "Ivanova", "Jones", "Kim")
_MAILBOXES = ("ada", "chen", "fatima", "grace", "hiro", "katya")


class Source:
    """Counts, and makes identifiers, texts and times of the numbers.

    Sources of different seeds never give the same identifier nor the same text, whichever the numbers; two of one seed
    give the same ones.
    """

    def __init__(self, seed: int | str = 0, began: datetime = BEGAN) -> None:
        self.seed = seed
        self.began = began
        self._numbers = itertools.count(1)
        self._prefix = f"{type(seed).__name__}/{seed}/".encode()
        self._milliseconds = int(began.timestamp() * 1000)
        self._mark = _mark(seed)

    def number(self) -> int:
        """Return a number that was not given before."""
        return next(self._numbers)

    def token(self, number: int) -> str:
        """Return what tells the texts of a number from those of any other one, and of any other seed."""
        return f"{self._mark}{number}"

    def identifier(self, number: int) -> UUID:
        """Return the uuid version 7 of a number; that of a larger one is larger."""
        digest = blake2b(b"%b%d" % (self._prefix, number), digest_size=10).digest()
        low = int.from_bytes(digest, "big") & _RANDOM_BITS | _VERSION_7_AND_VARIANT
        return UUID(int=self._milliseconds + number << 80 | low)

    def instant(self, number: int) -> datetime:
        """Return the point in time of a number; that of a larger one is later."""
        return self.began + timedelta(seconds=number)

    def text(self, field: str, number: int) -> str:
        """Return a text as a field of this name may hold it; another number gives another one."""
        return _maker_of(field)(number, f"{self._mark}{number}")


def _mark(seed: int | str) -> str:
    """Return the part of a text that tells of the seed: none for 0; digits for a number, a letter first for a text."""
    if seed == 0:
        return ""
    if isinstance(seed, int):
        return f"{seed}-"
    return f"s{blake2b(seed.encode(), digest_size=6).hexdigest()}-"


def _name(number: int, token: str) -> str:
    return f"{_NAMES[number % len(_NAMES)]}-{token}"


def _email(number: int, token: str) -> str:
    return f"{_MAILBOXES[number % len(_MAILBOXES)]}.{token}@{_NAMES[number % len(_NAMES)]}.example"


_MAKERS: Final[Mapping[str, Callable[[int, str], str]]] = {
    "domain": lambda number, token: f"{_name(number, token)}.example",
    "email": _email,
    "first_name": lambda number, token: f"{_FIRST_NAMES[number % len(_FIRST_NAMES)]} {token}",
    "label": _name,
    "last_name": lambda number, token: f"{_LAST_NAMES[number % len(_LAST_NAMES)]} {token}",
    "name": _name,
    "url": lambda number, token: f"https://{_NAMES[number % len(_NAMES)]}.example/{token}",
}
"""By the end of a field's name."""


@cache
def _maker_of(field: str) -> Callable[[int, str], str]:
    for end, maker in _MAKERS.items():
        if field == end or field.endswith(f"_{end}"):
            return maker
    stem = field.replace("_", "-")
    return lambda _, token: f"{stem}-{token}"
