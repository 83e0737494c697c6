"""Definitions of views in the words of every version: before PostgreSQL 16 all columns are qualified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

__all__ = ["unqualified"]

_TOKEN: Final = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\w+|\s+|.""")
_NAME: Final = re.compile(r'"|\w')
_COMBINED: Final = frozenset({"UNION", "INTERSECT", "EXCEPT"})
_BEHIND_FROM: Final = frozenset({"WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR", ";"})


def unqualified(definition: str) -> str:
    """Return a view's definition without the name of its relation before columns, where it has but one relation.

    The name says nothing there, and PostgreSQL 15 writes it where later versions do not.
    """
    tokens = _TOKEN.findall(definition)
    alias = _only_alias(list(_at_top(tokens)))
    return "".join(_without(tokens, alias)) if alias else definition


def _at_top(tokens: list[str]) -> Iterator[str]:
    """Yield what is outside of parentheses; a pair of those is `()`."""
    depth = 0
    for each in tokens:
        depth += each == "("
        if depth == 0 and not each.isspace():
            yield each
        depth -= each == ")"
        if each == ")" and depth == 0:
            yield "()"


def _only_alias(top: list[str]) -> str | None:
    """Return what the one relation of the outermost query is called; None where there are several, or none."""
    if "FROM" not in top or not _COMBINED.isdisjoint(top):
        return None
    behind = top[top.index("FROM") + 1 :]
    item = list(takewhile(lambda token: token not in _BEHIND_FROM, behind))
    names = [token for token in item if _NAME.match(token)]
    return names[-1] if names and not {",", "JOIN"} & set(item) else None


def _without(tokens: list[str], alias: str) -> Iterator[str]:
    previous = ""
    following = iter(range(len(tokens)))
    for place in following:
        if tokens[place] == alias and tokens[place + 1 : place + 2] == ["."] and previous != ".":
            next(following)
            continue
        previous = tokens[place]
        yield previous
