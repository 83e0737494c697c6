"""From async source to its sync twin.

One rule converts names: `AsyncX` becomes `X`, `_async` becomes `_sync`. The few exceptions are in `REPLACEMENTS`.
"""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

__all__ = ["REPLACEMENTS", "convert", "replacements_in", "twin_of"]

REPLACEMENTS = {
    "sqlalchemy.ext.asyncio": "sqlalchemy.orm",
    "AsyncIterator": "Iterator",
    "AbstractAsyncContextManager": "AbstractContextManager",
    "asynccontextmanager": "contextmanager",
    "aclosing": "closing",
    "anext": "next",
    "connect_async": "connect",
    "consume_async": "consume",
    "current_async": "current",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "Callable[[], Awaitable[Any]]": "Callable[[], Any]",
    "Awaitable[FreshToken] | FreshToken": "FreshToken",
    "Awaitable[object] | object": "object",
    "Awaitable[ResultT]": "ResultT",
}
"""Words that the rule does not convert by itself."""

_WORDS = re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, REPLACEMENTS)) + r")(?!\w)")
_RULE = re.compile(r"(?<![A-Za-z0-9])Async(?=[A-Z])|(?<=\w)_async\b|\b_async\b|\basync_(?=\w)")


def convert(text: str) -> str:
    """Return the sync twin of an async source text."""
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    lines = text.splitlines(keepends=True)
    # From the end, so that earlier positions stay valid.
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.type == tokenize.NAME and token.string in ("async", "await"):
            row, start = token.start
            end = tokens[index + 1].start[1] if tokens[index + 1].start[0] == row else token.end[1]
            lines[row - 1] = lines[row - 1][:start] + lines[row - 1][end:]
    return _rename("".join(lines))


def replacements_in(text: str) -> set[str]:
    """Return the words of an async source text that have a replacement of their own."""
    return set(_WORDS.findall(text))


def twin_of(path: Path) -> Path:
    """Return the place of a file's twin: in the folder `_sync` beside `_async`."""
    return Path(*("_sync" if part == "_async" else part for part in path.parts))


def _rename(text: str) -> str:
    def rule(match: re.Match[str]) -> str:
        return match.group(0).replace("_async", "_sync") if "_async" in match.group(0) else ""

    return _RULE.sub(rule, _WORDS.sub(lambda match: REPLACEMENTS[match.group(0)], text))
