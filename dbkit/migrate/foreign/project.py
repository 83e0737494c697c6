"""What a project tells Alembic about all revisions at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dbkit.migrate.foreign.env_file import EnvFile
from dbkit.migrate.foreign.order import Needs, ancestors
from dbkit.migrate.foreign.settings import Settings
from dbkit.migrate.version_table import OF_ALEMBIC, VersionTable

__all__ = ["Project"]


@dataclass(frozen=True)
class Project:
    """An Alembic project: its settings, its `env.py`, and behind which others each revision stands."""

    settings: Settings = field(default_factory=lambda: Settings(None, Path(), ()))
    env: EnvFile = field(default_factory=lambda: EnvFile(Path()))
    needs: Needs = field(default_factory=dict[str, tuple[str, ...]])

    @property
    def version_table(self) -> VersionTable:
        """Return the version table that the settings name, or else `env.py`.

        Raises `ConfigurationInvalid` where neither says its name in words.
        """
        name = self.settings.version_table or self.env.constant("version_table")
        schema = self.settings.version_table_schema or self.env.constant("version_table_schema")
        return VersionTable(name or OF_ALEMBIC.name, schema)

    @property
    def target_metadata(self) -> str | None:
        """The models whose naming convention the revisions rely on, as `module:name`."""
        given = self.settings.target_metadata
        return self.env.target_metadata if given is None else given

    def rows_with(self, id: str, rows: Iterable[str]) -> frozenset[str]:
        """Return the version rows after a revision was applied."""
        return frozenset(rows) - set(self.needs[id]) | {id}

    def rows_without(self, id: str, rows: Iterable[str]) -> frozenset[str]:
        """Return the version rows after a revision was taken back."""
        others = frozenset(rows) - {id}
        below = ancestors(others, self.needs)
        before = [each for each in self.needs[id] if each not in below]
        # One that another of them stands behind is no end.
        return others | {each for each in before if not _is_behind(each, before, self.needs)}


def _is_behind(id: str, others: Iterable[str], needs: Mapping[str, tuple[str, ...]]) -> bool:
    return any(id in ancestors([other], needs) for other in others if other != id)
