"""What `prove.toml` says of the rows that a revision found, where the schema of that time does not say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dbkit.migrate.line import Line, Revision
from dbkit.migrate.proving.rules import Rule
from dbkit.migrate.proving.waiving import WAIVED_FILE, entries_of, revisions_of
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Told", "told_beside"]

_TABLE: Final = "rows"
_ADVICE: Final = (
    'Write [[rows]] with revisions = ["..."], reason = "..." and either made_before = "...", a revision, or'
    ' table = "..." and fit = "...", an expression that is false of no row.'
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the rows before a revision: before which one they were made, and what is false of none."""

    made_before: Revision | None = None
    rules: tuple[Rule, ...] = ()

    def also(self, other: Told) -> Told:
        """Return what both say; of two revisions the one that this names."""
        return Told(self.made_before or other.made_before, (*self.rules, *other.rules))


def told_beside(line: Line) -> Mapping[str, Told]:
    """Read it from a line's folder, by the ids of the revisions that it is about.

    Raises `ConfigurationInvalid` for an entry without revisions, a reason, or what is to be known, for one that has
    rows made behind the revision that finds them, and `RevisionUnknown`.
    """
    found: dict[str, Told] = {}
    for entry in entries_of(line, _TABLE, _ADVICE):
        told = _told(line, entry)
        for revision in revisions_of(line, entry, "tells of rows", _ADVICE):
            if told.made_before and line.position[told.made_before.id] >= line.position[revision]:
                raise ConfigurationInvalid(f"{WAIVED_FILE} has rows of {revision} made behind it", advice=_ADVICE)
            found[revision] = told.also(found.get(revision, Told()))
    return found


def _told(line: Line, entry: Mapping[str, Any]) -> Told:
    reason, made_before, table, fit = (entry.get(name) for name in ("reason", "made_before", "table", "fit"))
    if not (isinstance(reason, str) and reason.strip()):
        raise ConfigurationInvalid(f"{WAIVED_FILE} tells of rows without a reason", advice=_ADVICE)
    if isinstance(table, str) and isinstance(fit, str) and made_before is None:
        return Told(rules=(Rule(table, fit),))
    if isinstance(made_before, str) and table is None and fit is None:
        return Told(line.find(made_before))
    raise ConfigurationInvalid(f"{WAIVED_FILE} does not say what is to be known of rows", advice=_ADVICE)
