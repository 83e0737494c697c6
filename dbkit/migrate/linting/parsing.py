"""PostgreSQL's own parser: the text of a statement becomes a tree, once in a process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pglast
from pglast.ast import Node
from pglast.stream import RawStream

__all__ = [
    "ends_transactions",
    "functions_of",
    "identifiers",
    "is_understood",
    "name_of",
    "never_null",
    "nodes_of",
    "one_by_one",
    "parsed",
    "schemas_named",
    "statements_of_block",
    "written",
]

_PARSED_MAX = 4096
_SENDING = ("PLpgSQL_stmt_execsql", "PLpgSQL_stmt_perform", "PLpgSQL_stmt_dynexecute")


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


def one_by_one(query: Any) -> tuple[str, ...]:
    """Return the statements of a text that has several; none where it has one, or the parser does not understand it."""
    if not isinstance(query, str) or ";" not in query:
        return ()
    try:
        found = tuple(pglast.split(query))
    except pglast.Error:
        return ()
    return found if len(found) > 1 else ()


def ends_transactions(sql: str) -> bool:
    """Tell whether a text begins or ends a transaction itself."""
    return any(type(each).__name__ == "TransactionStmt" for each in parsed(sql))


def statements_of_block(sql: str) -> Iterator[str]:
    """Return the statements that stand in a block of PL/pgSQL, in order, those that EXECUTE has as a constant too."""
    try:
        tree = pglast.parse_plpgsql(sql)
    except pglast.Error:
        return
    for kind, found in _parts(tree):
        words = found.get("sqlstmt" if kind == "PLpgSQL_stmt_execsql" else "query") or found.get("expr") or {}
        text = str(words.get("PLpgSQL_expr", {}).get("query", ""))
        if kind == "PLpgSQL_stmt_dynexecute":
            text = _constant_text(text)
        if text:
            yield text


def _parts(tree: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the parts of a block that send a statement."""
    if isinstance(tree, list):
        for each in tree:
            yield from _parts(each)
    elif isinstance(tree, dict):
        for kind, each in tree.items():
            if kind in _SENDING and isinstance(each, dict):
                yield kind, each
            yield from _parts(each)


def _constant_text(expression: str) -> str:
    """Return the text of an expression that is a constant; nothing where it is put together."""
    for tree in parsed(f"SELECT {expression}"):
        value = getattr(tree.targetList[0].val, "val", None)
        return str(getattr(value, "sval", None) or "")
    return ""


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


def schemas_named(sql: str) -> Iterator[tuple[str, str]]:
    """Return the relations that a text says a schema with, each behind its schema."""
    for node in nodes_of(parsed(sql)):
        if type(node).__name__ == "RangeVar" and node.schemaname:
            yield node.schemaname, node.relname


def never_null(definition: str) -> frozenset[str]:
    """Return the columns that a CHECK, as the catalogue writes it, holds to be there."""
    for tree in parsed(f"ALTER TABLE a ADD {definition}"):
        return frozenset(_held(tree.cmds[0].def_.raw_expr))
    return frozenset()


def _held(condition: Any) -> Iterator[str]:
    kind = type(condition).__name__
    if kind == "NullTest" and condition.nulltesttype.name == "IS_NOT_NULL":
        yield name_of(getattr(condition.arg, "fields", None))
    elif kind == "BoolExpr" and condition.boolop.name == "AND_EXPR":
        for each in condition.args:
            yield from _held(each)


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
