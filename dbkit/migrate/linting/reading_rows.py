"""Read statements about rows: which they reach, and what they call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dbkit.migrate.linting.actions import Action, CreateTable, Rows
from dbkit.migrate.linting.parsing import functions_of, name_of, nodes_of

__all__ = ["copied", "rows"]

_WRITES = ("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt")
_KNOW_ROWS = ("ColumnRef", "CurrentOfExpr", "FuncCall", "ParamRef", "SubLink")
_JOINS = ("BoolExpr", "A_Expr", "ColumnRef", "String", "A_Star")


def rows(node: Any) -> Iterator[Action]:
    """Return the action of a statement, and of each that stands in its WITH."""
    for part in nodes_of(node):
        if type(part).__name__ in _WRITES:
            yield _written(part)
    if type(node).__name__ == "SelectStmt":
        yield Rows(what="select", reads=_tables(node), functions=functions_of(node))


def copied(node: Any) -> Iterator[Action]:
    """Return the actions of CREATE TABLE AS."""
    relation = node.into.rel
    if str(node.objtype.name) == "OBJECT_TABLE":
        is_temporary = str(relation.relpersistence) == "t"
        yield CreateTable(
            table=name_of(relation),
            is_copy=True,
            is_temporary=is_temporary,
            if_not_exists=bool(node.if_not_exists),
        )
        yield Rows(what="select", reads=_tables(node.query), functions=functions_of(node.query), is_copy=True)


def _written(node: Any) -> Rows:
    kind = type(node).__name__.removesuffix("Stmt").lower()
    selects = [each for each in nodes_of(node) if type(each).__name__ == "SelectStmt"]
    return Rows(
        what=kind,
        table=name_of(node.relation),
        columns=tuple(each.name for each in node.targetList) if kind == "update" else (),
        reads=_tables(node),
        filtered=kind in ("insert", "merge") or _filters(node.whereClause),
        limited=any(each.limitCount is not None for each in selects),
        ordered=any(each.sortClause is not None for each in selects),
        offset=any(each.limitOffset is not None for each in selects),
        functions=functions_of(node),
        values=tuple(name for each in _makes(node) for name in functions_of(each)),
        is_copy=kind == "insert" and any(each.fromClause for each in selects),
    )


def _makes(node: Any) -> Iterator[Any]:
    """Return the parts of a statement that make what is written, and not those that say which rows."""
    kind = type(node).__name__
    if kind == "UpdateStmt":
        yield node.targetList
    elif kind == "InsertStmt":
        for each in nodes_of(node.selectStmt):
            yield from (getattr(each, name, None) for name in ("targetList", "valuesLists"))
        yield getattr(node.onConflictClause, "targetList", None)
    elif kind == "MergeStmt":
        for each in node.mergeWhenClauses:
            yield from (each.targetList, each.values)


def _tables(node: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.relname for each in nodes_of(node) if type(each).__name__ == "RangeVar"))


def _filters(where: Any) -> bool:
    """Tell whether a condition leaves rows out: one that only joins tables, or is always true, does not."""
    if where is None:
        return False
    kinds = [type(each).__name__ for each in nodes_of(where)]
    if not any(kind in _KNOW_ROWS for kind in kinds):
        return False
    if all(kind in _JOINS for kind in kinds):
        operators = {name_of(each.name) for each in nodes_of(where) if type(each).__name__ == "A_Expr"}
        is_plain = all(str(each.kind.name) == "AEXPR_OP" for each in nodes_of(where) if type(each).__name__ == "A_Expr")
        # A column alone is a flag.
        return not (is_plain and operators == {"="})
    return True
