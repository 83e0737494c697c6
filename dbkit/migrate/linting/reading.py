"""Read statements: each becomes the actions that rules ask about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from dbkit.migrate.linting.actions import (
    Action,
    AlterDomain,
    AlterEnum,
    AlterPolicy,
    CreateEnum,
    CreateExtension,
    CreateFunction,
    CreateIndex,
    CreateTrigger,
    CreateView,
    Drop,
    IfExists,
    Other,
    Refresh,
    Reindex,
    Rename,
    SetVariable,
    Truncate,
)
from dbkit.migrate.linting.parsing import name_of, nodes_of, parsed, statements_of_block, written
from dbkit.migrate.linting.reading_rows import copied, rows
from dbkit.migrate.linting.reading_tables import alter_table, create_table

__all__ = ["actions_of"]

_RENAMED: Final = {"TABCONSTRAINT": "constraint", "ATTRIBUTE": "column"}
_OF_TABLES: Final = ("trigger", "policy", "rule")
_STATEMENTS_MAX = 4096


@lru_cache(maxsize=_STATEMENTS_MAX)
def actions_of(sql: str) -> tuple[Action, ...]:
    """Return what a text's statements do, in order; nothing where the parser does not understand it."""
    return tuple(action for statement in parsed(sql) for action in _read(statement))


def _read(node: Any) -> Iterator[Action]:
    kind = type(node).__name__
    reader = _READERS.get(kind)
    if reader is None:
        yield Other(what=kind.removesuffix("Stmt"))
    else:
        yield from reader(node)


def _create_index(node: Any) -> Iterator[Action]:
    yield CreateIndex(
        name=node.idxname or "",
        table=name_of(node.relation),
        columns=tuple(each.name or "" for each in node.indexParams),
        unique=bool(node.unique),
        concurrently=bool(node.concurrent),
        if_not_exists=bool(node.if_not_exists),
        only=not node.relation.inh,
    )


def _drop(node: Any) -> Iterator[Action]:
    what = _kind(node.removeType)
    # What belongs to a table is named behind it.
    of = node.objects[0][-2].sval if what in _OF_TABLES else ""
    yield Drop(
        what=what,
        names=tuple(name_of(each) for each in node.objects),
        of=of,
        concurrently=bool(node.concurrent),
        cascade=_is_cascade(node),
        if_exists=bool(node.missing_ok),
    )


def _rename(node: Any) -> Iterator[Action]:
    what = _kind(node.renameType)
    if node.missing_ok:
        yield IfExists(name=name_of(node.relation) or name_of(node.object))
    yield Rename(
        what=_RENAMED.get(what.upper(), what),
        relation=name_of(node.relation) or name_of(node.object),
        name=node.subname or name_of(node.relation) or name_of(node.object),
        to=node.newname,
        as_table=what == "table",
    )


def _schema_changed(node: Any) -> Iterator[Action]:
    name = name_of(node.relation) or name_of(node.object)
    if node.missing_ok:
        yield IfExists(name=name)
    yield Rename(what=_kind(node.objectType), relation=name, name=name, to=f"{node.newschema}.{name}")


def _reindex(node: Any) -> Iterator[Action]:
    options = {each.defname for each in node.params or ()}
    name = name_of(node.relation) or node.name or ""
    what = node.kind.name.removeprefix("REINDEX_OBJECT_").lower()
    yield Reindex(what=what, name=name, concurrently="concurrently" in options)


def _refresh(node: Any) -> Iterator[Action]:
    yield Refresh(name=name_of(node.relation), concurrently=bool(node.concurrent))


def _truncate(node: Any) -> Iterator[Action]:
    yield Truncate(tables=tuple(name_of(each) for each in node.relations), cascade=_is_cascade(node))


def _create_enum(node: Any) -> Iterator[Action]:
    yield CreateEnum(name=name_of(node.typeName))


