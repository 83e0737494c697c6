"""The suite as a class of tests, for a team's own entities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Entity, known_entities
from dbkit.testing.capabilities import MEMORY, POSTGRESQL
from dbkit.testing.conformance._async.suite import async_cases
from dbkit.testing.conformance._sync.suite import cases
from dbkit.testing.conformance.case import ALL, Case
from dbkit.types.value import Value

if TYPE_CHECKING:
    from dbkit.database._async.database import AsyncBaseDatabase
    from dbkit.database._sync.database import BaseDatabase

__all__ = ["ConformanceSuite"]


@pytest.mark.dbkit(isolation="reset", role="service")
class ConformanceSuite:
    """Every case for an entity, on memory and PostgreSQL, sync and async.

        class TestWidgets(ConformanceSuite):
            entity = WIDGETS

    `entity` is the `dbkit.Entity`, or the class of its stored values. Without it the cases are for all of
    `entities`, which otherwise need not be said: they are those of the same metadata. What they run on is
    the database of the fixture `dbkit_setup`. Cases about no single entity are in every suite, once.
    """

    entity: ClassVar[AnyEntity | type[Value] | None] = None
    entities: ClassVar[Sequence[AnyEntity]] = ()

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Make a test of each case."""
        ways: dict[str, tuple[Callable[..., list[Case]], Any]] = {
            "test_memory": (cases, MEMORY),
            "test_async_memory": (async_cases, MEMORY),
            "test_postgres": (cases, POSTGRESQL),
            "test_async_postgres": (async_cases, POSTGRESQL),
        }
        way = ways.get(metafunc.function.__name__)
        if way is not None:
            metafunc.parametrize("case", self._cases(*way), ids=attrgetter("id"))

    def test_memory(self, case: Case, memory_db: BaseDatabase[Any]) -> None:
        """Run a case in memory."""
        case.run(memory_db)

    @pytest.mark.asyncio(loop_scope="session")
    async def test_async_memory(self, case: Case, async_memory_db: AsyncBaseDatabase[Any]) -> None:
        """Run a case in memory, awaited."""
        await case.run(async_memory_db)

    def test_postgres(self, case: Case, postgres_db: BaseDatabase[Any]) -> None:
        """Run a case on PostgreSQL."""
        case.run(postgres_db)

    @pytest.mark.asyncio(loop_scope="session")
    async def test_async_postgres(self, case: Case, async_postgres_db: AsyncBaseDatabase[Any]) -> None:
        """Run a case on PostgreSQL, awaited."""
        await case.run(async_postgres_db)

    def _cases(self, make: Callable[..., list[Case]], capabilities: Any) -> list[Case]:
        if self.entity is None:
            if not self.entities:
                raise pytest.UsageError("a ConformanceSuite needs `entity`, or `entities`")
            return _made(make, tuple(self.entities), capabilities)
        entity = _entity(self.entity, self.entities)
        made = _made(make, tuple(self.entities) or _beside(entity), capabilities)
        return [case for case in made if case.about in (entity.name, ALL)]


@cache
def _made(make: Callable[..., list[Case]], entities: tuple[AnyEntity, ...], capabilities: Any) -> list[Case]:
    """Make the cases of all entities, once for the suites of each."""
    return make(entities, capabilities)


def _entity(given: Any, entities: Sequence[AnyEntity]) -> AnyEntity:
    """Return the entity that a suite is for, or refuse what is none."""
    if isinstance(given, Entity):
        if entities and given not in entities:
            raise pytest.UsageError(f"{given.name} is not among the `entities` of the ConformanceSuite")
        return given
    found = next((entity for entity in entities or known_entities() if entity.value is given), None)
    if found is None:
        named = getattr(given, "__name__", repr(given))
        raise pytest.UsageError(f"{named} is the value of no entity: give the ConformanceSuite the dbkit.Entity")
    return found


def _beside(entity: AnyEntity) -> tuple[AnyEntity, ...]:
    """Return the entities of an entity's metadata, itself among them, in the order of their tables."""
    # Of several for one table the oldest, so that it is the same one in each process of a parallel run.
    by_table = {known.table: known for known in reversed(known_entities())} | {entity.table: entity}
    return tuple(by_table[table] for table in entity.table.metadata.tables.values() if table in by_table)
