"""What the words of a statement say beyond its trace: an index's columns, columns' new types, tables that it makes.

Where they do not say it, a forecast is wider, and never wrong: nothing else depends on them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = [
    "Index",
    "altered_table",
    "conversions",
    "draws_values",
    "index_of",
    "looks_up_others",
    "made_tables",
    "only_looks_for_nulls",
    "part_of",
]

_NAME = r"(?:\"(?:[^\"]|\"\")+\"|[\w$]+)"
_QUALIFIED = rf"(?:{_NAME}\s*\.\s*)?(?P<name>{_NAME})"
_FLAGS = re.IGNORECASE | re.DOTALL
_CREATE_INDEX = re.compile(
    rf"CREATE\s+(?P<unique>UNIQUE\s+)?INDEX\s+(?:CONCURRENTLY\s+)?(?:IF\s+NOT\s+EXISTS\s+)?(?:{_QUALIFIED}\s+)?"
    rf"ON\s+(?:ONLY\s+)?(?:{_NAME}\s*\.\s*)?{_NAME}\s*(?:USING\s+(?P<method>\w+)\s*)?\(",
    _FLAGS,
)
_KEY = re.compile(
    rf"(?:CONSTRAINT\s+(?P<name>{_NAME})\s+)?(?:UNIQUE(?:\s+NULLS\s+(?:NOT\s+)?DISTINCT)?|PRIMARY\s+KEY)\s*\(", _FLAGS
)
_COLUMN_KEY = re.compile(
    rf"ADD\s+(?:COLUMN\s+)?(?:IF\s+NOT\s+EXISTS\s+)?(?P<column>{_NAME})\s+[^,()]*?\b(?:UNIQUE|PRIMARY\s+KEY)\b", _FLAGS
)
_FIRST_NAME = re.compile(rf"\s*(?P<name>{_NAME})\s*(?:$|COLLATE\b|ASC\b|DESC\b|NULLS\b|[\w$.]+\s*$)", _FLAGS)
_NULL = re.compile(rf"\(*\s*(?P<name>{_NAME})\s+IS\s+(?P<negated>NOT\s+)?NULL\s*\)*", _FLAGS)
_AND = re.compile(r"\s+AND\s+", _FLAGS)
_REFERS = re.compile(r"\b(?:FOREIGN\s+KEY|REFERENCES)\b", _FLAGS)
_VALIDATED = re.compile(rf"\bVALIDATE\s+CONSTRAINT\s+(?P<name>{_NAME})", _FLAGS)
_FOREIGN_NAME = re.compile(r"(?:^|_)(?:fk|fkey|foreign)(?:_|\d*$)", re.IGNORECASE)
_SETS_NOT_NULL = re.compile(r"\bSET\s+NOT\s+NULL\b", _FLAGS)
_ALTERED = re.compile(rf"\bALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?{_QUALIFIED}", _FLAGS)
_WHERE = re.compile(r"\bWHERE\b", _FLAGS)
_MADE = re.compile(
    rf"CREATE\s+(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED)\s+)*(?:TABLE|MATERIALIZED\s+VIEW)\s+"
    rf"(?:IF\s+NOT\s+EXISTS\s+)?{_QUALIFIED}",
    _FLAGS,
)
_RENAMED = re.compile(
    rf"ALTER\s+(?:TABLE|MATERIALIZED\s+VIEW)\s+(?:IF\s+EXISTS\s+)?{_NAME}(?:\s*\.\s*{_NAME})?\s+RENAME\s+TO\s+"
    rf"(?P<name>{_NAME})",
    _FLAGS,
)
_TYPE = re.compile(rf"\bALTER\s+(?:COLUMN\s+)?(?P<name>{_NAME})\s+(?:SET\s+DATA\s+)?TYPE\s+(?P<type>[\w\s]+)", _FLAGS)
_DRAWN = re.compile(r"\b(?:GENERATED\s+(?:ALWAYS|BY)\b|BIGSERIAL\b|SERIAL\b|DEFAULT\s+\w+\s*\()", _FLAGS)


@dataclass(frozen=True, slots=True)
class Index:
    """An index as a statement words it; an expression among its columns is called nothing."""

    columns: tuple[str, ...]
    unique: bool = False
    predicate: str = ""
    method: str = "btree"


def index_of(statement: str, name: str) -> Index | None:
    """Return the index of this name that a statement builds; None where its words do not say it."""
    for found in _CREATE_INDEX.finditer(statement):
        if found["name"] is None or _plain(found["name"]) == name:
            inside, rest = _parenthesis(statement, found.end())
            _, *predicates = _WHERE.split(rest.partition(";")[0], maxsplit=1)
            method = (found["method"] or "btree").lower()
            return Index(_columns(inside), found["unique"] is not None, "".join(predicates).strip(), method)
    keys = list(_KEY.finditer(statement))
    named = [each for each in keys if each["name"] is not None and _plain(each["name"]) == name]
    for found in named or (keys if len(keys) == 1 else []):
        return Index(_columns(_parenthesis(statement, found.end())[0]), unique=True)
    column = _COLUMN_KEY.search(statement)
    return None if column is None else Index((_plain(column["column"]),), unique=True)


def altered_table(statement: str) -> str | None:
    """Return the table that a statement alters; None where it alters none."""
    found = _ALTERED.search(statement)
    return None if found is None else _plain(found["name"])


def part_of(predicate: str, nulls: Mapping[str, float | None]) -> tuple[float, float]:
    """Return at least and at most which part of the rows a predicate lets in.

    `nulls` says of columns which part of their rows is empty: of all else nobody knows what it lets in.
    """
    least = most = 1.0
    for each in _AND.split(predicate) if predicate else ():
        found = _NULL.fullmatch(each.strip())
        empty = None if found is None else nulls.get(_plain(found["name"]))
        if found is None or empty is None:
            least = 0.0
        else:
            part = 1 - empty if found["negated"] else empty
            least, most = least * part, most * part
    return least, most


def looks_up_others(statement: str, tables: int) -> bool:
    """Tell whether a statement that scans so many tables checks a foreign key: by its words, or a name for one."""
    validated = _VALIDATED.search(statement)
    by_name = validated is not None and _FOREIGN_NAME.search(_plain(validated["name"])) is not None
    return _REFERS.search(statement) is not None or by_name or (validated is not None and tables > 1)


def only_looks_for_nulls(statement: str) -> bool:
    """Tell whether a statement checks that a column is never empty."""
    return _SETS_NOT_NULL.search(statement) is not None


def made_tables(statement: str) -> set[str]:
    """Return the names of tables that are there behind a statement, and were not there under that name."""
    return {_plain(found["name"]) for pattern in (_MADE, _RENAMED) for found in pattern.finditer(statement)}


def conversions(statement: str) -> dict[str, str]:
    """Return the columns that a statement gives another type, with that type's name."""
    return {_plain(found["name"]): " ".join(found["type"].lower().split()) for found in _TYPE.finditer(statement)}


def draws_values(statement: str) -> bool:
    """Tell whether a statement works out a value for each row."""
    return _DRAWN.search(statement) is not None


def _columns(inside: str) -> tuple[str, ...]:
    return tuple(_column(each) for each in _parts(inside))


def _column(part: str) -> str:
    found = _FIRST_NAME.match(part)
    return "" if found is None or "(" in part else _plain(found["name"])


def _parts(inside: str) -> list[str]:
    """Return what commas outside of parentheses part."""
    found, depth = [""], 0
    for letter in inside:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return found


def _parenthesis(text: str, begin: int) -> tuple[str, str]:
    """Return what stands inside of a parenthesis that is open at `begin`, and what stands behind it."""
    depth = 1
    for place in range(begin, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0:
            return text[begin:place], text[place + 1 :]
    return text[begin:], ""


def _plain(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name.lower()
