"""The rules' examples as revisions: what the documents show, and what the tests run."""

from __future__ import annotations

import textwrap

from dbkit.migrate.linting.model import Example

__all__ = ["revision_text"]

_FILE = '''"""Show a rule."""

from __future__ import annotations
{imports}
from alembic import op

from dbkit.migrate.header import Header, Impossible, Lossless, Lossy, Phase
from dbkit.migrate.techniques import *

revision = "{id}"
down_revision = None

header = Header(phase=Phase.{phase}, transactional={transactional}, downgrade={downgrade}{allowed})


def upgrade() -> None:
{upgrade}


def downgrade() -> None:
{undo}
'''


def revision_text(example: Example, id: str) -> str:
    """Return an example as the file of a revision."""
    return _FILE.format(
        id=id,
        imports=f"{example.imports}\n" if example.imports else "",
        phase=example.phase,
        transactional=example.transactional,
        downgrade=example.downgrade,
        allowed=f", seconds_max={example.seconds_max}" if example.seconds_max else "",
        upgrade=_body(example.sql),
        undo=_body(example.undo),
    )


def _body(lines: tuple[str, ...]) -> str:
    return textwrap.indent("\n".join(map(_call, lines)), "    ")


def _call(line: str) -> str:
    """Return a statement as a call; what begins with `>` is Python itself, and what begins with `#` a comment."""
    if line.startswith(">"):
        return line[1:].strip()
    return line if line.startswith("#") else f"op.execute({line.strip()!r})"
