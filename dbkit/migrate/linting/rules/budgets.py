"""Rules about what a revision's header allows it, on tables as large as production's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dbkit.migrate.forecast.ranges import seconds_words
from dbkit.migrate.linting.model import Example, Place, Rule
from dbkit.migrate.linting.rules.schemas import ORDERS
from dbkit.migrate.linting.steps import Run
from dbkit.migrate.table_locks import STRONG

__all__ = ["RULES"]

_VALIDATE: Final = "ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total"
_CLAIMED: Final = f"{ORDERS}; ALTER TABLE orders ADD CONSTRAINT ck_orders_total CHECK (total >= 0) NOT VALID"
_LARGE: Final = {"orders": 50_000_000}


def _above(run: Run) -> Iterator[Place]:
    allowed = run.revision.header.seconds_max
    if allowed is None or not run.sizes_of:
        return
    if run.forecast is None:
        yield Place(f"its header allows {allowed:g} s, and nobody knows how long it takes: see `dbkit migrate plan`")
    elif run.forecast.high > allowed:
        taken = seconds_words(run.forecast)
        yield Place(
            f"it takes {taken} on tables as large as those of {run.sizes_of}, and its header allows {allowed:g} s"
        )


def _larger(run: Run) -> Iterator[Place]:
    """Tell of tables that have outgrown the number of rows up to which others may be stopped."""
    waived = run.revision.header.online_waived
    for name, lock in run.revision.header.locks.items():
        rows = (run.settings.rows or {}).get(name, 0)
        if waived is not None and lock in STRONG and rows > waived.rows_max:
            yield Place(f"{name} has {rows:,} rows, and others may be stopped up to {waived.rows_max:,}")


def _over(run: Run) -> Iterator[Place]:
    yield from _above(run)
    yield from _larger(run)


RULES: Final = (
    Rule(
        id="L75",
        name="budget",
        catches="a revision that takes longer than its header's seconds_max, or meets more rows than online_waived; "
        "with --stats",
        effect="What its author took for short is not, on this database.",
        safe="Split it, or write down how long it may take; `--calibrate` makes the range narrow.",
        bad=Example(schema=_CLAIMED, sql=(_VALIDATE,), rows=_LARGE, seconds_max=1),
        good=Example(schema=_CLAIMED, sql=(_VALIDATE,), rows=_LARGE, seconds_max=3600),
        decide=_over,
    ),
)
