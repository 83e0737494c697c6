"""Three catalogues beside each other: each object that differs, and which of them is the odd one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.fingerprint.words import change, shown

__all__ = ["Finding", "Side", "compare"]


class Side(StrEnum):
    """What a catalogue was read from."""

    LIVE = "live"
    LINE = "line"
    MODELS = "models"


_ONE = {Side.LIVE: "the live one", Side.LINE: "the line's", Side.MODELS: "the models'"}
_WHOLE = {Side.LIVE: "the live database", Side.LINE: "the line", Side.MODELS: "the models"}

Values = dict[Side, str | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """An object of which one side is not as the others: whose it is, in words, and what each has; None is nothing."""

    name: str
    odd: Side
    what: str
    values: Values

    def __str__(self) -> str:
        return f"{self.name}: {self.what}"

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        values = {side.value: definition for side, definition in self.values.items()}
        return {"object": self.name, "odd": self.odd.value, "what": self.what, **values}


def compare(sides: dict[Side, Catalog]) -> list[Finding]:
    """Return what differs between two catalogues or three, by name.

    Of two, the first is the odd one; of three, the one that the other two are not like. Where all are
    different, that is said of the live one and of the models', each against the line's.
    """
    names = {name for catalog in sides.values() for name in catalog.objects}
    relations = {name: relation for catalog in sides.values() for name, relation in catalog.relations.items()}
    return [
        finding
        for name in sorted(names)
        for finding in _of_object(
            _named(name, relations.get(name)), {side: each.objects.get(name) for side, each in sides.items()}
        )
    ]


def _named(name: str, relation: str | None) -> str:
    """Return the object's name, with the table that others have in theirs."""
    is_alone = relation is not None and name.removeprefix("comment on ").startswith(("index ", "statistics "))
    return f"{name} on {relation}" if is_alone else name


def _of_object(name: str, values: Values) -> Iterator[Finding]:
    if len(set(values.values())) == 1:
        return
    for odd, usual in _pairs(values):
        yield Finding(name, odd, _what(name, odd, usual, values), values)


def _pairs(values: Values) -> list[tuple[Side, Side]]:
    """Return which sides are odd, each with one that it is held against."""
    first, *others = values
    if len(others) == 1:
        return [(first, others[0])]
    alone = [side for side in values if [*values.values()].count(values[side]) == 1]
    if len(alone) == 1:
        return [(alone[0], next(side for side in values if side is not alone[0]))]
    return [(Side.LIVE, Side.LINE), (Side.MODELS, Side.LINE)]


def _what(name: str, odd: Side, usual: Side, values: Values) -> str:
    its, others = values[odd], values[usual]
    if its is None:
        have = "has" if odd is Side.LIVE or odd is Side.LINE else "have"
        return f"{_WHOLE[odd]} {have} none, and {_list(values, odd)} {shown(others or '')}"
    if others is None:
        return f"only {_WHOLE[odd]} {'has' if odd is not Side.MODELS else 'have'} it: {shown(its)}"
    return f"{_ONE[odd]} {change(others, its, name.partition(' ')[0])}"


def _list(values: Values, odd: Side) -> str:
    have = [side for side in values if side is not odd and values[side] is not None]
    plural = len(have) > 1 or have == [Side.MODELS]
    return f"{' and '.join(_WHOLE[side] for side in have)} {'have' if plural else 'has'}"
