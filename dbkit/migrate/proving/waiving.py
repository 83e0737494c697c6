"""Checks that somebody has waived, with a reason: in the revision's header, or for released ones in `prove.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dbkit.migrate.line import Line, Revision
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["WAIVED_FILE", "Waiver", "entries_of", "revisions_of", "waivers_beside", "waivers_of"]

WAIVED_FILE: Final = "prove.toml"
"""Stands in the line's folder, beside `lint.toml`."""

_WAIVABLE: Final = ("online",)
_ADVICE: Final = 'Write [[waive]] with check = "online", revisions = ["..."], rows_max = 10000 and reason = "...".'


@dataclass(frozen=True, slots=True)
class Waiver:
    """A check that a revision need not pass, why, and up to how many rows of a table that holds."""

    check: str
    revision: str
    reason: str
    rows_max: int


def waivers_of(revision: Revision, beside: list[Waiver]) -> tuple[Waiver, ...]:
    """Return the waivers of a revision: its header's, and those that stand beside its line."""
    own = revision.header.online_waived
    written = () if own is None else (Waiver("online", revision.id, own.reason, own.rows_max),)
    return (*written, *(each for each in beside if each.revision == revision.id))


def waivers_beside(line: Line) -> list[Waiver]:
    """Read `prove.toml` of a line's folder: released files cannot be edited any more, for their hashes are known.

    Raises `ConfigurationInvalid` for an entry without check, revisions, row limit or reason, and `RevisionUnknown`.
    """
    found: list[Waiver] = []
    for entry in entries_of(line, "waive", _ADVICE):
        check, reason, rows_max = entry.get("check"), entry.get("reason"), entry.get("rows_max")
        if check not in _WAIVABLE:
            raise ConfigurationInvalid(f"{WAIVED_FILE} waives {check or 'nothing'}", advice=_ADVICE)
        if not (isinstance(reason, str) and reason.strip() and isinstance(rows_max, int) and rows_max > 0):
            raise ConfigurationInvalid(f"{WAIVED_FILE} waives {check} without a reason or a row limit", advice=_ADVICE)
        names = revisions_of(line, entry, "waives a check", _ADVICE)
        found += [Waiver(str(check), name, reason, rows_max) for name in names]
    return found


def revisions_of(line: Line, entry: Mapping[str, Any], what: str, advice: str) -> list[str]:
    """Return the ids of the revisions that an entry of the file is about: there is one at least."""
    names = entry.get("revisions")
    if not isinstance(names, list) or not names:
        raise ConfigurationInvalid(f"{WAIVED_FILE} {what} of no revision", advice=advice)
    return [line.find(str(name)).id for name in names]


def entries_of(line: Line, table: str, advice: str) -> list[dict[str, Any]]:
    """Return the entries of one kind in the file of a line; none where there is no file."""
    path: Path = line.folder / WAIVED_FILE
    if not path.is_file():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get(table, [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        entries = None
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise ConfigurationInvalid(f"{path.name} cannot be read", advice=advice)
    return entries
