"""Rules about a revision's file: its downgrade, what it reads beside the database, and where it stands in the line."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from typing import Final

from dbkit.migrate.header import Impossible, Lossless, Unknown
from dbkit.migrate.linting.actions import CreateFunction, CreateTrigger, Drop, DropColumn, Rows, SetVariable
from dbkit.migrate.linting.model import Example, Place, Rule, by_step
from dbkit.migrate.linting.parsing import schemas_named
from dbkit.migrate.linting.rules.schemas import ORDERS
from dbkit.migrate.linting.sources import imported, outside, sleeps
from dbkit.migrate.linting.steps import Run, Step

__all__ = ["RULES"]

_PACKAGES: Final = ("alembic", "dbkit.migrate", "dbkit.sealing", "psycopg", "sqlalchemy")
_COLUMN: Final = "ALTER TABLE orders ADD COLUMN rank int"
_BACK: Final = "ALTER TABLE orders DROP COLUMN rank"
_ARCHIVE: Final = (
    "CREATE SCHEMA IF NOT EXISTS archive; CREATE TABLE IF NOT EXISTS archive.entries (id bigint PRIMARY KEY)"
)
_OF_THE_SERVER: Final = ("information_schema", "pg_catalog", "pg_temp")
_DEFINER: Final = (
    "CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER {} AS 'SELECT count(*) FROM orders'"
)


def _unmarked(run: Run) -> Iterator[Place]:
    downgrade = run.revision.header.downgrade
    does_nothing = run.revision.functions.get("downgrade", 0) == 0
    # What the header says is kept, nothing has to take back.
    promises = not isinstance(downgrade, Impossible | Unknown) and not downgrade.kept
    if does_nothing and promises:
        yield Place("its downgrade does nothing, and the header does not say that there is none", line=_line_of(run))


def _line_of(run: Run) -> int | None:
    found = (node.lineno for node in run.tree.body if isinstance(node, ast.FunctionDef) and node.name == "downgrade")
    return next(found, None)


def _loses(run: Run) -> Iterator[Place]:
    """Tell what a downgrade drops that the revision has added, without having read it."""
    read: set[str] = set()
    # What triggers fill is in the old shape as well.
    follows = any(True for step in run.steps for _ in step.each(CreateTrigger))
    for step in run.undo if isinstance(run.revision.header.downgrade, Lossless) and not follows else ():
        for what, table in _dropped(run, step):
            if table not in read:
                yield Place(f"its downgrade drops {what}, and what was written to it since is lost", line=step.line)
        read |= {name for each in step.each(Rows) if each.what != "select" for name in each.reads}


def _dropped(run: Run, step: Step) -> Iterator[tuple[str, str]]:
    for each in step.each(DropColumn):
        before = run.before.tables.get(each.table)
        column = step.column_before(each.table, each.name)
        is_computed = column is not None and column.is_generated
        if before is not None and each.name not in before.columns and not is_computed:
            yield f"{each.table}.{each.name}", each.table
    for dropped in step.each(Drop):
        for name in dropped.names if dropped.what == "table" else ():
            if name not in run.before.tables:
                yield name, name


def _open_search_path(step: Step) -> Iterator[str]:
    for each in step.each(CreateFunction):
        if each.is_security_definer and not each.sets_search_path:
            yield f"{each.name} looks for names wherever its caller's search_path says, with its owner's rights"


def _other_schema(step: Step) -> Iterator[str]:
    if step.actions and all(isinstance(each, Rows) and each.what == "select" for each in step.actions):
        return
    for schema, name in schemas_named(step.sql):
        if schema not in (step.before.schema, *_OF_THE_SERVER):
            yield f"{schema}.{name} is not in the schema that is looked at"


def _session_state(run: Run) -> Iterator[Place]:
    for place, step in enumerate(run.steps):
        for each in step.each(SetVariable):
            is_left = each.value and not each.is_local and not step.by_technique
            behind = (other for later in run.steps[place + 1 :] for other in later.each(SetVariable))
            if is_left and not any(_replaces(other, each) for other in behind):
                yield Place(f"{each.name.lower()} stays so for the revisions that come after", step)


def _replaces(later: SetVariable, one: SetVariable) -> bool:
    """Tell whether a setting is set back, or set again, which is another's matter then."""
    is_of_all = later.name == "all" and not later.value
    return not later.is_local and (is_of_all or later.name.lower() == one.name.lower())


def _outside(run: Run) -> Iterator[Place]:
    yield from (Place(what, line=line) for what, line in outside(run.tree))


def _sleeps(run: Run) -> Iterator[Place]:
    yield from (Place(f"{what}, with all locks that its transaction has", line=line) for what, line in sleeps(run.tree))


def _application(run: Run) -> Iterator[Place]:
    for node in ast.walk(run.tree):
        for module in imported(node):
            known = module.partition(".")[0] in sys.stdlib_module_names
            if not known and not any(module == each or module.startswith(f"{each}.") for each in _PACKAGES):
                yield Place(f"it imports {module}, which changes when code does", line=getattr(node, "lineno", None))


def _edited(run: Run) -> Iterator[Place]:
    if run.edited:
        yield Place("databases that have it already will never see what it says now")


