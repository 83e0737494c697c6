"""The name of a new revision in a line that Alembic made."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path

from dbkit.migrate.errors import LineBroken
from dbkit.migrate.foreign.line import ForeignLine
from dbkit.migrate.foreign.revision import ForeignRevision

__all__ = ["new_file"]

_ID_LENGTH = 12


def new_file(line: ForeignLine, slug: str, now: datetime) -> tuple[str, Path]:
    """Return the id of a revision made now, and its file as `file_template` wants it, beside the last one's.

    Raises `LineBroken` where the line has no end, or several.
    """
    wrong = line.findings()
    if wrong:
        raise LineBroken("; ".join(wrong))
    settings, head = line.project.settings, line.head
    id = uuid.uuid4().hex[-_ID_LENGTH:]
    name = settings.file_template % {
        "rev": id,
        "slug": slug,
        "epoch": int(now.timestamp()),
        **{part: getattr(now, part) for part in ("year", "month", "day", "hour", "minute", "second")},
    }
    base = head.base if isinstance(head, ForeignRevision) else settings.versions[0]
    path = base / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    return id, path
