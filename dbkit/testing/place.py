"""One database of a server and the connections to it, lent to one test after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress

from psycopg.conninfo import make_conninfo

from dbkit.sqldb.config import SESSION_SETTINGS, PoolConfig, checked_conninfo
from dbkit.testing._async.held import AsyncHeld
from dbkit.testing._sync.held import Held
from dbkit.testing.cleaning import Cleaner
from dbkit.testing.leaks import found_on, left_of
from dbkit.testing.roles import acting_as
from dbkit.testing.servers import Server

__all__ = ["Place"]

_CLOSE_SECONDS = 5.0
# As options of the session, so that resetting all settings comes back to them. A space in a value needs its backslash.
_OPTIONS = " ".join(f"-c {name}={value}".replace(", ", ",\\ ") for name, value in SESSION_SETTINGS.items())


class Place:
    """A database with connections for sync tests, and for each event loop; those of a `role` act as that."""

    def __init__(self, server: Server, name: str, role: str | None = None) -> None:
        self.name = name
        self.url = server.url_for(name)
        self._plain = server.conninfo_for(name)
        options = _OPTIONS if role is None else f"{_OPTIONS} {acting_as(role)}"
        self._conninfo = checked_conninfo(make_conninfo(self._plain, options=options), "dbkit", PoolConfig())
        self.held = Held(self._conninfo)
        self._async_held: dict[asyncio.AbstractEventLoop, AsyncHeld] = {}
        self._free: list[AsyncHeld] = []
        self._cleaner: Cleaner | None = None

    def async_held(self) -> AsyncHeld:
        """Return the connections of the running event loop; those of one that has ended are good for another."""
        loop = asyncio.get_running_loop()
        if loop not in self._async_held:
            self._async_held[loop] = self._free.pop() if self._free else AsyncHeld(self._conninfo)
        return self._async_held[loop]

    def prepare(self) -> None:
        """Take note of what the database holds, which `clean` goes back to; later, see that the server is there."""
        if self._cleaner is None:
            self._cleaner = Cleaner(self._plain)
        else:
            self._cleaner.ping()

    def end_transactions(self, *, commit: bool) -> None:
        """End the transactions of tests that are rolled back, or kept."""
        for held in self._all_held():
            held.end_transaction(commit=commit)

    def leaks(self) -> list[str]:
        """Return what the test has left on its connections, and put it right.

        The test and its event loop have stopped by now.
        """
        used = [each for held in self._all_held() for each in held.take_used()]
        found = [*self._left(), *(said for each in used for said in found_on(each))]
        self._leave_closed_loops()
        return found

    def sessions(self) -> list[int]:
        """Return the process ids of the place's own connections."""
        own = [] if self._cleaner is None else [self._cleaner.pid]
        return own + [each.pgconn.backend_pid for held in self._all_held() for each in held.idle()]

    def has_strangers(self) -> bool:
        """Tell whether there may be other sessions in the database; reads what `clean` needs to know in the same go."""
        return self._cleaner is None or self._cleaner.look(self.sessions())

    def clean(self) -> bool:
        """Empty what the test wrote to; False where the database has to be replaced."""
        return self._cleaner is not None and self._cleaner.clean()

    def close(self) -> None:
        """Close all connections."""
        self.held.close()
        for loop, held in self._async_held.items():
            _close(held, loop)
        for held in self._free:
            _close(held)
        self._async_held.clear()
        self._free.clear()
        if self._cleaner is not None:
            self._cleaner.close()

    def _all_held(self) -> tuple[Held | AsyncHeld, ...]:
        return (self.held, *self._async_held.values(), *self._free)

    def _left(self) -> Iterator[str]:
        """Yield what is said of connections that were not given back; the pools that miss them start anew."""
        if lent := self.held.lent():
            yield from map(left_of, lent)
            self.held.close()
            self.held = Held(self._conninfo)
        for loop, held in list(self._async_held.items()):
            if async_lent := held.lent():
                yield from map(left_of, async_lent)
                _close(self._async_held.pop(loop), loop)

    def _leave_closed_loops(self) -> None:
        for loop in [loop for loop in self._async_held if loop.is_closed()]:
            held = self._async_held.pop(loop)
            for connection in held.idle():
                # The old one may know the old loop.
                connection.lock = asyncio.Lock()
            self._free.append(held)


def _close(held: AsyncHeld, loop: asyncio.AbstractEventLoop | None = None) -> None:
    """Close connections from outside of their event loop, which may run in another thread."""
    if loop is not None and loop.is_running():
        asyncio.run_coroutine_threadsafe(held.close(), loop).result(_CLOSE_SECONDS)
        return
    # There is nothing to wait for, so no loop is needed: that of the test may have ended.
    with suppress(StopIteration):
        held.close().send(None)
