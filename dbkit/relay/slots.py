"""Slots: the parts of a topic that relays share among themselves, by the last character of the key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from string import ascii_letters, digits
from typing import Final

__all__ = ["SLOTS", "Member", "Slot", "Suspicion", "excess", "missing", "pattern_of", "prefix_of", "slot_of"]

SLOTS: Final = 8
"""How many relays can work on one topic side by side."""

# The last character of a uuid is even in all its sixteen values; letters beyond those of a uuid go around.
_CHARACTERS: Final = tuple(
    "".join(character for place, character in enumerate(digits + ascii_letters) if place % SLOTS == number)
    for number in range(SLOTS)
)

_NUMBERS: Final = {character: number for number, characters in enumerate(_CHARACTERS) for character in characters}


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A part of a topic."""

    topic: str
    number: int

    def name(self, table: str) -> str:
        """Return the name of its lease."""
        return f"{prefix_of(table)}slots/{self.topic}/{self.number}"

    @classmethod
    def read(cls, name: str) -> Slot | None:
        """Return the slot that a lease is of, None where it is none's."""
        _, _, *rest = name.split("/")
        return cls(rest[0], int(rest[1])) if cls.is_of(name) else None

    @staticmethod
    def is_of(name: str) -> bool:
        """Tell whether a lease is a slot's."""
        return name.split("/")[1] == "slots"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What another relay may have sent of a slot: what was there at this time; and whether it has died since."""

    until: datetime
    is_orphan: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A relay, as the others see it: the topics that it sends."""

    id: str
    topics: tuple[str, ...]

    def name(self, table: str) -> str:
        """Return the name of its lease."""
        return f"{prefix_of(table)}relays/{','.join(self.topics)}/{self.id}"

    @classmethod
    def read(cls, name: str) -> Member | None:
        """Return the relay that a lease is of, None where it is none's."""
        _, kind, *rest = name.split("/")
        return cls(rest[1], tuple(rest[0].split(","))) if kind == "relays" else None


def prefix_of(table: str) -> str:
    """Return what the names of all leases of an outbox's relays begin with."""
    return f"relay:{table}/"


def pattern_of(numbers: Iterable[int]) -> str:
    """Return the regular expression of the keys in these slots. A key is in one slot; an empty one in the first."""
    mine = frozenset(numbers)
    if 0 not in mine:
        return f"[{''.join(_CHARACTERS[number] for number in sorted(mine))}]$"
    others = "".join(_CHARACTERS[number] for number in range(SLOTS) if number not in mine)
    return f"(^|[^{others}])$"


def slot_of(topic: str, key: str) -> Slot:
    """Return the slot of a key, the one whose pattern it has."""
    return Slot(topic, _NUMBERS.get(key[-1:], 0))


def excess(held: Iterable[Slot], members: Sequence[Member]) -> list[Slot]:
    """Return the slots that a relay holds beyond its share, of each topic the last ones."""
    return [slot for topic, slots in _by_topic(held).items() for slot in slots[_share(topic, members) :]]


def missing(held: Iterable[Slot], free: Iterable[Slot], members: Sequence[Member]) -> list[Slot]:
    """Return the free slots that a relay may take to have its share."""
    have = _by_topic(held)
    return [
        slot
        for topic, slots in _by_topic(free).items()
        for slot in slots[: max(0, _share(topic, members) - len(have.get(topic, ())))]
    ]


def _share(topic: str, members: Sequence[Member]) -> int:
    return ceil(SLOTS / max(1, sum(topic in member.topics for member in members)))


def _by_topic(slots: Iterable[Slot]) -> Mapping[str, list[Slot]]:
    found: dict[str, list[Slot]] = defaultdict(list)
    for slot in sorted(slots):
        found[slot.topic].append(slot)
    return found
