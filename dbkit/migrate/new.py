"""The file of a new revision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from textwrap import indent

from dbkit.migrate.foreign.line import ForeignLine
from dbkit.migrate.foreign.new import new_file
from dbkit.migrate.line import Line
from dbkit.migrate.rebase import next_id
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Draft", "new_revision"]

_SLUG = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_SLUG_LENGTH_MAX = 80
_WHY = "Say here why, and what a reader has to know: which code still needs the old shape, and what the next step is."
_FILE = '''"""{title}.

{why}
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import {words}

revision = "{id}"
down_revision = {parent}

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade={downgrade},
{locks})


def upgrade() -> None:
{upgrade}


def downgrade() -> None:
{undo}
'''


@dataclass(frozen=True, slots=True)
class Draft:
    """Statements for both ways, what the way back loses, and what could not be drafted.

    `referred` are the tables that were there before and get foreign keys pointed at them, which locks them.
    """

    upgrade: tuple[str, ...]
    downgrade: tuple[str, ...]
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    referred: tuple[str, ...] = ()
    why: str = _WHY


def new_revision(folder: Path | None, slug: str, draft: Draft | None = None, *, now: datetime | None = None) -> Path:
    """Write the file of a revision at the end of the line, and return its path; `dbkit.sum` stays as it is.

    In a line that Alembic made it has an id and a file name as Alembic makes them. Raises
    `ConfigurationInvalid` for a slug that is no words of lower-case letters and digits, `LineBroken` for
    such a line that has several ends.
    """
    slug = re.sub(r"[\s-]+", "_", slug.strip().lower())
    if not _SLUG.fullmatch(slug) or len(slug) > _SLUG_LENGTH_MAX:
        raise ConfigurationInvalid(
            "the slug is not made of words", advice=f"Use letters, digits and _, up to {_SLUG_LENGTH_MAX} characters."
        )
    line = Line.read(folder)
    parent = line.head.id if line.head else None
    made = now or datetime.now(UTC)
    if isinstance(line, ForeignLine):
        id, path = new_file(line, slug, made)
    else:
        id = next_id(parent, made)
        path = line.folder / "versions" / f"{id}_{slug}.py"
    path.write_text(_text(id, parent, slug, draft or Draft((), ())))
    return path


def _text(id: str, parent: str | None, slug: str, draft: Draft) -> str:
    lossy = bool(draft.rows or draft.columns)
    words = ["Header", *(["Lock"] if draft.referred else []), "Lossy" if lossy else "Lossless", "Phase"]
    return _FILE.format(
        title=slug.replace("_", " ").capitalize(),
        why=draft.why,
        words=", ".join(words),
        locks=_locks(draft.referred),
        id=id,
        parent="None" if parent is None else f'"{parent}"',
        downgrade=_lossy(draft) if lossy else "Lossless()",
        upgrade=_body(draft.upgrade, "Write the statements, each with an `op.execute` of its own."),
        undo=_body(draft.downgrade, "Write the way back, or `refuse_downgrade(reason)` where there is none."),
    )


def _lossy(draft: Draft) -> str:
    what = [f"rows of {name}" for name in draft.rows] + [f"values of {name}" for name in draft.columns]
    parts = [f'lost="{", ".join(what)}"']
    parts += [f"rows={_tuple(draft.rows)}"] if draft.rows else []
    parts += [f"columns={_tuple(draft.columns)}"] if draft.columns else []
    return "Lossy(\n" + "".join(f"        {part},\n" for part in parts) + "    )"


def _locks(tables: Sequence[str]) -> str:
    locks = ", ".join(f'"{name}": Lock.SHARE_ROW_EXCLUSIVE' for name in tables)
    return f"    locks={{{locks}}},\n" if locks else ""


def _tuple(names: Sequence[str]) -> str:
    return "(" + ", ".join(f'"{name}"' for name in names) + ("," if len(names) == 1 else "") + ")"


def _body(statements: Sequence[str], otherwise: str) -> str:
    if not statements:
        return f'    """{otherwise}"""'
    return "\n".join(indent(_execute(statement), "    ") for statement in statements)


def _execute(statement: str) -> str:
    # A colon before a word would be a parameter of SQLAlchemy's text; `::type` is none.
    text = re.sub(r"(?<![:\\]):(?=\w)", r"\\:", statement).replace("\\", "\\\\")
    quote = '"""' if "\n" in text or '"' in text else '"'
    if quote == '"' and len(text) <= 90:
        return f'op.execute("{text}")'
    return f'op.execute("""\n{indent(text, "    ")}\n""")'
