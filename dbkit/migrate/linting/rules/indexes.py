"""Rules about indexes: how they are built and dropped beside traffic, and which are of no use."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from dbkit.migrate.linting.actions import CreateIndex, DetachPartition, Drop, IfExists, Reindex, Rename
from dbkit.migrate.linting.facts import Index, Table
from dbkit.migrate.linting.model import Example, Place, Rule, by_step
from dbkit.migrate.linting.rules.schemas import MEASURES, ORDERS
from dbkit.migrate.linting.steps import Run, Step

__all__ = ["RULES"]

_STATE: Final = "CREATE INDEX ix_orders_state ON orders (state)"
_STATE_BESIDE: Final = "CREATE INDEX CONCURRENTLY ix_orders_state ON orders (state)"


def _not_concurrent(step: Step) -> Iterator[str]:
    for each in step.each(CreateIndex):
        table = step.in_use(each.table)
        if table is not None and table.kind in ("r", "m") and not each.concurrently:
            yield f"{each.name or 'an index'} is built on {each.table} while nobody can write to it"


def _dropped(step: Step) -> Iterator[str]:
    for each in step.each(Drop):
        if each.what == "index" and not each.concurrently:
            for name in each.names:
                table = step.before.table_of_index(name)
                if table is not None and step.is_old(table):
                    yield f"{name} is dropped under a lock that stops readers and writers of {table.name}"


def _reindexed(step: Step) -> Iterator[str]:
    for each in step.each(Reindex):
        table = step.before.tables.get(each.name) or step.before.table_of_index(each.name)
        is_own = each.what in ("table", "index") and (table is None or not step.is_old(table))
        if not (each.concurrently or is_own):
            yield f"REINDEX of {each.name} stops readers and writers"


def _is_beside(step: Step) -> bool:
    """Tell whether a statement works beside others, and so cannot be part of a transaction."""
    kinds = (CreateIndex, Drop, Reindex, DetachPartition)
    return any(each.concurrently for each in step.actions if isinstance(each, kinds))


def _in_transaction(run: Run) -> Iterator[Place]:
    for step in run.steps:
        if run.revision.header.transactional and _is_beside(step):
            yield Place("CONCURRENTLY cannot run in the transaction that the header asks for", step)


def _not_alone(run: Run) -> Iterator[Place]:
    beside = [step for step in run.steps if _is_beside(step)]
    if not beside or run.revision.header.transactional:
        return
    for step in run.steps:
        is_bare = not (step.by_technique or step.transaction or _looks_itself(step))
        is_bare = is_bare and not _is_guarded(run.tree, step.line)
        if step not in beside and is_bare and _changes(step):
            yield Place("stopped behind this statement, the revision runs it again, and fails", step)


def _changes(step: Step) -> bool:
    return step.after is not None and step.after is not step.before and step.after != step.before


def _is_guarded(tree: ast.Module, line: int | None) -> bool:
    """Tell whether a line stands under a look of its own, or behind one that returns."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If):
            is_inside = node.lineno <= (line or 0) <= (node.end_lineno or 0)
            returns = isinstance(node.body[-1], ast.Return) and _is_same_function(tree, node.lineno, line or 0)
            if is_inside or (returns and node.lineno < (line or 0)):
                return True
    return False


def _is_same_function(tree: ast.Module, one: int, other: int) -> bool:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return any(node.lineno <= one and other <= (node.end_lineno or 0) for node in functions)


def _looks_itself(step: Step) -> bool:
    """Tell whether a statement says that what it does may be done already."""
    parts = [each for each in step.actions if not isinstance(each, IfExists)]
    return bool(parts) and all(
        getattr(each, "if_exists", False) or getattr(each, "if_not_exists", False) for each in parts
    )


def _if_not_exists(step: Step) -> Iterator[str]:
    for each in step.each(CreateIndex):
        if each.concurrently and each.if_not_exists:
            yield f"an invalid {each.name}, as a build that was stopped leaves it, passes for a good one"


