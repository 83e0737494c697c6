"""Rules about tables as a whole: keys, names, policies, triggers, grants, and how rows lie in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dbkit.migrate.header import Phase
from dbkit.migrate.linting.actions import (
    AddColumn,
    AddConstraint,
    AlterEnum,
    AlterPolicy,
    AlterTable,
    CreateIndex,
    CreateTable,
    CreateTrigger,
    Drop,
    DropColumn,
    DropConstraint,
    IfExists,
)
from dbkit.migrate.linting.facts import Column, Table
from dbkit.migrate.linting.model import Example, Place, Rule, by_step
from dbkit.migrate.linting.parsing import identifiers
from dbkit.migrate.linting.rules.schemas import CUSTOMERS, ORDERS
from dbkit.migrate.linting.steps import Run, Step

__all__ = ["RULES"]

_IDENTIFIER_BYTES_MAX: Final = 63
_ROW_HEADER_BYTES: Final = 24
_WIDE_COLUMNS_MIN: Final = 8
_WASTE_MAX: Final = 0.1
_TRIGGER: Final = """
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp()
"""
_POLICY: Final = "CREATE POLICY own ON orders USING (customer_id = 1)"


def _without_key(run: Run) -> Iterator[Place]:
    for table in run.new_tables():
        if not (table.primary_key or table.parent):
            yield Place(f"{table.name} has no primary key", run.step_of(table.name, CreateTable))


def _too_long(step: Step) -> Iterator[str]:
    for name in identifiers(step.sql):
        if len(name.encode()) > _IDENTIFIER_BYTES_MAX:
            yield f"{name} is cut at {_IDENTIFIER_BYTES_MAX} bytes"


def _unnamed(step: Step) -> Iterator[str]:
    for each in step.each(AddConstraint):
        if not each.constraint.name and not each.constraint.using_index and step.in_use(each.table) is not None:
            yield f"the {each.constraint.kind} of {each.table} has a name that the server chooses"


def _if_exists(run: Run) -> Iterator[Place]:
    # Without transaction it is how a revision goes on where it stopped.
    for step in run.steps if run.revision.header.transactional else ():
        for each in step.actions if not step.by_technique else ():
            if isinstance(each, CreateTable | AddColumn | AlterEnum | CreateIndex) and each.if_not_exists:
                yield Place("IF NOT EXISTS is content with whatever is there under this name", step)
            elif isinstance(each, IfExists) or (
                isinstance(each, Drop | DropColumn | DropConstraint) and each.if_exists
            ):
                yield Place("IF EXISTS passes over that the schema is not what it should be", step)


def _trigger(run: Run) -> Iterator[Place]:
    for step in run.steps:
        for each in step.each(Drop):
            made = [trigger.name for other in run.steps for trigger in other.each(CreateTrigger)]
            goes = run.phase is not Phase.CONTRACT or each.names[0] in made
            if each.what == "trigger" and goes and step.in_use(each.of) is not None:
                yield Place(f"{each.names[0]} of {each.of} goes under ACCESS EXCLUSIVE", step)


def _policy(run: Run) -> Iterator[Place]:
    for step in run.steps:
        for table in _policies_of(step):
            others = [each for each in run.steps if each.transaction == step.transaction and each is not step]
            if step.transaction is not None and any(_locks_others(each, table) for each in others):
                yield Place(f"{table} is locked against everybody beside other tables", step)


def _policies_of(step: Step) -> Iterator[str]:
    for each in step.each(AlterPolicy):
        if step.in_use(each.table) is not None:
            yield each.table
    for dropped in step.each(Drop):
        if dropped.what == "policy" and step.in_use(dropped.of) is not None:
            yield dropped.of


def _locks_others(step: Step, table: str) -> bool:
    names = {getattr(each, "table", "") or getattr(each, "of", "") for each in step.actions}
    return any(name != table and step.in_use(name) is not None for name in names)


def _security(step: Step) -> Iterator[str]:
    for each in step.each(AlterTable):
        table = step.in_use(each.table)
        if table is not None and each.what == "EnableRowSecurity" and not table.policies:
            yield f"{each.table} shows no row to anybody but its owner until a policy lets some through"


def _grants(run: Run) -> Iterator[Place]:
    used = {role for table in run.before.tables.values() for role in table.grantees}
    for table in run.new_tables():
        missing = used - {*table.grantees, *run.after.defaults_granted}
        if missing and not table.parent:
            names = ", ".join(sorted(missing))
            yield Place(f"{names} may use other tables, and not {table.name}", run.step_of(table.name, CreateTable))


def _alignment(run: Run) -> Iterator[Place]:
    for table in run.new_tables():
        columns = list(table.columns.values())
        fixed = [each for each in columns if each.length > 0]
        if len(fixed) == len(columns) and len(columns) >= _WIDE_COLUMNS_MIN:
            waste = _size(columns) - _size(sorted(columns, key=lambda each: -each.alignment))
            if waste > _WASTE_MAX * (_ROW_HEADER_BYTES + _size(columns)):
                what = f"each row of {table.name} has {waste} bytes of nothing between its columns"
                yield Place(what, run.step_of(table.name, CreateTable))


def _size(columns: Iterable[Column]) -> int:
    """Return how many bytes columns of fixed lengths take in this order."""
    place = 0
    for each in columns:
        place += -place % each.alignment + each.length
    return place


def _identity(run: Run) -> Iterator[Place]:
    for table in run.before.tables.values():
        now = run.after.by_oid(table.oid)
        if now is not None and table.is_table and _identifies(table) and not _identifies(now):
            what = f"UPDATE and DELETE of {table.name} fail where it is published: nothing says which row they meant"
            yield Place(what, run.step_of(table.name, DropConstraint, DropColumn))


def _identifies(table: Table) -> bool:
    chosen = any(each.is_identity for each in table.indexes.values())
    return (table.identity == "d" and bool(table.primary_key)) or (table.identity == "i" and chosen)


_BOOLEANS: Final = ", ".join(f"is_{name} boolean, {name}_at timestamptz" for name in ("open", "paid", "sent", "gone"))
_IN_ORDER: Final = ", ".join(sorted(_BOOLEANS.split(", "), reverse=True, key=lambda each: each.endswith("tz")))
_ROLE: Final = "DO $$ BEGIN CREATE ROLE lint_example; EXCEPTION WHEN duplicate_object THEN NULL; END $$"

RULES: Final = (
    Rule(
        id="L59",
        name="no-primary-key",
        catches="a new table without a primary key",
        effect="Rows cannot be told apart: no logical replication, no keyset pages, no backfill along a key.",
        safe="Give it one.",
        bad=Example(sql=("CREATE TABLE things (name text)",)),
        good=Example(sql=("CREATE TABLE things (name text PRIMARY KEY)",)),
        decide=_without_key,
    ),
    Rule(
        id="L60",
        name="identifier-too-long",
        catches="a name of more than 63 bytes",
        effect="The server cuts it, and two that begin alike are the same.",
        safe="Shorten it.",
        bad=Example(sql=(f"CREATE TABLE things (id bigint PRIMARY KEY, {'very_' * 13}long text)",)),
        good=Example(sql=("CREATE TABLE things (id bigint PRIMARY KEY, long text)",)),
        decide=by_step(_too_long),
    ),
    Rule(
        id="L62",
        name="constraint-unnamed",
        catches="a constraint that is added to a table in use without a name",
        effect="Its name is the server's choice, and the revision that drops it has to guess.",
        safe="ADD CONSTRAINT with a name, as the models have it.",
        bad=Example(schema=ORDERS, sql=("ALTER TABLE orders ADD CHECK (total >= 0) NOT VALID",)),
        good=Example(
            schema=ORDERS, sql=("ALTER TABLE orders ADD CONSTRAINT ck_orders_total CHECK (total >= 0) NOT VALID",)
        ),
        decide=by_step(_unnamed),
    ),
    Rule(
        id="L64",
        name="if-not-exists",
        catches="IF NOT EXISTS and IF EXISTS in a transactional revision",
        effect="A schema that has drifted passes, and fails later, elsewhere.",
        safe="Leave it out; dbkit's techniques look at what is there, and compare.",
        bad=Example(
            schema=ORDERS,
            sql=(
                "ALTER TABLE orders ADD COLUMN IF NOT EXISTS rank int",
                "ALTER TABLE IF EXISTS orders ADD COLUMN place int",
            ),
        ),
        good=Example(schema=ORDERS, sql=("ALTER TABLE orders ADD COLUMN rank int",)),
        decide=_if_exists,
    ),
    Rule(
        id="L65",
        name="trigger-drop",
        catches="DROP TRIGGER on a table in use, before the contract or to make it again",
        effect="ACCESS EXCLUSIVE; between it and another CREATE nothing fires, and CREATE OR REPLACE takes less.",
        safe="CREATE OR REPLACE TRIGGER in its place; one that is of no use any more goes in a contract.",
        bad=Example(schema=f"{ORDERS}; {_TRIGGER}", sql=("DROP TRIGGER stamped ON orders",)),
        good=Example(
            schema=f"{ORDERS}; {_TRIGGER}",
            sql=("CREATE OR REPLACE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp()",),
        ),
        decide=_trigger,
    ),
    Rule(
        id="L66a",
        name="policy-beside-others",
        catches="a policy of a table in use that is made, altered or dropped beside statements about other tables",
        effect="ACCESS EXCLUSIVE on both until the commit.",
        safe="A revision of its own.",
        bad=Example(
            schema=f"{ORDERS}; {CUSTOMERS}",
            sql=(_POLICY, "COMMENT ON TABLE orders IS 'with a policy'", "ALTER TABLE customers ADD COLUMN nick text"),
            also=("L05",),
        ),
        good=Example(schema=f"{ORDERS}; {CUSTOMERS}", sql=(_POLICY,)),
        decide=_policy,
    ),
    Rule(
        id="L66b",
        name="rls-without-policy",
        catches="ENABLE ROW LEVEL SECURITY on a table in use that has no policy",
        effect="Services see no rows at all from the commit on.",
        safe="CREATE POLICY first: it does nothing until row-level security is enabled.",
        bad=Example(schema=ORDERS, sql=("ALTER TABLE orders ENABLE ROW LEVEL SECURITY",)),
        good=Example(schema=f"{ORDERS}; {_POLICY}", sql=("ALTER TABLE orders ENABLE ROW LEVEL SECURITY",)),
        decide=by_step(_security),
    ),
    Rule(
        id="L68",
        name="grant-missing",
        catches="a new table that roles may not use which may use the others",
        effect="The service fails with `permission denied` from its first statement on.",
        safe="GRANT in the same revision, or default privileges, as `dbkit db roles --apply` sets them.",
        bad=Example(
            schema=f"{ORDERS}; {_ROLE}; GRANT SELECT ON orders TO lint_example",
            sql=("CREATE TABLE things (id bigint PRIMARY KEY)",),
        ),
        good=Example(
            schema=f"{ORDERS}; {_ROLE}; GRANT SELECT ON orders TO lint_example",
            sql=("CREATE TABLE things (id bigint PRIMARY KEY)", "GRANT SELECT ON things TO lint_example"),
        ),
        decide=_grants,
    ),
    Rule(
        id="L73",
        name="row-alignment",
        catches="a new table of eight or more columns of fixed length in an order that wastes a tenth of each row",
        effect="More pages to read, to keep in memory and to write.",
        safe="Columns of eight bytes first, then four, two and one.",
        bad=Example(sql=(f"CREATE TABLE things (id bigint PRIMARY KEY, {_BOOLEANS})",)),
        good=Example(sql=(f"CREATE TABLE things (id bigint PRIMARY KEY, {_IN_ORDER})",)),
        decide=_alignment,
    ),
    Rule(
        id="L74",
        name="replica-identity",
        catches="the key that logical replication tells rows by, dropped without another",
        effect="UPDATE and DELETE fail on a table that is published.",
        safe="Another key in the same statement (`primary_key_using_index`), or REPLICA IDENTITY USING INDEX before.",
        bad=Example(schema=ORDERS, sql=("ALTER TABLE orders DROP CONSTRAINT orders_pkey",), phase="CONTRACT"),
        good=Example(
            schema=f"{ORDERS}; CREATE UNIQUE INDEX orders_key ON orders (id)",
            sql=(
                """
                ALTER TABLE orders DROP CONSTRAINT orders_pkey,
                  ADD CONSTRAINT pk_orders PRIMARY KEY USING INDEX orders_key
                """,
            ),
            phase="CONTRACT",
        ),
        decide=_identity,
    ),
)
