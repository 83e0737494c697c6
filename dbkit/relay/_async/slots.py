"""The slots that a relay holds: shared with the others, renewed beside its work, given back at its end."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from dbkit._acompat import AsyncLock
from dbkit.operations.companions import AsyncCompanion
from dbkit.relay._async.leases import RELEASED_AFTER, AsyncRelayLeaseOperations
from dbkit.relay.slots import SLOTS, Member, Slot, Suspicion, excess, missing, prefix_of, slot_of
from dbkit.types.errors import DbkitError
from dbkit.types.held_lease import steady_seconds
from dbkit.types.identifiers import LeaseName, uuid7
from dbkit.types.lease import Lease
from dbkit.verbs.deadline import deadline, without_deadline

__all__ = ["AsyncSlots"]

_logger = logging.getLogger("dbkit.relay")
_RENEWALS: Final = 3
"""How many times leases are renewed in the time that they live, so that one may fail."""
_FORGOTTEN_AFTER: Final = timedelta(minutes=1)
_CLOSE_SECONDS_MAX: Final = 3.0


class AsyncSlots:
    """The slots of one relay.

    A slot that was not given back by its last holder is suspect: what waited in it may have been sent. So it is until
    nothing waits in it any more of which only this is known; who gets it before is left to suspect it as well.
    """

    def __init__(
        self, leases: AsyncRelayLeaseOperations, table: str, topics: Sequence[str], ttl: timedelta, timeline: int
    ) -> None:
        self._leases = leases
        self._table = table
        self._member = Member(str(uuid7()), tuple(topics))
        self._member_name = LeaseName(self._member.name(table))
        self._ttl = ttl
        self._timeline = timeline
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{self._member.id}@{timeline:X}"
        self._held: dict[Slot, Suspicion | None] = {}
        self._is_member = False
        self._until = 0.0
        self._renewing = AsyncLock()
        self.has_changed = False
        """Whether slots came or went since somebody said that he knows."""

    async def open(self) -> None:
        """Have a lease for each slot, and have the held ones renewed from now on."""
        slots = [Slot(topic, number) for topic in self._member.topics for number in range(SLOTS)]
        await self._leases.make([LeaseName(slot.name(self._table)) for slot in slots])
        await self.keep(may_give=True)
        pause = self._ttl.total_seconds() / _RENEWALS
        self._renewal = AsyncCompanion("renewal of a relay's slots", self._renew_beside, pause)

    async def close(self, *, is_clean: bool) -> None:
        """Let the others have the slots; unless all that was sent is noted, when their leases have ended."""
        await self._renewal.stop()
        try:
            with without_deadline(), deadline(_CLOSE_SECONDS_MAX):
                if is_clean:
                    await self._hand_over(dict(self._held))
                await self._leases.delete(self._member_name)
        except DbkitError as error:
            _logger.warning("a relay's slots could not be given back: %s", error)
        self._held.clear()

    @property
    def by_topic(self) -> dict[str, frozenset[int]]:
        """The slots that are held for certain, as far as their holder knows."""
        found: dict[str, frozenset[int]] = {}
        for slot in list(self._held) if self.seconds_left else ():
            found[slot.topic] = found.get(slot.topic, frozenset()) | {slot.number}
        return found

    @property
    def seconds_left(self) -> float:
        """For how long they are held without being renewed."""
        return max(0.0, self._until - steady_seconds())

    def holds_first(self) -> bool:
        """Whether the first slot of its first topic is held: who holds it looks after the table."""
        return Slot(self._member.topics[0], 0) in self._held

    def server_time(self) -> datetime:
        """Return the server's time, by a clock that nobody sets; never ahead of it."""
        moment, at_seconds = self._server_time
        return moment + timedelta(seconds=steady_seconds() - at_seconds)

    def is_suspect(self, topic: str, key: str, created_at: datetime) -> bool:
        """Tell whether a message may have been sent by whoever had its slot before."""
        found = self._held.get(slot_of(topic, key))
        return found is not None and created_at <= found.until

    def is_orphan(self, topic: str, key: str, created_at: datetime) -> bool:
        """Tell whether a message may have been under way when whoever had its slot before died."""
        found = self._held.get(slot_of(topic, key))
        return found is not None and found.is_orphan and created_at <= found.until

    def suspect(self, timeline: int) -> None:
        """Take notice of a failover: what waits now may have been sent, and the note of that been lost."""
        self._timeline = timeline
        until = self.server_time() + self._ttl
        for slot, found in list(self._held.items()):
            self._held[slot] = Suspicion(until, is_orphan=found is not None and found.is_orphan)

    @property
    def has_orphans(self) -> bool:
        """Whether the last holder of a slot has died."""
        return any(found is not None and found.is_orphan for found in list(self._held.values()))

    @property
    def suspected_until(self) -> datetime | None:
        """Until when there were messages that others may have sent, None where no slot is suspect."""
        return max((found.until for found in list(self._held.values()) if found is not None), default=None)

    def trust(self) -> None:
        """Suspect no slot any more."""
        self._held.update(dict.fromkeys(list(self._held)))

    async def keep(self, *, may_give: bool) -> None:
        """Renew what is held, give back what is beyond the share of this relay, and take what it lacks."""
        async with self._renewing:
            await self._share(may_give=may_give)

    async def _share(self, *, may_give: bool) -> None:
        await self._renew()
        if not self._is_member:
            await self._leases.make([self._member_name])
            await self._take([self._member_name])
        seen = await self._leases.of_prefix(prefix_of(self._table))
        now = self.server_time()
        alive = [found for lease in seen if lease.expires_at > now and (found := Member.read(lease.name))]
        free = {slot: lease for lease in seen if lease.expires_at <= now and (slot := Slot.read(lease.name))}
        if may_give and (given := excess(self._held, alive)):
            await self._give(given)
        mine = [slot for slot in free if slot.topic in self._member.topics]
        if wanted := missing(self._held, mine, alive):
            await self._take_slots(wanted, free)
        if self.holds_first():
            await self._leases.forget(f"{prefix_of(self._table)}relays/", _FORGOTTEN_AFTER)

    async def _take_slots(self, wanted: Sequence[Slot], before: dict[Slot, Lease]) -> None:
        slots = {slot.name(self._table): slot for slot in wanted}
        for taken in await self._take([LeaseName(name) for name in slots]):
            slot = slots[taken.name]
            self._held[slot] = self._suspicion(before[slot], taken)
            self.has_changed = True

    async def _take(self, names: Sequence[LeaseName]) -> list[Lease]:
        asked_at = steady_seconds()
        taken = await self._leases.take(names, self._holder, self._ttl)
        if taken:
            self._server_time = (taken[0].acquired_at, steady_seconds())
        if self._member_name in names:
            self._is_member = bool(taken)
        if not self.seconds_left:
            self._held.clear()
            self._until = asked_at + self._ttl.total_seconds()
        return taken

    def _suspicion(self, before: Lease, taken: Lease) -> Suspicion | None:
        """Return what the last holder of a slot may have sent and not noted, None where it has left word of its end."""
        _, has_timeline, timeline = before.holder.rpartition("@")
        is_last = before.fence + 1 == taken.fence
        is_same_line = not has_timeline or int(timeline, 16) == self._timeline
        was_given_back = is_last and before.expires_at - before.acquired_at <= RELEASED_AFTER
        if was_given_back and is_same_line:
            return None
        # Who died sent nothing that came after its lease had ended.
        until = before.expires_at if is_last and is_same_line else taken.acquired_at
        return Suspicion(until, is_orphan=not was_given_back)

    async def _give(self, slots: Sequence[Slot]) -> None:
        given = {slot: self._held.pop(slot, None) for slot in slots}
        self.has_changed = True
        await self._hand_over(given)

    async def _hand_over(self, given: Mapping[Slot, Suspicion | None]) -> None:
        """Let others have slots, with the word that they were given back if nothing in them is suspect."""
        for is_clean in (True, False):
            slots = [slot for slot, suspicion in given.items() if (suspicion is None) is is_clean]
            if slots:
                names = [LeaseName(slot.name(self._table)) for slot in slots]
                await self._leases.give_back(names, self._holder, is_clean=is_clean)

    async def _renew_beside(self) -> float:
        seconds = self._ttl.total_seconds() / _RENEWALS
        try:
            async with self._renewing:
                with deadline(seconds):
                    await self._renew()
        except DbkitError as error:
            _logger.warning("a relay's slots could not be renewed: %s", error)
        return seconds

    async def _renew(self) -> None:
        slots = {slot.name(self._table): slot for slot in list(self._held)}
        names = [*map(LeaseName, slots), *([self._member_name] if self._is_member else [])]
        if not names:
            return
        asked_at = steady_seconds()
        renewed = await self._leases.renew_all(names, self._holder, self._ttl)
        left = {lease.name for lease in renewed}
        for name in slots.keys() - left:
            _logger.warning("the lease %s is lost", name)
            self._held.pop(slots[name], None)
            self.has_changed = True
        self._is_member = self._member_name in left
        self._until = asked_at + self._ttl.total_seconds()
        if renewed:
            self._server_time = (renewed[0].expires_at - self._ttl, steady_seconds())
