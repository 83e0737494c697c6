"""Generate each `_sync/` folder from the `_async/` folder beside it.

    python tools/unasync.py [--check] [ROOT ...]

One rule converts names: `AsyncX` becomes `X`, `_async` becomes `_sync`. The few exceptions are in
`REPLACEMENTS`; one that no file needs any more is an error. With `--check` nothing is written: the
twin is generated into an empty folder and compared both ways, so that a stale file, a missing
file, an extra file and a hand edit are all found.
"""

from __future__ import annotations

import io
import re
import sys
import tokenize
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.writer import PROJECT, finish, formatted

HEADER = "# Generated from {source} by tools/unasync.py; edit that file instead.\n"

REPLACEMENTS = {
    "sqlalchemy.ext.asyncio": "sqlalchemy.orm",
    "AsyncIterator": "Iterator",
    "AbstractAsyncContextManager": "AbstractContextManager",
    "asynccontextmanager": "contextmanager",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "Callable[[], Awaitable[Any]]": "Callable[[], Any]",
    "Awaitable[object] | object": "object",
    "Awaitable[ResultT]": "ResultT",
}
"""Words that the rule does not convert by itself."""

_USED: set[str] = set()
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


def _rename(text: str) -> str:
    def word(match: re.Match[str]) -> str:
        _USED.add(match.group(0))
        return REPLACEMENTS[match.group(0)]

    def rule(match: re.Match[str]) -> str:
        return match.group(0).replace("_async", "_sync") if "_async" in match.group(0) else ""

    return _RULE.sub(rule, _WORDS.sub(word, text))


def twins(root: Path) -> dict[Path, str]:
    """Return the generated files below a root, by path."""
    found: dict[Path, str] = {}
    for source in sorted(root.rglob("_async/**/*.py")):
        target = Path(str(source).replace("/_async/", "/_sync/"))
        header = HEADER.format(source=source.relative_to(PROJECT)) if source.read_text() else ""
        found[target] = formatted(header + convert(source.read_text()), target)
    return found


def main(arguments: list[str]) -> int:
    """Write the twins, or check them."""
    roots = [Path(argument).resolve() for argument in arguments if not argument.startswith("--")]
    everything = not roots
    roots = roots or [PROJECT / "dbkit", PROJECT / "tests", PROJECT / "benchmarks"]
    wanted: dict[Path, str] = {}
    existing: set[Path] = set()
    for root in roots:
        wanted |= twins(root)
        existing |= {path for path in root.rglob("_sync/**/*.py") if "__pycache__" not in path.parts}
    unused = set(REPLACEMENTS) - _USED
    if unused and everything:
        sys.stderr.write(f"tools/unasync.py: no file needs these replacements any more: {sorted(unused)}\n")
        return 1
    return finish(wanted, existing, check="--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
