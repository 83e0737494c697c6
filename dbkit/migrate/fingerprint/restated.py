"""Definitions in the words that they have after PostgreSQL has read its own words once more.

A dump that is restored, and a checkpoint, are such words. They differ in two places from what a statement of
somebody's own led to: a list of conditions within a list of conditions loses its parentheses, and a list of values
that was cast as a whole is cast one by one.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

__all__ = ["restated"]

_Item: TypeAlias = "str | list[_Item]"

_TOKEN: Final = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\w+|\s+|.""", re.DOTALL)
_VALUE: Final = r"'(?:[^']|'')*'::character varying"
_CAST_AS_A_WHOLE: Final = re.compile(rf"\(ARRAY\[(?P<values>{_VALUE}(?:, {_VALUE})*)\]\)::text\[\]")
_ONE_VALUE: Final = re.compile(_VALUE)
_CONNECTIVES: Final = ("AND", "OR")


def restated(definition: str) -> str:
    """Return a definition as PostgreSQL would tell it if it had been made from these very words."""
    if "::text[]" in definition:
        definition = _CAST_AS_A_WHOLE.sub(_cast_one_by_one, definition)
    # One list within another has two of them.
    if sum(definition.count(f" {each} ") for each in _CONNECTIVES) > 1:
        items, _ = _parsed(_TOKEN.findall(definition), 0)
        definition = _text(items)
    return definition


def _cast_one_by_one(found: re.Match[str]) -> str:
    return f"ARRAY[{_ONE_VALUE.sub(lambda value: f'({value[0]})::text', found['values'])}]"


def _parsed(tokens: list[str], place: int) -> tuple[list[_Item], int]:
    """Return the items from a place to the parenthesis that ends them, each list within as one item."""
    items: list[_Item] = []
    while place < len(tokens):
        word = tokens[place]
        place += 1
        if word == ")":
            break
        if word == "(":
            inner, place = _parsed(tokens, place)
            items.append(inner)
        else:
            items.append(word)
    return _flat(items), place


def _flat(items: list[_Item]) -> list[_Item]:
    """Return the items of a list of conditions, those of a list of the same kind in it among them."""
    connective = _connective(items)
    if connective is None:
        return items
    flat: list[_Item] = []
    for place, item in enumerate(items):
        is_condition = isinstance(item, list) and _connective(item) == connective and _stands_alone(items, place)
        flat += item if is_condition and isinstance(item, list) else [item]
    return flat


def _connective(items: list[_Item]) -> str | None:
    found = {item for item in items if isinstance(item, str) and item in _CONNECTIVES}
    return found.pop() if len(found) == 1 else None


def _stands_alone(items: list[_Item], place: int) -> bool:
    """Tell whether an item is all that stands between two connectives, or one and an end."""
    before = next((item for item in reversed(items[:place]) if not _is_space(item)), None)
    after = next((item for item in items[place + 1 :] if not _is_space(item)), None)
    return all(item is None or item in _CONNECTIVES for item in (before, after))


def _is_space(item: _Item) -> bool:
    return isinstance(item, str) and item.isspace()


def _text(items: list[_Item]) -> str:
    return "".join(item if isinstance(item, str) else f"({_text(item)})" for item in items)
