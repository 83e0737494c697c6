"""A database on PostgreSQL, lent to one test: opened for it, looked over after it, and made ready for the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg

from dbkit.database._async.deferred import AsyncDeferredBackend
from dbkit.types.errors import ConfigurationInvalid, Unavailable

if TYPE_CHECKING:
    from dbkit.database._async.database import AsyncBaseDatabase
    from dbkit.database._sync.database import BaseDatabase
    from dbkit.testing.kit import Kit
    from dbkit.testing.setup import Setup
    from dbkit.testing.wanted import Wanted

__all__ = ["Ended", "Loan"]


@dataclass(frozen=True)
class Ended:
    """What came of a loan: what the test has left behind, and the URL of the database where it was kept."""

    leaks: tuple[str, ...] = ()
    kept: str | None = None


class Loan:
    """One test's database. Sync and async calls reach the same one, but for a transaction that is rolled back."""

    def __init__(self, kit: Kit, setup: Setup, wanted: Wanted) -> None:
        self._kit = kit
        self._setup = setup
        self._isolation = wanted.isolation
        blueprint = kit.blueprint(setup, wanted.schema)
        lend = kit.cloned if wanted.isolation == "clone" else kit.pooled
        self._place = lend(blueprint, wanted.role)
        self._colour: str | None = None

    @property
    def url(self) -> str:
        """The URL of the database; `ConfigurationInvalid` where others do not see what the test does."""
        if self._isolation == "rollback":
            raise ConfigurationInvalid(
                "by its URL nobody sees what a test with isolation='rollback' does",
                advice="Take @pytest.mark.dbkit(isolation='reset').",
            )
        return self._place.url

    def database(self) -> BaseDatabase[Any]:
        """Return the database for sync calls."""
        database = self._setup.database
        held = self._place.held
        if self._isolation != "rollback":
            return database(held.backend(database.entities(), database.emissions()), shown_as=self._place.name)
        self._choose("sync")
        return database(
            held.rolled_back(database.entities(), database.emissions()), shown_as=f"{self._place.name}, rolled back"
        )

    def async_database(self) -> AsyncBaseDatabase[Any]:
        """Return the database for async calls, opened by the first one, on whichever event loop that runs."""
        if self._isolation == "rollback":
            self._choose("async")
        return self._setup.async_database(AsyncDeferredBackend(self._opened), shown_as=self._place.name)

    def end(self, test: str, *, keep: bool) -> Ended:
        """Look over the database after the test, and make it ready for the next, or keep it."""
        try:
            return self._end(test, keep=keep)
        except (psycopg.OperationalError, Unavailable):
            # Broken connections leave nothing behind. The next test gets a new database, if need be on a new server.
            self._kit.lose(self._place)
            return Ended()

    async def _opened(self) -> AsyncBaseDatabase[Any]:
        database = self._setup.async_database
        held = self._place.async_held()
        if self._isolation != "rollback":
            return database(held.backend(database.entities(), database.emissions()), shown_as=self._place.name)
        return database(
            await held.rolled_back(database.entities(), database.emissions()),
            shown_as=f"{self._place.name}, rolled back",
        )

    def _end(self, test: str, *, keep: bool) -> Ended:
        if self._isolation == "rollback":
            self._place.end_transactions(commit=keep)
        leaks = tuple(self._kit.leaks(self._place))
        if keep:
            return Ended(leaks, self._kit.keep(self._place, test))
        if self._isolation == "clone" or (self._isolation == "reset" and not self._place.clean()):
            self._kit.give_up(self._place)
        return Ended(leaks)

    def _choose(self, colour: str) -> None:
        if self._colour not in (None, colour):
            raise ConfigurationInvalid(
                "with isolation='rollback' a test has one connection, sync or async, not both",
                advice="Take @pytest.mark.dbkit(isolation='reset').",
            )
        self._colour = colour
