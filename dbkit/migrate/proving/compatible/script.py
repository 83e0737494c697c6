"""Statements of a project that has no repositories: a file of SQL, each statement up to a semicolon at a line's end.

    -- orders.find
    SELECT id, state FROM orders WHERE id = $1;

The comment above a statement is its name. Which column a parameter is of is read from the text: `column = $1`, and
the list of an INSERT.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dbkit.migrate.proving.compatible.statements import SentParameter, SentStatement, StatementSet

__all__ = ["read_script"]

_END = re.compile(r";[ \t]*(?:\n|\Z)")
_COMMENT = re.compile(r"^[ \t]*--[ \t]*(.*)$", re.MULTILINE)
_TABLE = re.compile(r"\b(?:INTO|UPDATE|FROM)\s+(?:ONLY\s+)?(?:\w+\.)?\"?(\w+)\"?", re.IGNORECASE)
_COMPARED = re.compile(
    r"\"?(\w+)\"?\s*(?:=|<>|!=|<=|>=|<|>|[-+*/]|\bI?LIKE\b)\s*(?:ANY\s*\(\s*)?\$(\d+)", re.IGNORECASE
)
_INSERTED = re.compile(r"\bINTO\s+[\w\".]+\s*\(([^)]*)\)\s*VALUES\s*\(([^)]*)\)", re.IGNORECASE)
_PARAMETER = re.compile(r"\$(\d+)")


def read_script(text: str) -> StatementSet:
    """Return the statements of a script; it belongs to no place on a line."""
    return StatementSet("", tuple(_statements(text)))


def _statements(text: str) -> Iterator[SentStatement]:
    for number, part in enumerate(_END.split(text), 1):
        comments = _COMMENT.findall(part)
        sql = _COMMENT.sub("", part).strip()
        if sql:
            table = _TABLE.search(sql)
            name = comments[-1].strip() if comments else f"statement {number}"
            yield SentStatement(name, table[1] if table else "", sql, _parameters(sql))


def _parameters(sql: str) -> tuple[SentParameter, ...]:
    fields: dict[int, str] = {int(number): field for field, number in _COMPARED.findall(sql)}
    for columns, values in _INSERTED.findall(sql):
        for column, value in zip(columns.split(","), values.split(","), strict=False):
            if found := _PARAMETER.search(value):
                fields[int(found[1])] = column.strip().strip('"')
    count = max((int(each) for each in _PARAMETER.findall(sql)), default=0)
    return tuple(SentParameter(fields.get(number, "")) for number in range(1, count + 1))
