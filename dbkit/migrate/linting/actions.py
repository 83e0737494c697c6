"""What a statement does, in words that rules can ask about: PostgreSQL's parse tree, reduced to what matters here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

__all__ = [
    "Action",
    "AddColumn",
    "AddConstraint",
    "AlterColumn",
    "AlterDomain",
    "AlterEnum",
    "AlterPolicy",
    "AlterTable",
    "AttachPartition",
    "ColumnPart",
    "ConstraintPart",
    "CreateEnum",
    "CreateExtension",
    "CreateFunction",
    "CreateIndex",
    "CreateTable",
    "CreateTrigger",
    "CreateView",
    "DetachPartition",
    "Drop",
    "DropColumn",
    "DropConstraint",
    "EnforceConstraint",
    "IfExists",
    "Other",
    "Refresh",
    "Reindex",
    "Rename",
    "Rows",
    "SetVariable",
    "Truncate",
    "ValidateConstraint",
]

_SERIALS: Final = ("smallserial", "serial", "bigserial", "serial2", "serial4", "serial8")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintPart:
    """A constraint as it is written: `kind` is check, foreign key, unique, primary key, exclusion or not null."""

    kind: str
    name: str = ""
    columns: tuple[str, ...] = ()
    target: str = ""
    is_valid: bool = True
    using_index: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPart:
    """A column as it is written, with its constraints; `functions` are those that its default calls."""

    name: str
    type: str
    has_default: bool = False
    functions: tuple[str, ...] = ()
    is_not_null: bool = False
    is_identity: bool = False
    is_generated: bool = False
    constraints: tuple[ConstraintPart, ...] = ()

    @property
    def is_serial(self) -> bool:
        """Whether its type makes a sequence for it."""
        return self.type in _SERIALS


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTable:
    """CREATE TABLE; `parent` is what it is a partition of, `is_copy` is CREATE TABLE AS."""

    table: str
    columns: tuple[ColumnPart, ...] = ()
    constraints: tuple[ConstraintPart, ...] = ()
    parent: str = ""
    is_default_partition: bool = False
    is_temporary: bool = False
    is_copy: bool = False
    if_not_exists: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddColumn:
    """ALTER TABLE ADD COLUMN."""

    table: str
    column: ColumnPart
    if_not_exists: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DropColumn:
    """ALTER TABLE DROP COLUMN."""

    table: str
    name: str
    cascade: bool = False
    if_exists: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterColumn:
    """ALTER TABLE ALTER COLUMN; `what` is type, set not null, drop not null, set default, drop default or another."""

    table: str
    name: str
    what: str
    uses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddConstraint:
    """ALTER TABLE ADD CONSTRAINT."""

    table: str
    constraint: ConstraintPart


@dataclass(frozen=True, slots=True, kw_only=True)
class DropConstraint:
    """ALTER TABLE DROP CONSTRAINT."""

    table: str
    name: str
    cascade: bool = False
    if_exists: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateConstraint:
    """ALTER TABLE VALIDATE CONSTRAINT."""

    table: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnforceConstraint:
    """ALTER TABLE ALTER CONSTRAINT ... ENFORCED, of PostgreSQL 18 and newer."""

    table: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IfExists:
    """That the rest of the statement is about something which may be missing: ALTER TABLE IF EXISTS."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachPartition:
    """ALTER TABLE ATTACH PARTITION."""

    table: str
    partition: str
    is_default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DetachPartition:
    """ALTER TABLE DETACH PARTITION."""

    table: str
    partition: str
    concurrently: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterTable:
    """Another part of ALTER TABLE; `what` is PostgreSQL's own word for it, as `EnableRowSecurity`."""

    table: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """RENAME; `what` is table, view, index, column, constraint, type, enum value or another kind."""

    what: str
    relation: str
    name: str
    to: str
    as_table: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateIndex:
    """CREATE INDEX; a column that is an expression is an empty name."""

    name: str
    table: str
    columns: tuple[str, ...] = ()
    unique: bool = False
    concurrently: bool = False
    if_not_exists: bool = False
    only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """DROP of objects; `what` is table, index, view, type, trigger, policy or another kind."""

    what: str
    names: tuple[str, ...]
    of: str = ""
    concurrently: bool = False
    cascade: bool = False
    if_exists: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reindex:
    """REINDEX; `what` is index, table or schema."""

    what: str
    name: str
    concurrently: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """REFRESH MATERIALIZED VIEW."""

    name: str
    concurrently: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Truncate:
    """TRUNCATE."""

    tables: tuple[str, ...]
    cascade: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """INSERT, UPDATE, DELETE, MERGE or SELECT.

    `filtered` is whether WHERE says more than how tables belong together; `columns` are those that an
    UPDATE writes, `functions` those that are called anywhere, `values` those of them that make what is written;
    `table` is empty for a SELECT.
    """

    what: str
    table: str = ""
    columns: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    filtered: bool = False
    limited: bool = False
    ordered: bool = False
    offset: bool = False
    functions: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    is_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateEnum:
    """CREATE TYPE AS ENUM."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterEnum:
    """ALTER TYPE ADD VALUE; `placed` is whether it says where."""

    name: str
    value: str
    placed: bool = False
    if_not_exists: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterDomain:
    """ALTER DOMAIN; `what` is add, add not valid, validate or another."""

    name: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateFunction:
    """CREATE FUNCTION or PROCEDURE."""

    name: str
    is_security_definer: bool = False
    sets_search_path: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTrigger:
    """CREATE TRIGGER."""

    name: str
    table: str
    replace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateView:
    """CREATE VIEW."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterPolicy:
    """CREATE POLICY or ALTER POLICY."""

    name: str
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateExtension:
    """CREATE EXTENSION."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVariable:
    """SET or RESET of a setting or role; `value` is empty for RESET."""

    name: str
    value: str = ""
    is_local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Any other statement; `what` is the parser's word for it."""

    what: str


Action: TypeAlias = (
    AddColumn
    | AddConstraint
    | AlterColumn
    | AlterDomain
    | AlterEnum
    | AlterPolicy
    | AlterTable
    | AttachPartition
    | CreateEnum
    | CreateExtension
    | CreateFunction
    | CreateIndex
    | CreateTable
    | CreateTrigger
    | CreateView
    | DetachPartition
    | Drop
    | DropColumn
    | DropConstraint
    | EnforceConstraint
    | IfExists
    | Other
    | Refresh
    | Reindex
    | Rename
    | Rows
    | SetVariable
    | Truncate
    | ValidateConstraint
)