def _inserted(run: Run) -> Iterator[Place]:
    if run.overtaken_by:
        yield Place(f"it stands before {run.overtaken_by}, which databases may have already")


RULES: Final = (
    Rule(
        id="L51",
        name="irreversible-unmarked",
        catches="a downgrade that does nothing, under a header that promises one",
        effect="A roll-back says that it worked, and the schema is as it was.",
        safe="Write it; or `downgrade=Impossible(reason)` and `refuse_downgrade(reason)`.",
        bad=Example(schema=ORDERS, sql=(_COLUMN,), downgrade="Lossless()", undo=("> pass",), also=("*",)),
        good=Example(schema=ORDERS, sql=(_COLUMN,)),
        decide=_unmarked,
    ),
    Rule(
        id="L52",
        name="down-loses-data",
        catches="a downgrade that drops what the revision added, under a header that says Lossless",
        effect="What was written there since is lost, and nobody is asked.",
        safe="`downgrade=Lossy(lost=..., columns=(...))`: then `migrate down` counts it and asks.",
        bad=Example(schema=ORDERS, sql=(_COLUMN,), undo=(_BACK,), downgrade="Lossless()"),
        good=Example(
            schema=ORDERS,
            sql=(_COLUMN,),
            undo=(_BACK,),
            downgrade='Lossy(lost="ranks", columns=("orders.rank",))',
        ),
        decide=_loses,
    ),
    Rule(
        id="L61a",
        name="search-path-left-open",
        catches="a SECURITY DEFINER function without SET search_path",
        effect="Whoever may make a table or an operator in a schema of theirs runs code with the owner's rights.",
        safe="SET search_path = ... in the function.",
        bad=Example(schema=ORDERS, sql=(_DEFINER.format(""),)),
        good=Example(schema=ORDERS, sql=(_DEFINER.format("SET search_path = pg_catalog, public"),)),
        decide=by_step(_open_search_path),
    ),
    Rule(
        id="L61b",
        name="other-schema",
        catches="a table of another schema than the line's",
        effect="These rules, the trace, the proofs and the fingerprint look at the line's schema: nobody saw this one.",
        safe="Leave the schema's name out, for the session knows it; another schema has a line of its own.",
        bad=Example(schema=_ARCHIVE, sql=("ALTER TABLE archive.entries ADD COLUMN rank int",)),
        good=Example(schema=ORDERS, sql=(_COLUMN,)),
        decide=by_step(_other_schema),
    ),
    Rule(
        id="L69",
        name="session-state",
        catches="SET without LOCAL",
        effect="The setting, role or search_path stays for all revisions of the run that come after.",
        safe="SET LOCAL; in a revision without transaction, set it back.",
        bad=Example(schema=ORDERS, sql=("SET work_mem = '64MB'", _COLUMN)),
        good=Example(schema=ORDERS, sql=("SET LOCAL work_mem = '64MB'", _COLUMN)),
        decide=_session_state,
    ),
    Rule(
        id="L70b",
        name="reads-surroundings",
        catches="a revision that reads the environment, the clock or the network, or draws lots",
        effect="It does one thing here and another there, and the trace, the plan and the proofs are of neither.",
        safe="Constants in the file.",
        bad=Example(schema=ORDERS, imports="import os", sql=("> os.environ.get('REGION')", _COLUMN)),
        good=Example(schema=ORDERS, sql=(_COLUMN,)),
        decide=_outside,
    ),
    Rule(
        id="L70d",
        name="sleeps-in-python",
        catches="time.sleep",
        effect="Everybody behind the locks of the revision sleeps along.",
        safe="Leave it out: the runner waits where waiting is of use.",
        bad=Example(schema=ORDERS, imports="import time", sql=("> time.sleep(0)", _COLUMN)),
        good=Example(schema=ORDERS, sql=(_COLUMN,)),
        decide=_sleeps,
    ),
    Rule(
        id="L71",
        name="imports-models",
        catches="imports of the application's own code",
        effect="The revision does another thing as soon as the code changes, or cannot be imported any more.",
        safe="Write SQL, or tables of its own (`sa.table`).",
        bad=Example(schema=ORDERS, imports="import dbkit.types", sql=(_COLUMN,)),
        good=Example(schema=ORDERS, sql=(_COLUMN,)),
        decide=_application,
    ),
    Rule(
        id="L76",
        name="edited-after-release",
        catches="a file that is not what the branch of --new-since has",
        effect="Databases that have the revision never see what changed: two of one revision differ.",
        safe="Put it back, and write what is new into a revision of its own.",
        bad=Example(schema=ORDERS, sql=(_COLUMN,), is_edited=True),
        good=Example(schema=ORDERS, sql=(_COLUMN,)),
        decide=_edited,
    ),
    Rule(
        id="L77",
        name="not-at-the-end",
        catches="a new revision that stands before one which the branch of --new-since has",
        effect="Databases that are past it never run it.",
        safe="`dbkit migrate rebase`.",
        bad=Example(schema=ORDERS, sql=(_COLUMN,), overtaken_by="20250101000000 add_rank"),
        good=Example(schema=ORDERS, sql=(_COLUMN,)),
        decide=_inserted,
    ),
)
