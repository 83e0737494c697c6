"""LIKE and regular expressions of PostgreSQL as Python's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy.sql import operators as sql

from dbkit.memory.refusal import ValueRefused

__all__ = ["PATTERNS", "compile_like", "compile_regex"]

PATTERNS: Mapping[Any, tuple[str | None, bool]] = {
    sql.like_op: ("{}", False),
    sql.not_like_op: ("{}", True),
    sql.startswith_op: ("{}%", False),
    sql.not_startswith_op: ("{}%", True),
    sql.endswith_op: ("%{}", False),
    sql.not_endswith_op: ("%{}", True),
    sql.contains_op: ("%{}%", False),
    sql.not_contains_op: ("%{}%", True),
    sql.regexp_match_op: (None, False),
    sql.not_regexp_match_op: (None, True),
    "~~": ("{}", False),
    "!~~": ("{}", True),
    "~": (None, False),
    "!~": (None, True),
}
"""What matches a pattern: how it becomes one of LIKE, or None for a regular expression; and whether it is negated."""


def compile_like(pattern: str, escape: str = "\\") -> re.Pattern[str]:
    """Return the regular expression of a LIKE pattern: `%` any text, `_` one code point, newlines included."""
    parts: list[str] = []
    characters = iter(pattern)
    for character in characters:
        if character == escape:
            # PostgreSQL refuses such a pattern only where matching gets to its end.
            parts.append(re.escape(next(characters, "") or _refuse()))
        else:
            parts.append({"%": ".*", "_": "."}.get(character) or re.escape(character))
    return re.compile("".join(parts), re.DOTALL)


def _refuse() -> str:
    raise ValueRefused("22025")


def compile_regex(pattern: str) -> re.Pattern[str] | None:
    """Return Python's form of a regular expression, or None where both might understand it differently.

    What is safe: literals, `.`, classes without escapes, anchors, groups, alternatives and greedy repetition.
    """
    if not _SAFE.fullmatch(pattern):
        return None
    # Python's `$` also matches before a newline at the end.
    return re.compile(_TOKEN.sub(lambda match: r"\Z" if match[0] == "$" else match[0], pattern), re.DOTALL)


_CLASS = r"\[\^?\]?(?:[^\[\]\\])*\]"
_TOKEN = re.compile(rf"{_CLASS}|\\[^A-Za-z0-9]|.", re.DOTALL)
_REPETITION = r"(?:[*+?]|\{\d+(?:,\d*)?\})(?![*+?{])"
_SAFE = re.compile(rf"(?:{_CLASS}|\\[^A-Za-z0-9]|\((?!\?)|[)|.^$]|{_REPETITION}|[^\\\[\](){{}}*+?])*")
