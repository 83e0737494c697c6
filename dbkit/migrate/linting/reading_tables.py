"""Read CREATE TABLE and ALTER TABLE: columns, constraints, and one action for each part of a statement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from dbkit.migrate.linting.actions import (
    Action,
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterTable,
    AttachPartition,
    ColumnPart,
    ConstraintPart,
    CreateTable,
    DetachPartition,
    DropColumn,
    DropConstraint,
    EnforceConstraint,
    IfExists,
    ValidateConstraint,
)
from dbkit.migrate.linting.parsing import functions_of, name_of, written

__all__ = ["alter_table", "create_table"]

_KINDS: Final = {
    "CONSTR_CHECK": "check",
    "CONSTR_EXCLUSION": "exclusion",
    "CONSTR_FOREIGN": "foreign key",
    "CONSTR_NOTNULL": "not null",
    "CONSTR_PRIMARY": "primary key",
    "CONSTR_UNIQUE": "unique",
}
_ALTERED: Final = {
    "AT_AlterColumnType": "type",
    "AT_SetNotNull": "set not null",
    "AT_DropNotNull": "drop not null",
    "AT_AddIdentity": "identity",
    "AT_DropIdentity": "identity",
    "AT_DropExpression": "expression",
    "AT_SetStatistics": "statistics",
}


def create_table(node: Any) -> Iterator[Action]:
    """Return the action of CREATE TABLE."""
    elements = node.tableElts or ()
    parents = node.inhRelations if node.partbound is not None else ()
    yield CreateTable(
        table=name_of(node.relation),
        columns=tuple(_column(each) for each in elements if type(each).__name__ == "ColumnDef"),
        constraints=tuple(_constraint(each) for each in elements if type(each).__name__ == "Constraint"),
        parent=name_of(parents[0]) if parents else "",
        is_default_partition=bool(node.partbound is not None and node.partbound.is_default),
        is_temporary=str(node.relation.relpersistence) == "t",
        if_not_exists=bool(node.if_not_exists),
    )


def alter_table(node: Any) -> Iterator[Action]:
    """Return the actions of ALTER TABLE, one for each part; those of views and indexes too."""
    table = name_of(node.relation)
    if node.missing_ok:
        yield IfExists(name=table)
    for each in node.cmds or ():
        yield _part(table, each)


def _part(table: str, part: Any) -> Action:
    kind = str(part.subtype.name)
    if kind == "AT_AddColumn":
        return AddColumn(table=table, column=_column(part.def_), if_not_exists=bool(part.missing_ok))
    if kind == "AT_ColumnDefault":
        return AlterColumn(table=table, name=part.name, what="drop default" if part.def_ is None else "set default")
    if kind in _ALTERED:
        uses = kind == "AT_AlterColumnType" and part.def_.raw_default is not None
        return AlterColumn(table=table, name=part.name, what=_ALTERED[kind], uses=uses)
    return _constraint_part(table, kind, part) or _other_part(table, kind, part)


def _constraint_part(table: str, kind: str, part: Any) -> Action | None:
    if kind == "AT_AddConstraint":
        return AddConstraint(table=table, constraint=_constraint(part.def_))
    if kind == "AT_DropConstraint":
        return DropConstraint(table=table, name=part.name, cascade=_is_cascade(part), if_exists=bool(part.missing_ok))
    if kind == "AT_ValidateConstraint":
        return ValidateConstraint(table=table, name=part.name)
    if kind == "AT_AlterConstraint" and part.def_.alterEnforceability and part.def_.is_enforced:
        return EnforceConstraint(table=table, name=part.def_.conname)
    return None


def _other_part(table: str, kind: str, part: Any) -> Action:
    if kind == "AT_DropColumn":
        return DropColumn(table=table, name=part.name, cascade=_is_cascade(part), if_exists=bool(part.missing_ok))
    if kind == "AT_AttachPartition":
        bound = part.def_.bound
        is_default = bool(bound is not None and bound.is_default)
        return AttachPartition(table=table, partition=name_of(part.def_.name), is_default=is_default)
    if kind == "AT_DetachPartition":
        return DetachPartition(table=table, partition=name_of(part.def_.name), concurrently=bool(part.def_.concurrent))
    return AlterTable(table=table, what=kind.removeprefix("AT_"))


def _column(node: Any) -> ColumnPart:
    constraints = node.constraints or ()
    kinds = {str(each.contype.name) for each in constraints}
    defaults = [each.raw_expr for each in constraints if str(each.contype.name) == "CONSTR_DEFAULT"]
    return ColumnPart(
        name=node.colname,
        type=written(node.typeName) if node.typeName is not None else "",
        has_default=bool(defaults),
        functions=functions_of(defaults[0]) if defaults else (),
        is_not_null="CONSTR_NOTNULL" in kinds,
        is_identity="CONSTR_IDENTITY" in kinds,
        is_generated="CONSTR_GENERATED" in kinds,
        constraints=tuple(_constraint(each, node.colname) for each in constraints if str(each.contype.name) in _KINDS),
    )


def _constraint(node: Any, column: str = "") -> ConstraintPart:
    kind = _KINDS.get(str(node.contype.name), "other")
    columns = node.fk_attrs if kind == "foreign key" else node.keys
    return ConstraintPart(
        kind=kind,
        name=node.conname or "",
        columns=tuple(name_of(each) for each in columns or ()) or ((column,) if column else ()),
        target=name_of(node.pktable),
        is_valid=not node.skip_validation,
        using_index=node.indexname or "",
    )


def _is_cascade(node: Any) -> bool:
    return node.behavior is not None and str(node.behavior.name) == "DROP_CASCADE"
