"""Lines of revisions for tests: folders as dbkit's own, with statements that a test chooses."""

from __future__ import annotations

from pathlib import Path

from dbkit.migrate.line import Line
from dbkit.migrate.sum import write

_FILE = '''"""{title}."""

from __future__ import annotations

import os

from alembic import op

from dbkit.migrate.header import Header, Impossible, Lock, Lossless, Lossy, Phase, Waived
from dbkit.migrate.techniques import *

revision = "{id}"
down_revision = {parent!r}

header = Header(phase=Phase.{phase}, transactional={transactional}, downgrade={downgrade}, locks={locks})


def upgrade() -> None:
{upgrade}


def downgrade() -> None:
{undo}
'''


class LineFolder:
    """A line's folder; `add` appends a revision and hashes the line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "versions").mkdir(parents=True, exist_ok=True)

    def add(
        self,
        slug: str,
        *upgrade: str,
        undo: tuple[str, ...] = (),
        transactional: bool = True,
        downgrade: str = "Lossless()",
        phase: str = "EXPAND",
        locks: str = "{}",
        id: str | None = None,
    ) -> str:
        """Append a revision of these SQL statements (or, with a leading `>`, of Python), and return its id."""
        line = Line.read(self.folder)
        head = line.head.id if line.head else None
        id = id or (str(int(head) + 1) if head else "20240101000001")
        text = _FILE.format(
            title=slug.replace("_", " ").capitalize(),
            id=id,
            parent=head,
            phase=phase,
            transactional=transactional,
            downgrade=downgrade,
            locks=locks,
            upgrade=_body(upgrade),
            undo=_body(undo),
        )
        self.path(id, slug).write_text(text)
        self.hash()
        return id

    def path(self, id: str, slug: str) -> Path:
        return self.folder / "versions" / f"{id}_{slug}.py"

    def hash(self) -> None:
        write(Line.read(self.folder))

    def tables(self, *names: str) -> list[str]:
        """Append a revision for each table."""
        return [
            self.add(f"create_{name}", f"CREATE TABLE {name} (id int)", undo=(f"DROP TABLE {name}",)) for name in names
        ]


def _body(lines: tuple[str, ...]) -> str:
    calls = [each[1:] if each.startswith(">") else f"op.execute({each!r})" for each in lines]
    return "\n".join(f"    {each}" for each in calls or ["pass"])
