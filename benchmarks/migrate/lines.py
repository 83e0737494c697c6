"""Lines of revisions that both commands run, with the env.py that Alembic's documentation has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dbkit.migrate.line import Line
from dbkit.migrate.sum import write

__all__ = ["Revision", "write_config", "write_line"]

_FILE = '''"""Step {id}."""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import backfill

revision = "{id}"
down_revision = {parent!r}

header = Header(
    phase=Phase.EXPAND, transactional={transactional}, downgrade=Lossless(), locks={{{locks}}}
)


def upgrade() -> None:
    {call}


def downgrade() -> None:
    pass
'''
_ENV = """from __future__ import annotations

import os

import psycopg
from alembic import context
from sqlalchemy import NullPool, create_engine

engine = create_engine(
    "postgresql+psycopg://", creator=lambda: psycopg.connect(os.environ["DBKIT_URL"]), poolclass=NullPool
)
with engine.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
"""


@dataclass(frozen=True)
class Revision:
    """A revision of one call; `locked` is the table that it locks against everybody."""

    call: str
    locked: str = ""
    transactional: bool = True


def write_line(folder: Path, revisions: Sequence[Revision]) -> None:
    """Write a line into an empty folder."""
    (folder / "versions").mkdir()
    parent: str | None = None
    for number, revision in enumerate(revisions):
        id = f"2024010100{number // 60:02}{number % 60:02}"
        locks = f'"{revision.locked}": Lock.ACCESS_EXCLUSIVE' if revision.locked else ""
        text = _FILE.format(id=id, parent=parent, transactional=revision.transactional, locks=locks, call=revision.call)
        (folder / "versions" / f"{id}_step.py").write_text(text)
        parent = id
    (folder / "env.py").write_text(_ENV)
    write(Line.read(folder))


def write_config(folder: Path, line: Path) -> Path:
    """Write the file that Alembic's command reads into a folder, and return it."""
    config = folder / "alembic.ini"
    config.write_text(f"[alembic]\nscript_location = {line}\npath_separator = os\n")
    return config
