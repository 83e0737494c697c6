"""Rules about partitions: how they come and go beside traffic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dbkit.migrate.linting.actions import AttachPartition, CreateTable, DetachPartition
from dbkit.migrate.linting.model import Example, Rule, by_step
from dbkit.migrate.linting.rules.schemas import MEASURES
from dbkit.migrate.linting.steps import Step

__all__ = ["RULES"]

_NEXT: Final = "CREATE TABLE measures_2025 (day date NOT NULL, value numeric, PRIMARY KEY (day))"
_BOUND: Final = "FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')"
_ATTACH: Final = f"ALTER TABLE measures ATTACH PARTITION measures_2025 {_BOUND}"
_CHECK: Final = (
    "ALTER TABLE measures_2025 ADD CONSTRAINT ck_measures_2025_bound CHECK (day >= '2025-01-01' AND day < '2026-01-01')"
)


def _of_live_parent(step: Step) -> Iterator[str]:
    for each in step.each(CreateTable):
        if each.parent and step.in_use(each.parent) is not None:
            yield f"{each.table} is made as a partition of {each.parent}, which is locked against everybody for it"


def _without_check(step: Step) -> Iterator[str]:
    for each in step.each(AttachPartition):
        if not each.is_default and step.is_scanned(each.partition):
            yield f"all rows of {each.partition} are read under ACCESS EXCLUSIVE to see if they fit {each.table}"


def _not_concurrent(step: Step) -> Iterator[str]:
    for each in step.each(DetachPartition):
        if not each.concurrently and step.in_use(each.table) is not None:
            yield f"{each.partition} is detached under a lock that stops everybody on {each.table}"


def _default(step: Step) -> Iterator[str]:
    for each in step.each(CreateTable):
        if each.is_default_partition:
            yield f"{each.table} is the default partition of {each.parent}"
    for attached in step.each(AttachPartition):
        if attached.is_default:
            yield f"{attached.partition} becomes the default partition of {attached.table}"


RULES: Final = (
    Rule(
        id="L15",
        name="partition-of-live-parent",
        catches="CREATE TABLE ... PARTITION OF a table that is in use",
        effect="ACCESS EXCLUSIVE on the parent: nobody reads or writes any partition.",
        safe="CREATE TABLE of the same shape, then ATTACH PARTITION, which takes SHARE UPDATE EXCLUSIVE on the parent.",
        bad=Example(schema=MEASURES, sql=(f"CREATE TABLE measures_2025 PARTITION OF measures {_BOUND}",)),
        good=Example(schema=MEASURES, sql=(_NEXT, _ATTACH)),
        decide=by_step(_of_live_parent),
    ),
    Rule(
        id="L16",
        name="attach-without-check",
        catches="ATTACH PARTITION of a table in use without a validated CHECK that says what the bound does",
        effect="All of its rows are read under ACCESS EXCLUSIVE.",
        safe="Add a CHECK equal to the bound NOT VALID, validate it in a revision of its own, then attach.",
        bad=Example(schema=f"{MEASURES}; {_NEXT}", sql=(_ATTACH,)),
        good=Example(schema=f"{MEASURES}; {_NEXT}; {_CHECK}", sql=(_ATTACH,)),
        decide=by_step(_without_check),
    ),
    Rule(
        id="L17",
        name="detach-not-concurrent",
        catches="DETACH PARTITION without CONCURRENTLY",
        effect="ACCESS EXCLUSIVE on the parent and on the partition.",
        safe="DETACH PARTITION ... CONCURRENTLY in a revision with `transactional=False`.",
        bad=Example(schema=MEASURES, sql=("ALTER TABLE measures DETACH PARTITION measures_2024",)),
        good=Example(
            schema=MEASURES,
            sql=("ALTER TABLE measures DETACH PARTITION measures_2024 CONCURRENTLY",),
            transactional=False,
        ),
        decide=by_step(_not_concurrent),
    ),
    Rule(
        id="L18",
        name="default-partition",
        catches="a default partition",
        effect="Every later ATTACH locks it ACCESS EXCLUSIVE and reads it; with one, CONCURRENTLY cannot detach.",
        safe="Make partitions ahead of time, and let a row outside of them be refused.",
        bad=Example(
            sql=(
                "CREATE TABLE visits (day date PRIMARY KEY) PARTITION BY RANGE (day)",
                "CREATE TABLE visits_other PARTITION OF visits DEFAULT",
            ),
        ),
        good=Example(
            sql=(
                "CREATE TABLE visits (day date PRIMARY KEY) PARTITION BY RANGE (day)",
                f"CREATE TABLE visits_2025 PARTITION OF visits {_BOUND}",
            ),
        ),
        decide=by_step(_default),
    ),
)
