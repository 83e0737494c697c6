"""The text of statements: what of it is kept, and what it says about how the statement runs."""

from __future__ import annotations

import re
import textwrap

__all__ = [
    "concurrent_target",
    "inserts_values",
    "is_look",
    "needs_autocommit",
    "reads_or_writes_rows",
    "shape",
    "was_shortened",
]

_LITERAL_LENGTH_MAX = 40
_LITERAL_LENGTH_SHOWN = 20
_ROWS_LENGTH_MAX = 1000
_CUT = "…"

_COMMENTS = r"\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*"
_LOOK = re.compile(rf"{_COMMENTS}(?:SELECT|SHOW|SET|RESET|EXPLAIN|WITH|VALUES|TABLE|LOCK)\b", re.IGNORECASE | re.DOTALL)
_ROWS = re.compile(rf"{_COMMENTS}(?:SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|VALUES|COPY)\b", re.IGNORECASE | re.DOTALL)
_INSERT = re.compile(rf"{_COMMENTS}INSERT\b", re.IGNORECASE | re.DOTALL)
_SELECT = re.compile(r"\b(?:SELECT|TABLE)\b", re.IGNORECASE)
# Dollar-quoted text is the body of a function: it stays whole.
_LITERAL = re.compile(r"\$(\w*)\$.*?\$\1\$|'(?:[^']|'')*'", re.DOTALL)
_INDEX = r"(?:IF\s+(?:NOT\s+)?EXISTS\s+)?"
_CONCURRENT = tuple(
    re.compile(rf"{_COMMENTS}{pattern}", re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+(?:{_INDEX}[\w\"]+\s+)?ON\s+(?:ONLY\s+)?(?P<name>[\w\".]+)",
        rf"DROP\s+INDEX\s+CONCURRENTLY\s+{_INDEX}(?P<name>[\w\".]+)",
        r"REINDEX\s+(?:\([^)]*\)\s*)?(?:INDEX|TABLE)\s+CONCURRENTLY\s+(?P<name>[\w\".]+)",
        r"VACUUM\s+(?:\([^)]*\)\s*)?(?:ANALYZE\s+|VERBOSE\s+)*(?P<name>[\w\".]+)",
        rf"ALTER\s+TABLE\s+{_INDEX}(?P<name>[\w\".]+)\s+DETACH\s+PARTITION\s+[\w\".]+\s+CONCURRENTLY",
    )
)
_NEEDS_AUTOCOMMIT = re.compile(
    rf"{_COMMENTS}(?:VACUUM|CREATE\s+DATABASE|DROP\s+DATABASE|ALTER\s+SYSTEM|BEGIN|START\s+TRANSACTION|COMMIT|ROLLBACK"
    r"|SAVEPOINT|RELEASE)\b",
    re.IGNORECASE | re.DOTALL,
)


def shape(statement: str) -> str:
    """Return a statement as it is kept: its own lines, and of long values that are data only their beginning."""
    # The first line stands behind a quote, the others are indented as the revision is.
    first, *others = [line.rstrip() for line in statement.strip().splitlines()] or [""]
    text = "\n".join([first, textwrap.indent(textwrap.dedent("\n".join(others)), "  ")] if others else [first])
    if not reads_or_writes_rows(text):
        return text
    text = _LITERAL.sub(_shortened, text)
    return text if len(text) <= _ROWS_LENGTH_MAX else text[:_ROWS_LENGTH_MAX].rstrip() + _CUT


def was_shortened(text: str) -> bool:
    """Tell whether a kept statement lacks some of its values, and would not run as it stands."""
    return _CUT in text


def is_look(statement: str) -> bool:
    """Tell whether a statement may do no more than look, or set something of the session."""
    return _LOOK.match(statement) is not None


def reads_or_writes_rows(statement: str) -> bool:
    """Tell whether a statement is about rows; one about the schema is none."""
    return _ROWS.match(statement) is not None


def inserts_values(statement: str) -> bool:
    """Tell whether a statement adds the rows that it holds, and no others."""
    return _INSERT.match(statement) is not None and _SELECT.search(_LITERAL.sub("''", statement)) is None


def concurrent_target(statement: str) -> str | None:
    """Return the table or index that a statement outside of transactions works on beside others; None for others."""
    for pattern in _CONCURRENT:
        if found := pattern.match(statement):
            return found["name"]
    return None


def needs_autocommit(statement: str) -> bool:
    """Tell whether a statement cannot run inside a transaction, or is about transactions itself."""
    return concurrent_target(statement) is not None or _NEEDS_AUTOCOMMIT.match(statement) is not None


def _shortened(found: re.Match[str]) -> str:
    text = found[0]
    if not text.startswith("'") or len(text) <= _LITERAL_LENGTH_MAX:
        return text
    # Never between the two halves of a doubled quote.
    return "'" + text[1:_LITERAL_LENGTH_SHOWN].rstrip("'") + f"{_CUT}'"
