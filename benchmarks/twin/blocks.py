"""Blocks of calls: what each way is asked to do in a round, made before the clock starts."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from benchmarks.rows import identity_of, new_connections, number_of, status_of
from dbkit.types import (
    ConnectionId,
    ConnectionStatus,
    ConsumerRef,
    GroupRef,
    JsonObject,
    NewConnection,
    ProjectId,
    ProviderSlug,
)

__all__ = [
    "FIRST_PAGE",
    "PAGE_ROWS",
    "RESTORE",
    "RESTORE_MANY",
    "SNAPSHOT",
    "VERBS",
    "Block",
    "Change",
    "Identity",
    "Stock",
    "Verb",
]

PAGE_ROWS = 50
SNAPSHOT, RESTORE, RESTORE_MANY = "snapshot", "restore, 1 row changed", "restore, 100 rows changed"
"""What only the twin can do."""

FIRST_PAGE = "page behind 400 writes"
"""The first page of a round, which puts the index in order that the writes since the last round's pages left alone."""

_GETS, _FINDS, _CREATES, _UPDATES, _PAGES, _TRANSACTIONS = 500, 200, 100, 100, 10, 20
_NEXT_STATUS = {
    ConnectionStatus.CREATED: ConnectionStatus.WORKING,
    ConnectionStatus.WORKING: ConnectionStatus.BAD_CREDENTIALS,
    ConnectionStatus.BAD_CREDENTIALS: ConnectionStatus.WORKING,
}


class Identity(NamedTuple):
    """What a unique key beside the primary one knows a connection by."""

    provider: ProviderSlug
    group_ref: GroupRef
    consumer_ref: ConsumerRef
    workspace: str | None


class Change(NamedTuple):
    """An update of a row, at the version that it has."""

    id: ConnectionId
    version: int
    status: ConnectionStatus
    metadata: JsonObject


Work: TypeAlias = tuple[NewConnection, NewConnection, Change]
"""The writes of one transaction."""


@dataclass(frozen=True)
class Block:
    """The arguments of a round's calls."""

    keys: Sequence[ConnectionId]
    identities: Sequence[Identity]
    created: Sequence[NewConnection]
    updated: Sequence[Change]
    groups: Sequence[GroupRef]
    works: Sequence[Work]

    @property
    def stored(self) -> list[NewConnection]:
        """The rows that the round adds, to be deleted after it."""
        return [*self.created, *(new for first, second, _ in self.works for new in (first, second))]


@dataclass(frozen=True)
class Verb:
    """A kind of call: its name, the method of a way that does it, and what of a block that method takes."""

    title: str
    method: str
    arguments: Callable[[Block], Sequence[Any]]


VERBS = (
    Verb("get", "get", lambda block: block.keys),
    Verb("find by unique key", "find", lambda block: block.identities),
    Verb("create", "create", lambda block: block.created),
    Verb("update", "update", lambda block: block.updated),
    Verb(FIRST_PAGE, "freshen", lambda block: block.groups[:1]),
    Verb("page of 50", "page", lambda block: block.groups),
    Verb("transaction of 3 writes", "transact", lambda block: block.works),
)


class Stock:
    """The connections that one store holds, and at which version and in which state those are that were updated.

    It takes little memory itself: a connection's number says what its unique key is.
    """

    def __init__(self, project_id: ProjectId) -> None:
        self.project_id = project_id
        self._ids = bytearray()
        self._numbers = array("Q")
        self._updated: dict[int, tuple[int, ConnectionStatus]] = {}

    def add(self, rows: Sequence[NewConnection]) -> None:
        """Note rows that were stored."""
        for row in rows:
            self._ids += row.id.bytes
            self._numbers.append(number_of(row))

    def block(self, chance: Random) -> Block:
        """Draw a round's calls, and note what its updates will have done."""
        places = range(len(self._numbers))
        changes = [self._change(place) for place in chance.sample(places, _UPDATES + _TRANSACTIONS)]
        new = new_connections(self.project_id, _CREATES + 2 * _TRANSACTIONS)
        pairs = zip(new[_CREATES::2], new[_CREATES + 1 :: 2], changes[_UPDATES:], strict=True)
        return Block(
            [self._key(place) for place in chance.choices(places, k=_GETS)],
            [self._identity(place) for place in chance.choices(places, k=_FINDS)],
            new[:_CREATES],
            changes[:_UPDATES],
            [self._identity(place).group_ref for place in chance.choices(places, k=_PAGES)],
            list(pairs),
        )

    def _key(self, place: int) -> ConnectionId:
        # A caller has its key at hand; that of the stored value would have to be fetched from memory first.
        return ConnectionId(UUID(bytes=bytes(self._ids[16 * place : 16 * place + 16])))

    def _identity(self, place: int) -> Identity:
        return Identity(*identity_of(self._numbers[place]))

    def _change(self, place: int) -> Change:
        version, status = self._updated.get(place, (1, status_of(self._numbers[place])))
        status = _NEXT_STATUS[status]
        self._updated[place] = version + 1, status
        return Change(self._key(place), version, status, {"account": place, "verified": True})
