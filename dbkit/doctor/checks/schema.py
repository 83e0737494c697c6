"""The schema: its revision, its extensions, and what of it is half done or nearly used up."""

from __future__ import annotations

from collections.abc import Iterator

from dbkit.doctor.check import Check
from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import Facts, Sequence
from dbkit.doctor.findings import Area, Finding, danger, warning
from dbkit.doctor.unseen import NotChecked, seen
from dbkit.doctor.words import listed, plural, within

__all__ = ["CHECKS"]

_DANGER_PERCENT = 95


def _revision(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    state = seen(facts.schema)
    if state.refusal is not None:
        yield danger(within(state.refusal.happened), state.refusal.to_do.removesuffix("."), "dbkit migrate status URL")
    elif state.place is not None and state.place.pending:
        pending = state.place.pending
        yield warning(
            f"the schema is at {state.place}: {plural(pending, 'revision is', 'revisions are')} not applied",
            "Apply them before code runs that relies on them",
            "dbkit migrate apply URL",
        )


def _extensions(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    installed = {extension.name.strip('"'): extension for extension in seen(facts.extensions)}
    for name, extension in installed.items():
        if extension.available is None:
            yield danger(
                f"the extension {name} is installed, and its files are not on the server: what uses it fails",
                "Install the package of this extension for this version of PostgreSQL",
            )
        elif extension.available != extension.installed:
            yield warning(
                f"the extension {name} is at {extension.installed}, and the server has {extension.available}",
                "Update it; read its release notes first",
                f"ALTER EXTENSION {extension.name} UPDATE;",
            )
    for name in seen(facts.schema).extensions:
        if name not in installed:
            yield danger(
                f"the schema's revisions create the extension {name}, and it is not there",
                "Create it again",
                f'CREATE EXTENSION "{name}";',
            )


def _invalid_indexes(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    for index in seen(facts.invalid_indexes):
        if index.is_being_built:
            continue
        if index.is_partitioned:
            yield warning(
                f"the index {index.name} of {index.table} is not valid: a partition has none that belongs to it",
                "Create it on each partition that lacks it, and attach it",
                f"ALTER INDEX {index.name} ATTACH PARTITION index_of_the_partition;",
            )
            continue
        remedy = (
            f"DROP INDEX CONCURRENTLY {index.name};"
            if index.is_leftover
            else f"REINDEX INDEX CONCURRENTLY {index.name};"
        )
        yield warning(
            f"the index {index.name} of {index.table} is not valid: its build failed. It is no help to reads, and each"
            " write pays for it",
            "Drop what a failed build left behind" if index.is_leftover else "Build it again, or drop it",
            remedy,
        )


def _duplicate_indexes(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    for index in seen(facts.duplicate_indexes):
        yield warning(
            f"the index {index.name} of {index.table} does what {index.kept} does as well: each write pays for both",
            "Drop it, by a revision",
            f"DROP INDEX CONCURRENTLY {index.name};",
        )


def _constraints(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    for constraint in seen(facts.constraints):
        yield warning(
            f"the constraint {constraint.name} of {constraint.table} was never validated: older rows may break it",
            "Validate it, which reads the table and lets others write meanwhile",
            f"ALTER TABLE {constraint.table} VALIDATE CONSTRAINT {constraint.name};",
        )


def _sequences(facts: Facts, expected: Expected) -> Iterator[Finding]:
    hidden: list[str] = []
    for sequence in seen(facts.sequences):
        if not sequence.is_readable:
            hidden.append(sequence.name)
        elif sequence.last_value is not None:
            percent = 100 * sequence.last_value / sequence.limit
            if percent >= expected.limits.sequence_percent:
                yield _nearly_used_up(sequence, percent)
    if hidden:
        raise NotChecked(f"needs USAGE on {plural(hidden, 'sequence', 'sequences')} ({listed(hidden)})")


def _nearly_used_up(sequence: Sequence, percent: float) -> Finding:
    tell = danger if percent >= _DANGER_PERCENT else warning
    filled = f", which fills {sequence.column}," if sequence.column else ""
    widen = sequence.column is not None and sequence.column_type in ("integer", "smallint")
    commands = [f"ALTER SEQUENCE {sequence.name} AS bigint MAXVALUE 9223372036854775807;"]
    if widen and sequence.column is not None:
        table, _, column = sequence.column.rpartition(".")
        commands.insert(0, f"ALTER TABLE {table} ALTER COLUMN {column} TYPE bigint;")
    return tell(
        f"the sequence {sequence.name}{filled} is at {sequence.last_value} of {sequence.limit} ({percent:.0f} %)",
        "Make the column bigint, by a revision that fills a new column: the plain statement rewrites the table under a"
        " lock that stops everybody"
        if widen
        else "Give it more numbers",
        *commands,
    )


CHECKS = (
    Check("revision", Area.SCHEMA, "the schema is at the last revision of this code's line", _revision),
    Check("extensions", Area.SCHEMA, "the extensions that the schema needs are there, and up to date", _extensions),
    Check("invalid_indexes", Area.SCHEMA, "no build of an index has failed", _invalid_indexes),
    Check("duplicate_indexes", Area.SCHEMA, "no index does what another does as well", _duplicate_indexes),
    Check("constraints", Area.SCHEMA, "all constraints were validated", _constraints),
    Check("sequences", Area.SCHEMA, "no sequence, and no column that one fills, is near its last number", _sequences),
)
