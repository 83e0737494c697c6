"""What a subscription has given and nobody has settled. Any thread may ask."""

from __future__ import annotations

import threading
from collections.abc import Iterable

__all__ = ["Outstanding"]


class Outstanding:
    """The ids by which messages are acknowledged, and of those the ones to acknowledge next."""

    def __init__(self, hold_seconds_max: float) -> None:
        self._given: dict[str, float] = {}
        self._settled: list[str] = []
        self._hold_seconds_max = hold_seconds_max
        self._lock = threading.Lock()

    def give(self, ids: Iterable[str], now: float) -> None:
        """Note ids that came at this time."""
        with self._lock:
            self._given.update(dict.fromkeys(ids, now))

    def settle(self, message_id: str) -> None:
        """Note that one can be acknowledged."""
        with self._lock:
            self._given.pop(message_id, None)
            self._settled.append(message_id)

    def take_back(self, ids: Iterable[str]) -> None:
        """Forget ids that others shall have."""
        with self._lock:
            for message_id in ids:
                self._given.pop(message_id, None)

    def take_settled(self) -> list[str]:
        """Return what is to be acknowledged, to the caller alone."""
        with self._lock:
            settled, self._settled = self._settled, []
            return settled

    def return_settled(self, ids: list[str]) -> None:
        """Note that acknowledging these has failed, and is to be tried again."""
        with self._lock:
            self._settled = [*ids, *self._settled]

    def take_kept(self, now: float) -> list[str]:
        """Return what is still to be held; what somebody has had for too long is not, and others may have it."""
        with self._lock:
            self._given = {each: since for each, since in self._given.items() if now - since < self._hold_seconds_max}
            return list(self._given)
