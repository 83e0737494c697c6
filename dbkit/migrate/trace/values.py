"""Values for the rows of any table: expressions of a row's number n, several for each column to choose from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

__all__ = ["Choice", "Column"]

_NUMBER = "10000 + n"
_BY_CATEGORY: Final = {
    "N": (_NUMBER, "n", "1", "0"),
    "B": ("n % 2 = 0", "true", "false"),
    "D": tuple(f"timestamptz '{year}-01-01Z' + n * interval '1 minute'" for year in (2024, 2025, 2023)),
    "T": ("n * interval '1 minute'",),
    "A": ("'{}'",),
    "I": ("'192.0.2.1'",),
}
_BY_TYPE: Final = {
    "json": ("'{}'", "'[]'"),
    "jsonb": ("'{}'", "'[]'", "'true'", "'1'"),
    "bytea": ("sha256({name}::bytea || n::text::bytea)", "decode(md5({name} || n), 'hex')", "'\\x00'"),
    "uuid": ("md5({name} || n)::uuid",),
    "time": ("time '00:00' + n * interval '1 second'",),
}
_TEXTS: Final = (
    "{short} || n",
    "md5({name} || n)",
    "replace({short}, '_', '') || n",
    "upper({short} || n)",
    "'https://example.org/' || n",
    "'n' || n || '@example.org'",
    "'n' || n",
)


@dataclass
class Choice:
    """Which expression the columns take that hold the same in row n of every table.

    `kept` is whether rows have been made with it; `literals` are those of the checks it has met.
    """

    place: int = 0
    kept: bool = False
    literals: list[str] = field(default_factory=list[str])


@dataclass
class Column:
    """A column, and what its values follow from: its `source`, the column at the end of its references."""

    table: str
    name: str
    category: str
    type: str
    formatted: str
    length: int | None
    required: bool
    has_default: bool
    is_identity: bool
    labels: list[str]
    is_key: bool
    source: str = ""
    choice: Choice = field(default_factory=Choice)
    written: bool = True

    def __post_init__(self) -> None:
        """Leave out what needs no value."""
        self.source = f"{self.table}.{self.name}"
        self.written = not self.may_be_left_out

    @property
    def may_be_left_out(self) -> bool:
        """Whether its default or NULL will do; not where others may refer to it."""
        return not self.required or (not self._is_of_keys and (self.has_default or self.is_identity))

    @property
    def candidates(self) -> list[str]:
        """The expressions to choose from; there is at least one."""
        literals = [_document(self.choice.literals)] if self.type == "jsonb" else self.choice.literals
        made = [*map(_quoted, self.labels), *self._plain(), *map(_quoted, literals)]
        typed = [f"({self._clipped(each)})::{self.formatted}" for each in made]
        return [*typed, "NULL"] if not self.required or not typed else typed

    @property
    def value(self) -> str:
        """The expression that it takes for now."""
        candidates = self.candidates
        return candidates[min(self.choice.place, len(candidates) - 1)]

    @property
    def options(self) -> list[tuple[bool, int]]:
        """What may be tried where a check refuses its rows: whether it is written, and which candidate it takes."""
        if self.choice.kept:
            return [(True, self.choice.place), *([(False, self.choice.place)] if self.may_be_left_out else [])]
        left_out = [(False, self.choice.place)] if self.may_be_left_out else []
        return [*left_out, *((True, place) for place in range(len(self.candidates)))]

    def take(self, option: tuple[bool, int]) -> None:
        """Take one of its options."""
        self.written, self.choice.place = option

    @property
    def _is_of_keys(self) -> bool:
        """Whether it is part of a key, or refers to one."""
        return self.is_key or self.source != f"{self.table}.{self.name}"

    def _plain(self) -> Iterator[str]:
        found = _BY_TYPE.get(self.type) or _BY_CATEGORY.get(self.category) or (_TEXTS if self.category == "S" else ())
        if self.category == "N" and not self._is_of_keys:
            found = tuple(sorted(found, key=_NUMBER.__eq__))
        column = self.source.rpartition(".")[2]
        for each in found:
            yield each.replace("{name}", _quoted(self.source)).replace("{short}", _quoted(f"{column}-"))

    def _clipped(self, expression: str) -> str:
        # The end holds the number.
        return expression if self.length is None else f"right({expression}, {self.length})"


def _document(words: list[str]) -> str:
    """Return an object that has each of the words for a key: checks ask documents for theirs."""
    return json.dumps(dict.fromkeys(words, "x"))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
