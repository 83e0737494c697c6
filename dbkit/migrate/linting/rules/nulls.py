"""Rules about columns that become NOT NULL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dbkit.migrate.linting.actions import AddConstraint, AlterColumn
from dbkit.migrate.linting.facts import Constraint
from dbkit.migrate.linting.model import Example, Rule, by_step
from dbkit.migrate.linting.parsing import never_null
from dbkit.migrate.linting.rules.schemas import ORDERS
from dbkit.migrate.linting.steps import Step

__all__ = ["RULES"]

_SET: Final = "ALTER TABLE orders ALTER COLUMN total SET NOT NULL"
_CLAIMED: Final = f"{ORDERS}; ALTER TABLE orders ADD CONSTRAINT ck_orders_total CHECK (total IS NOT NULL) NOT VALID"


def _set_not_null(step: Step) -> Iterator[str]:
    for table, name in _demanded(step):
        if step.is_scanned(table) and not _claims(step, table, name):
            yield f"all rows of {table} are read under ACCESS EXCLUSIVE to see that {name} is never NULL"
    for each in step.each(AddConstraint):
        if each.constraint.kind == "not null" and each.constraint.is_valid and step.in_use(each.table) is not None:
            names = ", ".join(each.constraint.columns)
            yield f"all rows of {each.table} are read under ACCESS EXCLUSIVE to see that {names} is never NULL"


def _over_not_valid(step: Step) -> Iterator[str]:
    for table, name in _demanded(step):
        claims = _claims(step, table, name)
        if claims and step.is_scanned(table):
            said = ", ".join(each.name for each in claims)
            yield f"{said} is NOT VALID: all rows of {table} are read under ACCESS EXCLUSIVE for {name}"


def _demanded(step: Step) -> Iterator[tuple[str, str]]:
    """Return the tables and columns of SET NOT NULL."""
    for each in step.each(AlterColumn):
        if each.what == "set not null":
            yield each.table, each.name


def _claims(step: Step, table: str, column: str) -> list[Constraint]:
    """Return the constraints that say it already, and have not been validated."""
    found = step.before.tables.get(table)
    constraints = () if found is None else found.constraints.values()
    return [each for each in constraints if not each.valid and _says(each, column)]


def _says(constraint: Constraint, column: str) -> bool:
    if constraint.kind == "n":
        return constraint.columns == (column,)
    return constraint.kind == "c" and column in never_null(constraint.definition)


RULES: Final = (
    Rule(
        id="L28",
        name="set-not-null",
        catches="NOT NULL of a column of a table in use that no validated CHECK holds already",
        effect="ACCESS EXCLUSIVE while all rows are read.",
        safe="`set_not_null(table, column, check=...)`: a CHECK is added NOT VALID, validated, relied on and dropped.",
        recipes={18: "ADD CONSTRAINT ... NOT NULL column NOT VALID, then VALIDATE CONSTRAINT."},
        bad=Example(schema=ORDERS, sql=(_SET,), phase="CONTRACT"),
        good=Example(
            schema=ORDERS,
            sql=("> set_not_null('orders', 'total', check='ck_orders_total_present')",),
            phase="CONTRACT",
            transactional=False,
        ),
        decide=by_step(_set_not_null),
    ),
    Rule(
        id="L29",
        name="set-not-null-over-not-valid",
        catches="SET NOT NULL where a constraint says so that was never validated",
        effect="What is NOT VALID proves nothing: ACCESS EXCLUSIVE while all rows are read, as without it.",
        safe="VALIDATE CONSTRAINT in a revision before, beside readers and writers; then SET NOT NULL reads nothing.",
        recipes={18: "VALIDATE CONSTRAINT of the NOT NULL constraint, and nothing else: then the column is NOT NULL."},
        bad=Example(schema=_CLAIMED, sql=(_SET,), phase="CONTRACT"),
        good=Example(
            schema=f"{_CLAIMED}; ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total", sql=(_SET,), phase="CONTRACT"
        ),
        decide=by_step(_over_not_valid),
    ),
)
