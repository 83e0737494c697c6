"""What there is to do for a table's partitions: pure arithmetic over what is there and what is declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from dbkit.migrate.header import Lock
from dbkit.migrate.partitions.layout import Layout, Part, Retired
from dbkit.migrate.partitions.marking import mark
from dbkit.models.partition import default_partition
from dbkit.operations.months import month_of, months_back, months_from
from dbkit.sqldb.partitions import Making, partition_name

__all__ = ["Kind", "Task", "tasks_of"]


class Kind(StrEnum):
    """What is done with a partition."""

    MAKE = "make"
    RETIRE = "retire"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do with a partition, in one transaction.

    `statements` come first and stand in nobody's way; `last` takes `locks`, which do.
    """

    kind: Kind
    table: str
    partition: str
    why: str
    statements: tuple[str, ...]
    last: str
    locks: Mapping[str, Lock]

    def __str__(self) -> str:
        return f"{self.kind} {self.partition}: {self.why}"

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {"do": str(self.kind), "table": self.table, "partition": self.partition, "why": self.why}


def tasks_of(layout: Layout) -> tuple[Task, ...]:
    """Return what there is to do, what is most urgent first: partitions to make before those that may go."""
    return (*_to_make(layout), *_to_retire(layout), *_to_drop(layout))


def _to_make(layout: Layout) -> Iterator[Task]:
    for low, high in months_from(layout.at, layout.months.ahead):
        if any(part.low < high and part.high > low for part in layout.parts):
            continue
        table, default = layout.table.name, default_partition(layout.table)
        making = Making.of(layout.table, low, high)
        yield Task(
            Kind.MAKE,
            table,
            partition_name(layout.table, low),
            f"rows from {low:%Y-%m-%d} on have no partition",
            (making.create, making.move),
            making.attach,
            # The default one is looked through for rows that belong into the new one.
            {default: Lock.ACCESS_EXCLUSIVE} | dict.fromkeys(layout.referenced, Lock.SHARE_ROW_EXCLUSIVE),
        )


def _to_retire(layout: Layout) -> Iterator[Task]:
    months = layout.months
    if months.kept is None:
        return
    before = months_back(month_of(layout.at), months.kept)
    if layout.kept_days is not None:
        before = min(before, layout.at - timedelta(days=layout.kept_days))
    for part in layout.parts:
        if part.high <= before:
            yield _retire(layout, part)


def _retire(layout: Layout, part: Part) -> Task:
    table = layout.table.name
    return Task(
        Kind.RETIRE,
        table,
        part.name,
        f"its rows are from before {part.high:%Y-%m-%d}",
        (),
        # Together: one without the other would be a table that nobody knows anything of.
        f"ALTER TABLE {table} DETACH PARTITION {part.name}; COMMENT ON TABLE {part.name} IS '{mark(table, layout.at)}'",
        {table: Lock.ACCESS_EXCLUSIVE} | dict.fromkeys(layout.referenced, Lock.SHARE_ROW_EXCLUSIVE),
    )


def _to_drop(layout: Layout) -> Iterator[Task]:
    grace = timedelta(days=layout.months.grace_days)
    for retired in layout.retired:
        if layout.at >= retired.at + grace:
            yield _drop(layout, retired)


def _drop(layout: Layout, retired: Retired) -> Task:
    return Task(
        Kind.DROP,
        layout.table.name,
        retired.name,
        f"it was retired on {retired.at:%Y-%m-%d}",
        (),
        f'DROP TABLE "{retired.name}"',
        {retired.name: Lock.ACCESS_EXCLUSIVE} | dict.fromkeys(layout.referenced, Lock.ACCESS_EXCLUSIVE),
    )
