"""The names of points: where a session can be stopped."""

from __future__ import annotations

from collections.abc import Iterable

from dbkit.memory.control.calls import STATEMENTS
from dbkit.types.errors import ValueInvalid

__all__ = ["COMMIT", "RELEASED", "ROLLBACK", "Points", "after"]

COMMIT = "commit"
ROLLBACK = "rollback"
RELEASED = "released"
"""Where a session stops by itself: it waited for a lock, has it now, and nobody has sent it on."""

_AFTER = "after "
_BEFORE = "before "


def after(name: str) -> str:
    """Return the point behind a statement, a commit or a rollback."""
    return _AFTER + name


class Points:
    """The points of a database with these tables."""

    def __init__(self, tables: Iterable[str]) -> None:
        self._tables = frozenset(tables)

    def read(self, point: str) -> str:
        """Return a point as sessions report it, or raise `ValueInvalid`.

        `update connections` and `before update connections` are the same point, `after update connections` the one
        behind it; instead of a statement there is `commit` and `rollback`.
        """
        name = point.removeprefix(_BEFORE)
        if not self.is_place(name.removeprefix(_AFTER)):
            raise ValueInvalid(
                f"there is no point {point!r}",
                fields=("point",),
                advice=f"Name commit, rollback, or a statement ({', '.join(STATEMENTS)}) and its table, as in"
                " 'update connections', with 'after' before it for the moment behind it.",
            )
        return name

    def is_place(self, name: str) -> bool:
        """Tell whether this is the name of a statement, `commit` or `rollback`."""
        statement, _, table = name.partition(" ")
        return name in (COMMIT, ROLLBACK) or (statement in STATEMENTS and table in self._tables)