def _unnamed(step: Step) -> Iterator[str]:
    for each in step.each(CreateIndex):
        if each.concurrently and not each.name:
            yield f"the index on {each.table} has no name: what a build that was stopped left cannot be found"


def _partitioned(step: Step) -> Iterator[str]:
    for each in step.each(CreateIndex):
        table = step.in_use(each.table)
        if table is not None and table.kind == "p" and not each.only:
            yield f"{each.name or 'an index'} is built on all partitions of {each.table} while nobody can write to them"


def _duplicate(run: Run) -> Iterator[Place]:
    for table in run.after.tables.values():
        before = run.before.by_oid(table.oid)
        for index in table.indexes.values():
            is_new = before is None or index.name not in before.indexes
            other = _covering(table, index) if is_new else None
            if other is not None:
                step = run.step_of(table.name, CreateIndex)
                yield Place(f"{index.name} does nothing that {other.name} on {table.name} does not", step)


def _covering(table: Table, index: Index) -> Index | None:
    """Return an index that finds all that another one finds; a unique one holds a rule as well."""
    if index.unique:
        return None
    for other in table.indexes.values():
        begins = other.columns[: len(index.columns)] == index.columns
        if other.name != index.name and other.rest == index.rest and begins and other.valid:
            return other
    return None


def _renamed_as_table(step: Step) -> Iterator[str]:
    for each in step.each(Rename):
        table = step.before.table_of_index(each.relation)
        if each.as_table and table is not None and step.is_old(table):
            yield f"{each.relation} is an index, and ALTER TABLE locks it against readers of {table.name}"


