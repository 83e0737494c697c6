"""What `pg_dump` writes, made into a script that fits any schema and says nothing about the session."""

from __future__ import annotations

import re
from typing import Final

from dbkit.migrate.checkpoints.errors import CheckpointDiffers

__all__ = ["PLACE", "without_place"]

PLACE: Final = "dbkit_checkpoint_place"
"""The schema that a line is walked in, so that each mention of it is one: no other text has this word."""

_TOKEN = re.compile(
    r"\$(?P<tag>\w*)\$.*?\$(?P=tag)\$|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|(?P<comment>--[^\n]*\n?)", re.DOTALL
)
# Of the session, or of what another version's program needs: whoever runs the script says what it needs itself.
_OF_SESSION = re.compile(
    rf"^(?:SET \w+ = [^;]*;|SELECT pg_catalog\.set_config\([^;]*\);|CREATE SCHEMA {PLACE};|\\(?:un)?restrict .*)$\n?",
    re.MULTILINE,
)
_QUALIFIED = re.compile(rf"\b{PLACE}\.")
_WITHIN = re.compile(rf" WITH SCHEMA {PLACE}\b")
_BLANK_LINES = re.compile(r"\n{3,}")


def without_place(dump: str) -> str:
    """Return the statements of a dump of `PLACE` without that schema, comments and settings.

    What is quoted stays as it is, apart from the schema. Raises `CheckpointDiffers` where something names the
    schema itself, for which there is no other word.
    """
    masked = _TOKEN.sub(_masked, dump)
    cut = [match.span() for match in _OF_SESSION.finditer(masked)]
    cut += [match.span() for match in _TOKEN.finditer(dump) if match["comment"] is not None]
    text, end = "", 0
    for start, stop in sorted(cut):
        text, end = text + dump[end:start], max(end, stop)
    text = _QUALIFIED.sub("", _WITHIN.sub("", text + dump[end:]))
    named = next((line for line in text.splitlines() if PLACE in line), None)
    if named is not None:
        raise CheckpointDiffers(f"a statement names the schema that it is in: {named.replace(PLACE, '...').strip()}")
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"


def _masked(token: re.Match[str]) -> str:
    """Return as many letters: no statement begins within what is quoted, but one may behind a comment."""
    return "x" * (len(token[0]) - 1) + ("\n" if token[0].endswith("\n") else "x")
