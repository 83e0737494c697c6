"""PostgreSQL's own parser: the text of a statement becomes a tree, once in a process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pglast
from pglast.ast import Node
from pglast.stream import RawStream

__all__ = ["functions_of", "identifiers", "is_understood", "name_of", "nodes_of", "parsed", "written"]

_PARSED_MAX = 4096


@lru_cache(maxsize=_PARSED_MAX)
def parsed(sql: str) -> tuple[Any, ...]:
    """Return the trees of the statements in a text; none where the parser does not understand it."""
    try:
        return tuple(each.stmt for each in pglast.parse_sql(sql))
    except pglast.Error:
        return ()


def is_understood(sql: str) -> bool:
    """Tell whether the parser understands a text."""
    try:
        pglast.parse_sql(sql)
    except pglast.Error:
        return False
    return True


def identifiers(sql: str) -> Iterator[str]:
    """Return the identifiers of a text as they are written: the tree has them cut at 63 bytes."""
    try:
        tokens = pglast.scan(sql)
    except pglast.Error:
        return
    for token in tokens:
        if token.name == "IDENT":
            yield sql[token.start : token.end + 1].strip('"')


def nodes_of(tree: Any) -> Iterator[Any]:
    """Return a tree's nodes, itself first, however deep they are."""
    if isinstance(tree, tuple):
        for each in tree:
            yield from nodes_of(each)
    elif isinstance(tree, Node):
        yield tree
        for attribute in tree:
            yield from nodes_of(getattr(tree, attribute))


def functions_of(tree: Any) -> tuple[str, ...]:
    """Return the names of all functions that a tree calls, and the words that stand for one."""
    found: list[str] = []
    for node in nodes_of(tree):
        kind = type(node).__name__
        if kind == "FuncCall":
            found.append(node.funcname[-1].sval)
        elif kind == "SQLValueFunction":
            found.append(node.op.name.removeprefix("SVFOP_").removesuffix("_N").lower())
    return tuple(found)


def written(tree: Any) -> str:
    """Return a tree as SQL."""
    return str(RawStream()(tree))


def name_of(node: Any) -> str:
    """Return the name, without its schema, of a relation, a list of names, a type or a string."""
    if node is None:
        return ""
    if isinstance(node, tuple):
        return name_of(node[-1]) if node else ""
    for attribute in ("relname", "sval", "names", "objname"):
        value = getattr(node, attribute, None)
        if value is not None:
            return name_of(value) if isinstance(value, tuple) else str(value)
    return ""
