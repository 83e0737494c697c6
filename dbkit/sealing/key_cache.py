"""Data keys that were opened, for as long as they may be used without asking the key service again."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final
from uuid import UUID

from dbkit.sealing.data_key import DataKey
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["LIFE_SECONDS_MAX", "KeyCache"]

LIFE_SECONDS_MAX: Final = 300.0
"""How long a process may open secrets after the key service has last opened their data key for it, at the longest."""

_SEAL_SECONDS = 30.0


class KeyCache:
    """The opened data keys of a process.

    A key reads for `life_seconds`, and seals for `seal_seconds`, from when the key service opened it. So while that
    does not answer, or a key was taken from it, reading goes on for a while, and writing does not. Once it is known
    that it does not answer, nothing is sealed before it has been asked again. Raises `ConfigurationInvalid` for a life
    longer than `LIFE_SECONDS_MAX`. Plain keys are in memory while they are here: Python cannot wipe them.
    """

    def __init__(
        self,
        *,
        life_seconds: float = LIFE_SECONDS_MAX,
        seal_seconds: float = _SEAL_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        if not 0 <= seal_seconds <= life_seconds <= LIFE_SECONDS_MAX:
            raise ConfigurationInvalid(
                f"a data key cannot be kept for {life_seconds:g} s, to seal for {seal_seconds:g} s",
                advice=f"Keep it for up to {LIFE_SECONDS_MAX:g} s, to seal for no longer than that.",
            )
        self._life_seconds = life_seconds
        self._seal_seconds = seal_seconds
        self._clock = clock
        self._opened: dict[UUID, tuple[DataKey, float]] = {}
        self._is_answered = True

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self._opened)} keys>"

    def reading(self, key_id: UUID) -> DataKey | None:
        """Return a key that may open secrets, if it is here."""
        found = self._opened.get(key_id)
        if found is None:
            return None
        key, opened_at = found
        if self._clock() - opened_at < self._life_seconds:
            return key
        self._opened.pop(key_id, None)
        return None

    def sealing(self, key_id: UUID) -> DataKey | None:
        """Return a key that may seal, if it is here."""
        found = self._opened.get(key_id)
        if found is None or not self._is_answered or self._clock() - found[1] >= self._seal_seconds:
            return None
        return found[0]

    def keep(self, key: DataKey) -> DataKey:
        """Keep a key that the key service has just opened, and return it; those whose time is over are forgotten."""
        now = self._clock()
        self._is_answered = True
        over = [each for each, (_, opened_at) in self._opened.items() if now - opened_at >= self._life_seconds]
        for key_id in over:
            self._opened.pop(key_id, None)
        self._opened[key.id] = key, now
        return key

    def note_silence(self) -> None:
        """Take notice that the key service does not answer."""
        self._is_answered = False

    def forget(self, key_id: UUID) -> None:
        """Forget a key: one that is destroyed opens nothing from then on."""
        self._opened.pop(key_id, None)
