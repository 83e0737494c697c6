"""Texts that would be more than text to whoever writes them into SQL, COPY, LIKE, a path of JSON or a format."""

from __future__ import annotations

from itertools import product

__all__ = ["PAYLOADS"]

_ENDS = ["'", '"', "')", "'))", "\\'", "';", "$$", "$1", "''", "`", "%27", "\u02bc", "\uff07", "E'", "U&'", "]"]
_MIDDLES = [
    " OR 1=1",
    " OR ''='",
    "; DROP TABLE groups",
    " UNION SELECT NULL, NULL",
    "; SELECT pg_sleep(10)",
    "; SET ROLE postgres",
    "; SET search_path = pg_temp",
    "::regclass",
    " RETURNING *",
]
_TAILS = ["--", "/*"]
_OTHERS = [
    "%",
    "_",
    "\\",
    "%%",
    "\\%",
    "a%b_c\\d",
    "*",
    ".*",
    "^$",
    "(?i)x",
    "[a-z]",
    "\\N",
    "\\.",
    "a\tb",
    "a\nb",
    "a\r\nb",
    "\\x41",
    "\x01",
    "\x7f",
    "%s",
    "%(name)s",
    "{0}",
    "{name!r}",
    "${jndi:ldap://x}",
    ":name",
    ":1",
    "?",
    "??",
    "?|",
    "$1::text",
    "null",
    "NULL",
    "true",
    "0",
    "-1",
    "1e309",
    "{}",
    "{a,b}",
    '{"a": 1}',
    "[]",
    "a.b.c",
    "$.a[*]",
    "a,b",
    "(1,2)",
    "pg_catalog.pg_class",
    "current_user",
    "now()",
    "\u202egroups",
    "\ud7ff",
    "\U0001f642",
    "i\u0307",
    "\u212a",
    "ß",
    "  padded  ",
    "'" * 60,
    "\\" * 60,
]

PAYLOADS = [*("".join(parts) for parts in product(_ENDS, _MIDDLES, _TAILS)), *_OTHERS]
"""Each of them once."""
