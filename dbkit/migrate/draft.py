"""A draft of a revision: what has to be done to the head of a line so that it becomes what the models say.

The models' schema and the line's are built beside each other and compared as catalogues, so nothing
that PostgreSQL knows goes unseen. The draft is tried, both ways; what it does not bring about is told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import MetaData

from dbkit.migrate.catalog import Catalog, Difference, not_compared
from dbkit.migrate.drafting import statements
from dbkit.migrate.foreign.imports import importing_from
from dbkit.migrate.foreign.line import ForeignLine
from dbkit.migrate.line import Line
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.models import OWN_MODELS, create_all, metadata_of
from dbkit.migrate.new import Draft
from dbkit.migrate.scratch import scratch_databases
from dbkit.migrate.scratch_runs import apply_within
from dbkit.migrate.session import Connection, Session, failure
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["draft_from_models"]

Ask = Callable[[str], bool]


def draft_from_models(
    line: Path | None,
    models: str = OWN_MODELS,
    *,
    renames: Sequence[str] = (),
    dev_url: str | None = None,
    ask: Ask = lambda _question: False,
    seconds_max: float = SECONDS_MAX,
) -> Draft:
    """Draft what leads from a line's head to its models, named `module:name`.

    Of a line that Alembic made these are, unless named, the models that its `env.py` hands over.
    `renames` are `old=new`, for a table or `table.column`; `ask` is asked about what looks like one. The
    line must be whole and hashed; errors as `apply`, and `RevisionEndless` for a revision of it that has a statement
    of more than `seconds_max`, or takes twice as long.
    """
    read = Line.read(line)
    metadata, without = _metadata(read, models), not_compared(read.version_table.name)
    wanted = [_Rename.parse(each) for each in renames]
    with scratch_databases(2, dev_url) as (of_line, of_models):
        apply_within(seconds_max, of_line, line, one_by_one=False)
        try:
            create_all(of_models, metadata)
            with Session(of_line) as ours, Session(of_models) as theirs:
                return _draft(ours.connection, _read(theirs.connection, without), wanted, ask, without)
        except psycopg.Error as error:
            failed = error
        raise failure(failed)


def _metadata(line: Line, models: str) -> MetaData:
    if not isinstance(line, ForeignLine):
        return metadata_of(models)
    handed = line.project.target_metadata
    with importing_from(line.project.settings.import_paths):
        return metadata_of(handed if handed and models == OWN_MODELS else models)


@dataclass(frozen=True, slots=True)
class _Rename:
    """A table, or a column of a table, under a new name."""

    table: str
    column: str
    to: str

    @classmethod
    def parse(cls, text: str) -> _Rename:
        old, _, new = text.partition("=")
        table, _, column = old.partition(".")
        to = new.rpartition(".")[2]
        if not table or not to:
            raise ConfigurationInvalid(f"{text!r} is no rename", advice="Write old=new, or table.old=new.")
        return cls(table, column, to)

    def statement(self) -> str:
        what = f" COLUMN {self.column}" if self.column else ""
        return f"ALTER TABLE {self.table} RENAME{what} TO {self.to}"

    def undo(self) -> str:
        table = self.table if self.column else self.to
        what = f" COLUMN {self.to}" if self.column else ""
        return f"ALTER TABLE {table} RENAME{what} TO {self.column or self.table}"


def _draft(connection: Connection, goal: Catalog, renames: list[_Rename], ask: Ask, without: Collection[str]) -> Draft:
    start = _read(connection, without)
    renames = [*renames, *_asked(start.compare(goal), renames, ask)]
    left = _run(connection, [each.statement() for each in renames])
    renamed = _read(connection, without)
    ahead, back = renamed.compare(goal), goal.compare(renamed)
    upgrade = statements(ahead)
    downgrade = [*statements(back), *(each.undo() for each in reversed(renames))]
    left += _run(connection, upgrade)
    left += [str(each) for each in _read(connection, without).compare(goal)]
    if not left:
        # Tried as well, where the way there has led there.
        left += _run(connection, downgrade)
        left += [f"on the way back, {each}" for each in _read(connection, without).compare(start)]
    tables = _names(ahead, "table")
    columns = [each for each in _names(ahead, "column") if each.partition(".")[0] not in tables]
    return Draft(
        (*(each.statement() for each in renames), *upgrade),
        tuple(downgrade),
        tuple(tables),
        tuple(columns),
        tuple(left),
    )


def _read(connection: Connection, without: Collection[str]) -> Catalog:
    return Catalog.read(connection, without=without).without_partitions()


def _run(connection: Connection, lines: list[str]) -> list[str]:
    """Run statements, and return those that the server refuses."""
    refused: list[str] = []
    for line in lines:
        try:
            connection.execute(line.encode())
        except psycopg.Error as error:
            refused.append(f"{' '.join(line.split())} ({type(error).__name__})")
    return refused


def _names(differences: list[Difference], kind: str) -> list[str]:
    """Return what of this kind is made or dropped, but for generated columns: their values are made anew."""
    return [
        each.name.partition(" ")[2]
        for each in differences
        if each.name.startswith(f"{kind} ")
        and None in (each.before, each.after)
        and "GENERATED ALWAYS AS (" not in f"{each.before}{each.after}"
    ]


def _asked(found: list[Difference], known: list[_Rename], ask: Ask) -> list[_Rename]:
    """Ask about columns that went where others of the same definition came."""
    gone = [each for each in found if each.name.startswith("column ") and each.after is None]
    made = [each for each in found if each.name.startswith("column ") and each.before is None]
    answers: list[_Rename] = []
    for old in gone:
        table, _, column = old.name.removeprefix("column ").partition(".")
        if any((each.table, each.column) in ((table, column), (table, "")) for each in known):
            continue
        for new in made:
            its_table, _, name = new.name.removeprefix("column ").partition(".")
            if (
                its_table == table
                and new.after == old.before
                and ask(f"Is {table}.{name} the renamed {table}.{column}?")
            ):
                made.remove(new)
                answers.append(_Rename(table, column, name))
                break
    return answers
