"""What the source of a revision shows of how it has to be run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import Enum

__all__ = ["Way", "ends_transactions", "takes_arguments", "way_of"]

# What PostgreSQL refuses inside a transaction.
_ALONE = re.compile(
    r"\bCONCURRENTLY\b|^\s*(VACUUM|ALTER\s+SYSTEM|(CREATE|DROP)\s+(DATABASE|TABLESPACE)|REINDEX\s+(DATABASE|SYSTEM))\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(COMMIT|ROLLBACK|END|ABORT)(\s+(WORK|TRANSACTION))?\s*;?\s*", re.IGNORECASE)


class Way(Enum):
    """How a revision is run."""

    ONE_TRANSACTION = "transactional"
    """In one transaction with its version row."""
    IN_PARTS = "in parts"
    """As its `autocommit_block` divides it: what stands before is committed, and the version row comes last."""
    AUTOCOMMIT = "autocommit"
    """Each statement for itself."""


def way_of(module: ast.Module) -> Way:
    """Return the way that a revision's source asks for."""
    nodes = list(_code(module))
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    if "autocommit_block" in attributes or any(map(ends_transactions, texts)):
        return Way.IN_PARTS
    if any(map(_ALONE.search, texts)) or any(map(_is_concurrent, nodes)):
        return Way.AUTOCOMMIT
    return Way.ONE_TRANSACTION


def ends_transactions(statement: str) -> bool:
    """Tell whether a statement ends the transaction that it is in."""
    return _ENDS.fullmatch(statement) is not None


def takes_arguments(module: ast.Module, name: str) -> bool:
    """Tell whether a function of the module cannot be called without arguments."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return len(node.args.posonlyargs) + len(node.args.args) > len(node.args.defaults)
    return False


def _is_concurrent(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.keyword)
        and node.arg == "postgresql_concurrently"
        and not (isinstance(node.value, ast.Constant) and not node.value.value)
    )


def _code(module: ast.Module) -> Iterator[ast.AST]:
    """Walk a module without the words that it says about itself."""
    words = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if not (isinstance(node, ast.Constant) and id(node) in words):
            yield node
