"""Tables and transaction ids: what vacuum and analyze have left undone."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from dbkit.doctor.check import Check
from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import Facts, Table
from dbkit.doctor.findings import Area, Finding, danger, warning
from dbkit.doctor.unseen import seen
from dbkit.doctor.words import duration

__all__ = ["CHECKS"]

_IDS = 2**31
_IDS_DANGER = 1_200_000_000
_SHARE_PERCENT = 20


def _dead_rows(facts: Facts, expected: Expected) -> Iterator[Finding]:
    for table in seen(facts.tables):
        share = 100 * table.dead_rows / max(table.dead_rows + table.live_rows, 1)
        # Beyond its threshold autovacuum is on its way; at twice as many, it does not come or does not get on.
        overdue = table.dead_rows > 2 * table.vacuum_threshold
        if table.dead_rows >= expected.limits.dead_rows and share >= _SHARE_PERCENT and overdue:
            yield warning(
                f"{share:.0f} % of the rows of {table.name} are dead ({table.dead_rows}, vacuumed {_when(table)}):"
                " reads go through them",
                "Vacuum it; where they stay, an old transaction, a slot or a prepared transaction still sees them",
                f"VACUUM (ANALYZE) {table.name};",
            )


def _when(table: Table) -> str:
    return "never" if table.vacuumed_seconds_ago is None else f"{duration(table.vacuumed_seconds_ago)} ago"


def _statistics(facts: Facts, expected: Expected) -> Iterator[Finding]:
    for table in seen(facts.tables):
        many = max(expected.limits.changed_rows, table.live_rows)
        if table.changed_rows >= many or (
            table.changed_rows >= expected.limits.changed_rows and not table.was_analyzed
        ):
            yield warning(
                f"{table.changed_rows} rows of {table.name} changed since it was analyzed: plans are made for other"
                " data",
                "Analyze it",
                f"ANALYZE {table.name};",
            )


def _transaction_ids(facts: Facts, expected: Expected) -> Iterator[Finding]:
    for database in seen(facts.databases):
        for age, what in ((database.transaction_age, "transaction"), (database.multixact_age, "multixact")):
            if age >= expected.limits.transaction_ids:
                tell = danger if age >= _IDS_DANGER else warning
                yield tell(
                    f"{database.name} has used {100 * age / _IDS:.0f} % of its {what} ids ({age}): when they run out,"
                    " the server takes no more writes",
                    "End old transactions, drop slots that nobody uses, then vacuum all of the database",
                    f"vacuumdb --freeze --jobs=4 --dbname={quote(database.name)}",
                )


CHECKS = (
    Check("dead_rows", Area.STORAGE, "vacuum keeps up with dead rows, by the statistics", _dead_rows),
    Check("statistics", Area.STORAGE, "tables were analyzed since most of their rows changed", _statistics),
    Check(
        "transaction_ids", Area.STORAGE, "no database runs out of transaction ids or multixact ids", _transaction_ids
    ),
)
