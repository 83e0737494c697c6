"""What a revision's file shows of things that no run of it may depend on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Final

__all__ = ["elsewhere", "imported", "outside", "sleeps", "sleeps_in_sql"]

_ELSEWHERE: Final = (
    "aiohttp", "ftplib", "getpass", "http", "httpx", "platform", "requests", "smtplib", "socket", "subprocess",
    "urllib", "urllib3",
)  # fmt: skip
_READS_ELSEWHERE: Final = ("environ", "getenv")
_OUTSIDE: Final = (*_ELSEWHERE, "random", "secrets")
_READS: Final = (*_READS_ELSEWHERE, "now", "utcnow", "today", "uuid1", "uuid4", "urandom")
# Whose functions may be imported by their own names.
_OF_FUNCTIONS: Final = ("os", "uuid")
_SLEEPS_IN_SQL: Final = re.compile(r"\bpg_sleep(?:_for|_until)?\s*\(", re.IGNORECASE)

Place = tuple[str, int]
"""What is found, in words, and its line."""


def outside(tree: ast.Module) -> Iterator[Place]:
    """Return what is read beside the database: the environment, the clock, the network, chance."""
    return _read(tree, _OUTSIDE, _READS)


def elsewhere(tree: ast.Module) -> Iterator[Place]:
    """Return what is another thing on another machine, each time it is read: the environment, the network, programs."""
    return _read(tree, _ELSEWHERE, _READS_ELSEWHERE)


def sleeps(tree: ast.Module) -> Iterator[Place]:
    """Return where it sleeps."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("time.sleep", "sleep"):
            yield "it sleeps", node.lineno


def sleeps_in_sql(tree: ast.Module) -> Iterator[Place]:
    """Return where its statements sleep, as far as they stand in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SLEEPS_IN_SQL.search(node.value):
            yield "a statement sleeps", node.lineno


def _read(tree: ast.Module, modules: Sequence[str], names: Sequence[str]) -> Iterator[Place]:
    for node in ast.walk(tree):
        for module in imported(node):
            if module.partition(".")[0] in modules:
                yield f"it imports {module}", getattr(node, "lineno", 0)
        if isinstance(node, ast.Attribute) and node.attr in names:
            yield f"it reads {ast.unparse(node)}", node.lineno
        if isinstance(node, ast.ImportFrom) and node.module in _OF_FUNCTIONS:
            yield from (
                (f"it imports {node.module}.{each.name}", node.lineno) for each in node.names if each.name in names
            )


def imported(node: ast.AST) -> Iterator[str]:
    """Return the modules that a statement imports."""
    if isinstance(node, ast.Import):
        yield from (each.name for each in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module is not None:
        yield node.module
