"""LIKE and regular expressions of PostgreSQL as Python's."""

from __future__ import annotations

import re

from dbkit.memory.refusal import ValueRefused

__all__ = ["compile_like", "compile_regex"]


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
_SAFE = re.compile(rf"(?:{_CLASS}|\\[^A-Za-z0-9]|\((?!\?)|[)|.^$]|(?:[*+?]|\{{\d+(?:,\d*)?\}})(?![*+?{{])|[^\\\[\](){{}}*+?])*")
