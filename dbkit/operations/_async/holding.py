"""The block in which a lease is held: taken at its beginning, renewed beside it, given back at its end."""

from __future__ import annotations

import logging
import os
import socket
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Any

from dbkit._acompat import async_sleep
from dbkit.operations.companions import AsyncCompanion
from dbkit.operations.pauses import Pauses
from dbkit.types.errors import DbkitError, LeaseNotAvailable
from dbkit.types.held_lease import HeldLease, steady_seconds
from dbkit.types.identifiers import LeaseName, uuid7
from dbkit.verbs.deadline import deadline, without_deadline

__all__ = ["AsyncHolding", "Wanted"]

_logger = logging.getLogger("dbkit.leases")

_RENEWALS = 3
"""How many times a lease is renewed in the time that it lives, so that one may fail."""
_TRIES = 10
"""Into how many parts its time is divided for the tries after a renewal has failed."""
_RELEASE_SECONDS_MAX = 5.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """The lease that somebody wants, for how long at a time, and how long to wait for it."""

    name: LeaseName
    holder: str
    ttl: timedelta
    wait_seconds: float

    @classmethod
    def by(cls, name: LeaseName, holder: str | None, ttl: timedelta, wait_seconds: float) -> Wanted:
        """Return it for a holder, or else for this process, under a name that nobody else has."""
        return cls(name, holder or f"{socket.gethostname()}:{os.getpid()}:{uuid7()}", ttl, wait_seconds)

    @property
    def ttl_seconds(self) -> float:
        """How long it lives without being renewed."""
        return self.ttl.total_seconds()


class AsyncHolding(AbstractAsyncContextManager[HeldLease, None]):
    """A block that holds a lease. Taking it and giving it back are one round trip each."""

    def __init__(self, leases: Any, wanted: Wanted) -> None:
        self._leases = leases
        self._wanted = wanted

    async def __aenter__(self) -> HeldLease:
        self._held = await self._taken()
        name = f"renewal of {self._wanted.name}"
        self._renewal = AsyncCompanion(name, self._renew, self._wanted.ttl_seconds / _RENEWALS)
        return self._held

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._renewal.stop()
        was_held = await self._give_back()
        self._held.lose()
        if kind is None and not was_held:
            raise self._held.lost()

    async def _taken(self) -> HeldLease:
        wanted, pauses = self._wanted, Pauses(self._wanted.wait_seconds)
        while True:
            asked_at = steady_seconds()
            found = await self._leases.acquire(wanted.name, wanted.holder, wanted.ttl)
            if found is not None:
                until = asked_at + wanted.ttl_seconds
                held = HeldLease(wanted.name, wanted.holder, found.fence, until_seconds=until)
                # One who waited for a row, or was stopped, longer than the lease lives has nothing of it.
                if held.is_held:
                    return held
            pause = pauses.next_seconds()
            if pause is None:
                raise LeaseNotAvailable(
                    f"somebody else has held the lease for {wanted.wait_seconds:g} s",
                    entity="leases",
                    key={"name": wanted.name},
                )
            await async_sleep(pause)

    async def _renew(self) -> float | None:
        """Hold the lease for longer; return the seconds until the next time, None where it is lost."""
        held, wanted = self._held, self._wanted
        asked_at, left = steady_seconds(), held.seconds_left
        if not left:
            return None
        try:
            with deadline(left):
                renewed = await self._leases.renew(wanted.name, wanted.holder, held.fence, wanted.ttl)
        except DbkitError as error:
            _logger.warning("the lease %s could not be renewed: %s", wanted.name, error)
            return wanted.ttl_seconds / _TRIES
        if renewed is None:
            _logger.warning("the lease %s is lost", wanted.name)
            held.lose()
            return None
        held.extend(asked_at + wanted.ttl_seconds)
        return wanted.ttl_seconds / _RENEWALS

    async def _give_back(self) -> bool:
        """Let the next one have it, whatever is left of the caller's time; tell whether it was held until now."""
        held, left = self._held, self._held.seconds_left
        if not left:
            return False
        try:
            with without_deadline(), deadline(min(left, _RELEASE_SECONDS_MAX)):
                return bool(await self._leases.release(held.name, held.holder, held.fence))
        except DbkitError as error:
            # What the block has done is done. The lease ends by itself.
            _logger.warning("the lease %s could not be given back: %s", held.name, error)
            return True
