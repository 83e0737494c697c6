"""What a revision's file shows of things that no run of it may depend on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

__all__ = ["imported", "outside", "sleeps", "sleeps_in_sql"]

_OUTSIDE: Final = (
    "aiohttp", "ftplib", "getpass", "http", "httpx", "platform", "random", "requests", "secrets", "smtplib", "socket",
    "subprocess", "urllib", "urllib3",
)  # fmt: skip
_READS: Final = ("environ", "getenv", "now", "utcnow", "today", "uuid1", "uuid4", "urandom")
_SLEEPS_IN_SQL: Final = re.compile(r"\bpg_sleep(?:_for|_until)?\s*\(", re.IGNORECASE)

Place = tuple[str, int]
"""What is found, in words, and its line."""


def outside(tree: ast.Module) -> Iterator[Place]:
    """Return what is read beside the database: the environment, the clock, the network, chance."""
    for node in ast.walk(tree):
        for module in imported(node):
            if module.partition(".")[0] in _OUTSIDE:
                yield f"it imports {module}", getattr(node, "lineno", 0)
        if isinstance(node, ast.Attribute) and node.attr in _READS:
            yield f"it reads {ast.unparse(node)}", node.lineno


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


def imported(node: ast.AST) -> Iterator[str]:
    """Return the modules that a statement imports."""
    if isinstance(node, ast.Import):
        yield from (each.name for each in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module is not None:
        yield node.module
