"""What SQL leaves behind in a session, refused where the session is a pooler's and goes to somebody else next.

Looked at is the text of each statement, without its comments, texts and quoted names. What a function or a
DO block does inside cannot be seen, and neither can what goes to the driver's connection directly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["require_no_session_state"]

_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_BLANKED = re.compile(
    _COMMENT.pattern + r"""|\b[eE]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$""",
    re.DOTALL,
)
_SPACE = re.compile(r"\s+")
# What it is called, how it is recognized (from the beginning, or where it stands), and what to do instead.
_REFUSED: Sequence[tuple[str, re.Pattern[str], str]] = tuple(
    (name, re.compile(pattern), advice)
    for name, pattern, advice in (
        (
            "SET",
            r"SET (?!LOCAL |TRANSACTION |CONSTRAINTS )",
            "Write SET LOCAL in a transaction, or state it for all of them: options=-c name=value in the URL.",
        ),
        ("RESET", r"RESET ", "Write SET LOCAL in a transaction; its end resets it."),
        ("DISCARD", r"DISCARD ", "Leave that to the pooler (server_reset_query)."),
        ("LISTEN", r"(?:UN)?LISTEN\b", "Listen on a connection of your own that leads to the server directly."),
        (
            "PREPARE",
            r"(?:PREPARE (?!TRANSACTION )|EXECUTE |DEALLOCATE )",
            "Execute the statement itself; dbkit prepares its own where the pooler carries them (prepared=yes).",
        ),
        ("LOAD", r"LOAD ", "Load it for all sessions: session_preload_libraries on the server."),
        (
            "a temporary table",
            r"CREATE (?:OR REPLACE )?(?:LOCAL |GLOBAL )?TEMP(?:ORARY)? (?!.* ON COMMIT DROP\b)|.*\bINTO TEMP",
            "Say ON COMMIT DROP and use it in one transaction, or use a common table expression.",
        ),
        (
            "a cursor WITH HOLD",
            r"DECLARE .*\bWITH HOLD\b",
            "Read the cursor in its transaction, as iterate() of a transaction's repository does.",
        ),
        (
            "an advisory lock of a session",
            r".*\bPG_(?:TRY_)?ADVISORY_(?:UN)?LOCK(?:_SHARED|_ALL)?\s*\(",
            "Take pg_advisory_xact_lock in a transaction, or a lease (db.leases).",
        ),
        (
            "set_config for a session",
            r".*\bSET_CONFIG\s*\([^()]*, *FALSE *\)",
            "Let its third argument be true, in a transaction.",
        ),
    )
)


def require_no_session_state(sql: str) -> None:
    """Raise `ConfigurationInvalid` for a statement whose effect would be another session's, too; it says what to do."""
    bare = _SPACE.sub(" ", _BLANKED.sub(_blank, sql)).upper()
    for statement in bare.split(";"):
        for name, pattern, advice in _REFUSED:
            if pattern.match(statement.strip() + " "):
                raise ConfigurationInvalid(
                    f"a pooler stands between dbkit and the server, and {name} would outlive its transaction there",
                    fields=("statement",),
                    advice=f"{advice} Or connect to the server itself, and say pooler=none.",
                )


def _blank(found: re.Match[str]) -> str:
    """Return what stands for a comment, and what for a text or a quoted name."""
    return " " if _COMMENT.match(found.group()) else "''"
