"""The table in which a database says at which revision it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["OF_ALEMBIC", "VersionTable"]


@dataclass(frozen=True, slots=True)
class VersionTable:
    """A version table's name, and its schema where that is not the one that the role's search_path leads to."""

    name: str
    schema: str | None = None

    def within(self, schema: str | None = None) -> str:
        """Return its name as SQL, in its own schema or else in the one given."""
        return ".".join(_quoted(part) for part in (self.schema or schema, self.name) if part)


OF_ALEMBIC: Final = VersionTable("alembic_version")
"""As Alembic calls it where nobody says otherwise."""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
