"""SQL that changes a schema, told by its first words.

It is enough for what revisions are written in: one statement a call, plain identifiers. What it does
not know, it leaves out; that nothing is missed is proven by the tables and columns at the end, which
must be those of the models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["actions", "columns_of", "constraints_of", "plain", "read_tables", "written_tables"]

_QUOTED = re.compile(r"\$(\w*)\$.*?\$\1\$|'(?:[^']|'')*'", re.DOTALL)
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITES = re.compile(
    r"\b(?:INSERT INTO|(?<!FOR )(?<!DO )UPDATE(?: ONLY)?|DELETE FROM(?: ONLY)?|MERGE INTO) (\w+)", re.IGNORECASE
)
_CONSTRAINT = re.compile(r"(?:CONSTRAINT|PRIMARY KEY|UNIQUE|FOREIGN KEY|CHECK|EXCLUDE|LIKE)\b", re.IGNORECASE)


def plain(statement: str) -> str:
    """Return a statement on one line: no comments, no quoted text, one space between words."""
    bare = _COMMENT.sub(" ", _QUOTED.sub("''", statement))
    return " ".join(bare.replace('"', "").split()).removesuffix(";").strip()


def actions(text: str) -> list[str]:
    """Part a list at its commas, those in brackets aside."""
    parts = [""]
    depth = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


def columns_of(statement: str) -> Iterator[str]:
    """Yield the columns of a CREATE TABLE."""
    for item in actions(_in_brackets(statement)):
        if not _CONSTRAINT.match(item):
            yield item.split()[0]


def constraints_of(statement: str) -> Iterator[str]:
    """Yield the named constraints of a CREATE TABLE."""
    return iter(re.findall(r"\bCONSTRAINT (\w+)", statement, re.IGNORECASE))


def written_tables(statement: str) -> list[str]:
    """Return the tables whose rows a statement changes."""
    return [name for name in _WRITES.findall(plain(statement)) if name.upper() != "SET"]


def read_tables(statement: str) -> list[str]:
    """Return what a statement reads rows from."""
    return re.findall(r"\b(?:FROM|JOIN) (\w+)", plain(statement), re.IGNORECASE)


def _in_brackets(statement: str) -> str:
    """Return what is in the first brackets of a statement."""
    start = statement.find("(")
    depth = 0
    for place in range(start, len(statement)):
        depth += {"(": 1, ")": -1}.get(statement[place], 0)
        if not depth:
            return statement[start + 1 : place]
    return ""