RULES: Final = (
    Rule(
        id="L07",
        name="index-not-concurrent",
        catches="CREATE INDEX without CONCURRENTLY on a table that is in use",
        effect="SHARE on the table: nobody writes to it until the index is built.",
        safe="`create_index_concurrently(name, on)` in a revision with `transactional=False`.",
        bad=Example(schema=ORDERS, sql=(_STATE,)),
        good=Example(schema=ORDERS, sql=(_STATE_BESIDE,), transactional=False),
        decide=by_step(_not_concurrent),
    ),
    Rule(
        id="L08",
        name="drop-index-not-concurrent",
        catches="DROP INDEX without CONCURRENTLY",
        effect="ACCESS EXCLUSIVE on the table: nobody reads or writes, and all wait behind the oldest reader.",
        safe="`drop_index_concurrently(name)` in a revision with `transactional=False`.",
        bad=Example(schema=f"{ORDERS}; {_STATE}", sql=("DROP INDEX ix_orders_state",)),
        good=Example(
            schema=f"{ORDERS}; {_STATE}", sql=("DROP INDEX CONCURRENTLY ix_orders_state",), transactional=False
        ),
        decide=by_step(_dropped),
    ),
    Rule(
        id="L09",
        name="reindex-not-concurrent",
        catches="REINDEX without CONCURRENTLY",
        effect="ACCESS EXCLUSIVE on the index, which the planner of every reader wants to lock too.",
        safe="`REINDEX INDEX CONCURRENTLY` in a revision with `transactional=False`.",
        bad=Example(schema=f"{ORDERS}; {_STATE}", sql=("REINDEX INDEX ix_orders_state",)),
        good=Example(
            schema=f"{ORDERS}; {_STATE}", sql=("REINDEX INDEX CONCURRENTLY ix_orders_state",), transactional=False
        ),
        decide=by_step(_reindexed),
    ),
    Rule(
        id="L10",
        name="concurrently-in-transaction",
        catches="CONCURRENTLY in a revision whose header says that it is transactional",
        effect="The server refuses the statement (25001).",
        safe="`transactional=False` in the header.",
        bad=Example(schema=ORDERS, sql=(_STATE_BESIDE,)),
        good=Example(schema=ORDERS, sql=(_STATE_BESIDE,), transactional=False),
        decide=_in_transaction,
    ),
    Rule(
        id="L11",
        name="concurrently-not-alone",
        catches="a bare statement beside CONCURRENTLY, under no look of its own",
        effect="A revision without transaction that was stopped is run from its start: the bare statement fails then.",
        safe="A revision of its own; or a technique of dbkit, which looks first; or `if not has_column(...)`.",
        bad=Example(
            schema=ORDERS, sql=(_STATE_BESIDE, "ALTER TABLE orders ADD COLUMN paid boolean"), transactional=False
        ),
        good=Example(
            schema=ORDERS,
            sql=(_STATE_BESIDE, "> add_column('orders', 'paid', 'boolean')"),
            transactional=False,
        ),
        decide=_not_alone,
    ),
    Rule(
        id="L12",
        name="concurrently-if-not-exists",
        catches="CREATE INDEX CONCURRENTLY IF NOT EXISTS",
        effect="A build that was stopped leaves an invalid index, which is there: the next run is content with it.",
        safe="`create_index_concurrently(name, on)`: it drops an invalid one, and builds it again.",
        bad=Example(
            schema=ORDERS,
            sql=("CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_orders_state ON orders (state)",),
            transactional=False,
        ),
        good=Example(
            schema=ORDERS,
            sql=("> create_index_concurrently('ix_orders_state', 'orders (state)')",),
            transactional=False,
        ),
        decide=by_step(_if_not_exists),
    ),
    Rule(
        id="L13",
        name="index-name-missing",
        catches="CREATE INDEX CONCURRENTLY without a name",
        effect="What a build that was stopped left cannot be told from a good index of another name.",
        safe="Name the index.",
        bad=Example(schema=ORDERS, sql=("CREATE INDEX CONCURRENTLY ON orders (state)",), transactional=False),
        good=Example(schema=ORDERS, sql=(_STATE_BESIDE,), transactional=False),
        decide=by_step(_unnamed),
    ),
    Rule(
        id="L14",
        name="partitioned-index",
        catches="CREATE INDEX on a partitioned table that is in use",
        effect="SHARE on all partitions until the last of their indexes is built; CONCURRENTLY is refused there.",
        safe="CREATE INDEX ON ONLY the parent, CONCURRENTLY on each partition, then ALTER INDEX ... ATTACH PARTITION.",
        bad=Example(schema=MEASURES, sql=("CREATE INDEX ix_measures_value ON measures (value)",)),
        good=Example(schema=MEASURES, sql=("CREATE INDEX ix_measures_value ON ONLY measures (value)",)),
        decide=by_step(_partitioned),
    ),
    Rule(
        id="L63",
        name="duplicate-index",
        catches="an index whose columns another index of the table begins with",
        effect="Every write keeps it, every backup carries it, and no query is faster by it.",
        safe="Leave it out, or drop the shorter one of the two.",
        bad=Example(
            schema=f"{ORDERS}; CREATE INDEX ix_orders_state_placed_at ON orders (state, placed_at)",
            sql=(_STATE_BESIDE,),
            transactional=False,
        ),
        good=Example(
            schema=f"{ORDERS}; CREATE INDEX ix_orders_placed_at_state ON orders (placed_at, state)",
            sql=(_STATE_BESIDE,),
            transactional=False,
        ),
        decide=_duplicate,
    ),
    Rule(
        id="L67",
        name="rename-index-via-table",
        catches="ALTER TABLE ... RENAME of an index",
        effect="ACCESS EXCLUSIVE on the index, which stops readers; ALTER INDEX takes SHARE UPDATE EXCLUSIVE.",
        safe="ALTER INDEX ... RENAME TO.",
        bad=Example(schema=f"{ORDERS}; {_STATE}", sql=("ALTER TABLE ix_orders_state RENAME TO ix_orders_by_state",)),
        good=Example(schema=f"{ORDERS}; {_STATE}", sql=("ALTER INDEX ix_orders_state RENAME TO ix_orders_by_state",)),
        decide=by_step(_renamed_as_table),
    ),
)
