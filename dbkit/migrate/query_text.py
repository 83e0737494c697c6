"""Statements of others, as they may be shown: without the values in them, which may be rows or secrets."""

from __future__ import annotations

import re

__all__ = ["shown_query"]

_SHOWN_LENGTH = 80
# A statement that was cut off may end in the middle of a string, or of a comment.
_VALUES = re.compile(
    r"""
    (?P<name>"(?:[^"]|"")*(?:"|$))
    | [eE]'(?:[^'\\]|\\.|'')*(?:'|\\?$)
    | (?:[bBxXnN]|[uU]&)?'(?:[^']|'')*(?:'|$)
    | (?<![\w$])\$(?P<tag>[A-Za-z_]\w*|)\$.*?(?:\$(?P=tag)\$|$)
    | (?P<comment>--[^\n]*|/\*.*?(?:\*/|$))
    | (?P<word>[^\W\d][\w$]*|\$\d+)
    | (?P<number>(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?\w*)
    """,
    re.VERBOSE | re.DOTALL,
)


def shown_query(query: str, length_max: int = _SHOWN_LENGTH) -> str:
    """Return a statement on one line, cut off: strings and numbers are a question mark, comments are left out."""
    line = " ".join(_VALUES.sub(_without_value, query).split())
    return line if len(line) <= length_max else f"{line[: length_max - 1]}…"


def _without_value(found: re.Match[str]) -> str:
    if found["comment"] is not None:
        return " "
    kept: str | None = found["name"] or found["word"]
    return kept if kept is not None else "?"
