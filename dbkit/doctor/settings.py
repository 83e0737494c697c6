"""The server's settings, with their units taken into account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dbkit.doctor.unseen import NotChecked

__all__ = ["Setting", "Settings"]

_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0}
_BYTES = {"B": 1, "kB": 1024, "MB": 1024**2}


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of `pg_settings`; `reset_value` is what a new session of this role starts with."""

    name: str
    value: str
    unit: str | None
    reset_value: str | None
    pending_restart: bool


class Settings:
    """All settings that the server shows to this role."""

    def __init__(self, rows: Iterable[Setting]) -> None:
        self.by_name: Mapping[str, Setting] = {row.name: row for row in rows}

    def has(self, name: str) -> bool:
        """Tell whether the server has this setting, and shows it."""
        return name in self.by_name

    def text(self, name: str) -> str:
        """Return what it is set to. Raises `NotChecked` where the server does not show it."""
        return self._shown(name).value

    def is_on(self, name: str) -> bool:
        """Tell whether it is on."""
        return self.text(name) == "on"

    def number(self, name: str) -> int:
        """Return a whole number, whatever its unit."""
        return int(self.text(name))

    def reset_number(self, name: str) -> int:
        """Return the whole number that a new session of this role starts with."""
        return int(self._shown(name).reset_value or 0)

    def seconds(self, name: str) -> float:
        """Return a time; those that are -1 or 0 where they mean something else stay so."""
        return self.number(name) * _SECONDS[self._shown(name).unit or "s"]

    def bytes(self, name: str) -> int:
        """Return a size, which PostgreSQL keeps in blocks, kilobytes or megabytes."""
        unit = self._shown(name).unit or "B"
        digits = unit.rstrip("BkM")
        return self.number(name) * int(digits or 1) * _BYTES[unit.removeprefix(digits)]

    @property
    def pending_restart(self) -> tuple[str, ...]:
        """The settings whose new value waits for a restart."""
        return tuple(name for name, row in self.by_name.items() if row.pending_restart)

    def _shown(self, name: str) -> Setting:
        if name not in self.by_name:
            raise NotChecked(f"the server shows no setting {name} to this role: needs pg_read_all_settings")
        return self.by_name[name]
