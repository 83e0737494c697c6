"""What costs microseconds: mocks and factories, against what one would write by hand."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator, Mapping
from unittest.mock import create_autospec

import factory

from benchmarks.results import Figure
from dbkit.database._sync.database import Database
from dbkit.memory import MemoryBackend
from dbkit.mock import MockConnections
from dbkit.mock.factories import Factories
from dbkit.types import AuthScheme, Connection, ConnectionRepository, NewConnection, uuid7

__all__ = ["object_figures"]

_CALLS = 200
_DBKIT, _FACTORY_BOY, _PYDANTIC, _VERB = "dbkit", "factory-boy by hand", "the value by hand", "the verb by hand"
_AUTOSPEC, _CLASS = "create_autospec", "a class by hand"
_MICROSECOND = 1e-6
_LIMITS = {
    "call of a mock": 5 * _MICROSECOND,
    "building a mock": 100 * _MICROSECOND,
    "factory, build": 300 * _MICROSECOND,
    "factory, create in memory": 400 * _MICROSECOND,
}

Block = Callable[[], object]


class _HandWritten:
    """What a test author writes without a kit: no check, no record."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, *_key: object) -> Connection:
        return self._connection


class _ConnectionFactory(factory.Factory):  # type: ignore[misc]
    """The fields of a connection written down once more, as one does without a kit."""

    class Meta:
        model = NewConnection

    project_id = factory.LazyFunction(uuid7)
    provider = "salesforce"
    group_ref = factory.Sequence(lambda number: f"group-{number}")
    consumer_ref = factory.Sequence(lambda number: f"consumer-{number}")
    provider_workspace_ref = factory.Sequence(lambda number: f"workspace-{number}")
    auth_scheme = AuthScheme.API_KEY


def object_figures(rounds: int) -> Iterator[Figure]:
    """Yield the seconds per call, in rounds in which every way takes its turn."""
    blocks = _blocks()
    seconds: dict[tuple[str, str], list[float]] = {place: [] for place in blocks}
    chance = random.Random(0)
    for place, block in blocks.items():
        _seconds(block)
        seconds[place].clear()
    for _ in range(rounds):
        for place in chance.sample(list(blocks), len(blocks)):
            seconds[place].append(_seconds(blocks[place]))
    for (what, way), found in seconds.items():
        yield Figure(what, way, found, _LIMITS.get(what) if way == _DBKIT else None)


def _seconds(block: Block) -> float:
    gc.collect()
    begin = time.perf_counter()
    for _ in range(_CALLS):
        block()
    return (time.perf_counter() - begin) / _CALLS


def _blocks() -> Mapping[tuple[str, str], Block]:
    make = Factories(seed=1)
    database = Database(MemoryBackend(Database.entities()), shown_as="memory://")
    stored = make.connection.create(database)
    key = stored.project_id, stored.id
    mock = MockConnections().with_get(stored).build()
    autospec = create_autospec(ConnectionRepository, instance=True)
    autospec.get.return_value = stored
    by_hand = _HandWritten(stored)

    def new_by_hand() -> NewConnection:
        return NewConnection(**stored.model_dump(include=_GIVEN), provider_workspace_ref=str(uuid7()))

    return {
        ("call of a mock", _DBKIT): lambda: mock.get(*key),
        ("call of a mock", _AUTOSPEC): lambda: autospec.get(*key),
        ("call of a mock", _CLASS): lambda: by_hand.get(*key),
        ("building a mock", _DBKIT): lambda: MockConnections().with_get(stored).build(),
        ("building a mock", _AUTOSPEC): lambda: create_autospec(ConnectionRepository, instance=True),
        ("building a mock", _CLASS): lambda: _HandWritten(stored),
        ("factory, build", _DBKIT): make.connection.build,
        ("factory, build", _FACTORY_BOY): _ConnectionFactory,
        ("factory, build", _PYDANTIC): new_by_hand,
        ("factory, create in memory", _DBKIT): lambda: make.connection.create(database),
        ("factory, create in memory", _VERB): lambda: database.connections.create(new_by_hand()),
    }


_GIVEN = {"project_id", "provider", "group_ref", "consumer_ref", "auth_scheme"}