def _alter_enum(node: Any) -> Iterator[Action]:
    name = name_of(node.typeName)
    if node.oldVal:
        yield Rename(what="enum value", relation=name, name=node.oldVal, to=node.newVal)
    else:
        yield AlterEnum(
            name=name,
            value=node.newVal,
            placed=node.newValNeighbor is not None,
            if_not_exists=bool(node.skipIfNewValExists),
        )


def _alter_domain(node: Any) -> Iterator[Action]:
    what = {"C": "add", "V": "validate", "O": "set not null"}.get(str(node.subtype), "other")
    if what == "add" and node.def_.skip_validation:
        what = "add not valid"
    yield AlterDomain(name=name_of(node.typeName), what=what)


def _create_function(node: Any) -> Iterator[Action]:
    options = {each.defname: each.arg for each in node.options or ()}
    security = options.get("security")
    variables = [each.arg.name for each in node.options or () if each.defname == "set"]
    yield CreateFunction(
        name=name_of(node.funcname),
        is_security_definer=bool(security is not None and security.boolval),
        sets_search_path="search_path" in variables,
    )


def _create_trigger(node: Any) -> Iterator[Action]:
    yield CreateTrigger(name=node.trigname, table=name_of(node.relation), replace=bool(node.replace))


def _create_view(node: Any) -> Iterator[Action]:
    yield CreateView(name=name_of(node.view))


def _policy(node: Any) -> Iterator[Action]:
    yield AlterPolicy(name=node.policy_name, table=name_of(node.table))


def _create_extension(node: Any) -> Iterator[Action]:
    yield CreateExtension(name=node.extname)


def _block(node: Any) -> Iterator[Action]:
    """Return what the statements in a block of PL/pgSQL do, and that there is one, which may do more."""
    yield Other(what="Do")
    for statement in statements_of_block(written(node)):
        yield from actions_of(statement)


def _set_variable(node: Any) -> Iterator[Action]:
    is_set = node.kind.name == "VAR_SET_VALUE"
    values = [_constant(each) for each in node.args or ()] if is_set else []
    yield SetVariable(name=node.name or "all", value=", ".join(values), is_local=bool(node.is_local))


def _select(node: Any) -> Iterator[Action]:
    """Return what a SELECT does: it may set a setting, as SET does."""
    for call in nodes_of(node):
        if type(call).__name__ == "FuncCall" and name_of(call.funcname) == "set_config" and len(call.args) == 3:
            name, value, local = (_constant(each) for each in call.args)
            yield SetVariable(name=name, value=value, is_local=local == "True")
    yield from rows(node)


def _constant(node: Any) -> str:
    value = getattr(node, "val", None)
    for attribute in ("sval", "ival", "boolval", "fval"):
        found = getattr(value, attribute, None)
        if found is not None:
            return str(found)
    return ""


def _kind(member: Any) -> str:
    return str(member.name).removeprefix("OBJECT_").lower()


def _is_cascade(node: Any) -> bool:
    return node.behavior is not None and str(node.behavior.name) == "DROP_CASCADE"


_READERS: Final[Mapping[str, Callable[[Any], Iterator[Action]]]] = {
    "AlterDomainStmt": _alter_domain,
    "AlterEnumStmt": _alter_enum,
    "AlterObjectSchemaStmt": _schema_changed,
    "AlterPolicyStmt": _policy,
    "AlterTableStmt": alter_table,
    "CreateEnumStmt": _create_enum,
    "CreateExtensionStmt": _create_extension,
    "CreateFunctionStmt": _create_function,
    "CreatePolicyStmt": _policy,
    "CreateStmt": create_table,
    "CreateTableAsStmt": copied,
    "CreateTrigStmt": _create_trigger,
    "DeleteStmt": rows,
    "DoStmt": _block,
    "DropStmt": _drop,
    "IndexStmt": _create_index,
    "InsertStmt": rows,
    "MergeStmt": rows,
    "RefreshMatViewStmt": _refresh,
    "ReindexStmt": _reindex,
    "RenameStmt": _rename,
    "SelectStmt": _select,
    "TruncateStmt": _truncate,
    "UpdateStmt": rows,
    "VariableSetStmt": _set_variable,
    "ViewStmt": _create_view,
}
