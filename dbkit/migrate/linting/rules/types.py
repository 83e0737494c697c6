"""Rules about types of new columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dbkit.migrate.linting.actions import AddColumn, AddConstraint, AlterEnum, ColumnPart, CreateEnum, CreateTable
from dbkit.migrate.linting.model import Example, Place, Rule, by_step
from dbkit.migrate.linting.steps import Run, Step

__all__ = ["RULES"]

_SMALL: Final = ("integer", "smallint")
_MONEY_WORDS: Final = ("amount", "price", "cost", "total", "fee", "balance", "money")
_MOOD: Final = "CREATE TYPE mood AS ENUM ('sad', 'happy')"


def _new_columns(step: Step) -> Iterator[tuple[str, ColumnPart]]:
    for table in step.each(CreateTable):
        if not table.is_temporary:
            yield from ((table.table, column) for column in table.columns)
    for each in step.each(AddColumn):
        yield each.table, each.column


def _used_at_once(run: Run) -> Iterator[Place]:
    for place, step in enumerate(run.steps):
        # Where another value is to be, it may be named at once.
        is_used = not all(isinstance(each, AlterEnum) for each in step.actions)
        for earlier in run.steps[:place] if is_used and step.transaction is not None else ():
            for each in earlier.each(AlterEnum) if earlier.transaction == step.transaction else ():
                # Of a type that the transaction has made itself it is no new value.
                if f"'{each.value}'" in step.sql and each.name in run.before.enums:
                    yield Place(f"{each.value} of {each.name} is used before the commit that makes it known", step)


def _order(step: Step) -> Iterator[str]:
    for each in step.each(AlterEnum):
        if not each.placed:
            yield f"{each.value} comes behind all values that {each.name} happens to have"


def _enum(step: Step) -> Iterator[str]:
    for each in step.each(CreateEnum):
        yield f"{each.name} is an enum"


def _types(step: Step) -> Iterator[tuple[str, str, str]]:
    """Return the new columns of tables, each with its type in the server's words."""
    for table, column in _new_columns(step):
        made = step.column_after(table, column.name)
        yield table, column.name, column.type if made is None else made.type


def _json(step: Step) -> Iterator[str]:
    for table, column, type in _types(step):
        if type == "json":
            yield f"{table}.{column} is json"


def _small_key(run: Run) -> Iterator[Place]:
    for table in run.after.tables.values():
        before = run.before.by_oid(table.oid)
        known = () if before is None else before.primary_key
        for name in table.primary_key if table.primary_key != known and not table.parent else ():
            column = table.columns[name]
            if column.type in _SMALL and (column.is_identity or column.is_sequence):
                step = run.step_of(table.name, CreateTable, AddConstraint, AddColumn)
                yield Place(f"{table.name}.{name} is {column.type}", step)


def _without_zone(step: Step) -> Iterator[str]:
    for table, column, type in _types(step):
        if type.startswith("timestamp") and type.endswith("without time zone"):
            yield f"{table}.{column} is a time of no place"


def _length(step: Step) -> Iterator[str]:
    for table, column, type in _types(step):
        if type.startswith("character") and type != "character varying":
            yield f"{table}.{column} is {type}"


def _serial(step: Step) -> Iterator[str]:
    for table, column in _new_columns(step):
        if column.is_serial:
            yield f"{table}.{column.name} is {column.type}"


def _float_money(step: Step) -> Iterator[str]:
    for table, column, type in _types(step):
        is_float = type in ("real", "double precision") and any(word in column for word in _MONEY_WORDS)
        if is_float or type == "money":
            yield f"{table}.{column} is {type}"


def _with(column: str) -> Example:
    return Example(sql=(f"CREATE TABLE things (id bigint PRIMARY KEY, {column})",))


RULES: Final = (
    Rule(
        id="L53",
        name="enum-used-same-transaction",
        catches="a new value of an enum that is used in the transaction which adds it",
        effect="The server refuses it (55P04).",
        safe="Two revisions.",
        bad=Example(
            schema=f"{_MOOD}; CREATE TABLE moods (id bigint PRIMARY KEY, mood mood)",
            sql=("ALTER TYPE mood ADD VALUE 'calm' AFTER 'sad'", "INSERT INTO moods VALUES (1, 'calm')"),
        ),
        good=Example(schema=_MOOD, sql=("ALTER TYPE mood ADD VALUE 'calm' AFTER 'sad'",)),
        decide=_used_at_once,
    ),
    Rule(
        id="L54",
        name="enum-value-order",
        catches="ALTER TYPE ... ADD VALUE without BEFORE or AFTER",
        effect="Values compare by their order, which then depends on who came first.",
        safe="Say BEFORE or AFTER.",
        bad=Example(schema=_MOOD, sql=("ALTER TYPE mood ADD VALUE 'calm'",)),
        good=Example(schema=_MOOD, sql=("ALTER TYPE mood ADD VALUE 'calm' AFTER 'sad'",)),
        decide=by_step(_order),
    ),
    Rule(
        id="L55",
        name="enum-new",
        catches="a new enum type",
        effect="A value never goes away again, and a new one cannot be used in its own transaction.",
        safe="text with a CHECK, which `replace_check` changes beside traffic; or a table of values.",
        bad=Example(sql=(_MOOD,)),
        good=_with("mood text NOT NULL CHECK (mood IN ('sad', 'happy'))"),
        decide=by_step(_enum),
    ),
    Rule(
        id="L56",
        name="json",
        catches="a new column of json",
        effect="It has no equality: DISTINCT, GROUP BY and UNION over it fail, and no index helps.",
        safe="jsonb.",
        bad=_with("body json"),
        good=_with("body jsonb"),
        decide=by_step(_json),
    ),
    Rule(
        id="L57",
        name="int-key",
        catches="a key that counts in integer or smallint",
        effect="It ends at 2,147,483,647, and the way out is a rewrite of the table and of all that refer to it.",
        safe="bigint.",
        bad=Example(sql=("CREATE TABLE things (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY)",)),
        good=Example(sql=("CREATE TABLE things (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)",)),
        decide=_small_key,
    ),
    Rule(
        id="L58a",
        name="timestamp-without-zone",
        catches="a new column of timestamp without time zone",
        effect="What instant a value is depends on who reads it.",
        safe="timestamptz.",
        bad=_with("at timestamp"),
        good=_with("at timestamptz"),
        decide=by_step(_without_zone),
    ),
    Rule(
        id="L58b",
        name="length-in-type",
        catches="a new column of varchar(n) or char(n)",
        effect="A shorter length is a rewrite, any other breaks prepared statements; char pads with spaces.",
        safe="text with a CHECK of its length.",
        bad=_with("name varchar(80)"),
        good=_with("name text CHECK (length(name) <= 80)"),
        decide=by_step(_length),
    ),
    Rule(
        id="L58c",
        name="serial",
        catches="a new column of serial",
        effect="Its sequence has grants and an owner of its own, and anybody may write over the number.",
        safe="GENERATED ALWAYS AS IDENTITY.",
        bad=_with("number bigserial"),
        good=_with("number bigint GENERATED ALWAYS AS IDENTITY"),
        decide=by_step(_serial),
    ),
    Rule(
        id="L58d",
        name="float-money",
        catches="sums of money in real, double precision or money",
        effect="Sums are off by cents; money depends on the server's locale.",
        safe="numeric(precision, scale), or bigint of the smallest unit.",
        bad=_with("price double precision"),
        good=_with("price numeric(12, 2)"),
        decide=by_step(_float_money),
    ),
)
