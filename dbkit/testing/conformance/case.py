"""Cases: a function, and what it is about.

    @over(unique_keys)
    async def a_taken_key_is_refused(world: AsyncWorld, key: Unique) -> None: ...

makes one case for each unique key of each entity that the suite is bound to, named after both:
`connections-uq_connections_identity_live-a_taken_key_is_refused`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeAlias, TypeVar

from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.samples import Samples
from dbkit.testing.capabilities import Capability

__all__ = ["ALL", "Case", "Source", "Subject", "by_entity", "cases_of", "needs", "once", "over", "without"]

ALL = "all"
"""What a case is about that is about no single entity."""

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])

Subject: TypeAlias = tuple[str, tuple[Any, ...]]
"""A name, and the arguments that a case gets after the world."""

Source: TypeAlias = Callable[[Sequence[AnyEntity]], Iterable[Subject]]
"""Finds in the entities what a case is about."""


@dataclass(frozen=True)
class Case:
    """One case: `run(db)` passes, or raises. The database is empty before, and the case's own until it ends.

    Some leave it closed. The function may have several `runs`, one after the other: to populate a world and to empty it
    takes longer than most of them.
    """

    id: str
    function: Callable[..., Any]
    runs: tuple[Subject, ...]
    world: Callable[..., Any]
    entities: tuple[AnyEntity, ...]

    @property
    def about(self) -> str:
        """The name of the entity that the case is about, or `ALL`."""
        return self.id.partition("-")[0]

    def run(self, db: Any) -> Any:
        """Run the case on a database; in the async colour this returns what is to be awaited."""
        return self.world(db, Samples(self.entities)).run(self.function, self.runs)


def over(*sources: Source) -> Callable[[FunctionT], FunctionT]:
    """Make a case of the function for each subject of the sources."""

    def mark(function: FunctionT) -> FunctionT:
        vars(function)["sources"] = sources
        return function

    return mark


def by_entity(source: Source) -> Source:
    """Return the same subjects, for one case of each entity that is about all of its own."""

    def subjects(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        yield from source(entities)

    vars(subjects).update(vars(source), is_by_entity=True)
    return subjects


def once(_entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give one subject, whatever the entities: the case is about none of them, or about all."""
    yield ALL, ()


def needs(capability: Capability) -> Callable[[FunctionT], FunctionT]:
    """Make cases of the function for backends with this capability only."""

    def mark(function: FunctionT) -> FunctionT:
        vars(function)["needed"] = capability
        return function

    return mark


def without(capability: Capability) -> Callable[[FunctionT], FunctionT]:
    """Make cases of the function for backends that lack this capability only: how they say so."""

    def mark(function: FunctionT) -> FunctionT:
        vars(function)["lacking"] = capability
        return function

    return mark


def cases_of(
    modules: Iterable[ModuleType],
    world: Callable[..., Any],
    entities: Sequence[AnyEntity],
    capabilities: Collection[Capability],
) -> list[Case]:
    """Return the cases of some modules for some entities, in the order in which they are written."""
    found: list[Case] = []
    for module in modules:
        for name, function in vars(module).items():
            sources = getattr(function, "sources", ()) if _fits(function, capabilities) else ()
            for source in sources:
                for subject, runs in _runs(source, entities):
                    found.append(Case(f"{subject}-{name}", function, runs, world, tuple(entities)))
    return found


def _runs(source: Source, entities: Sequence[AnyEntity]) -> Iterator[tuple[str, tuple[Subject, ...]]]:
    """Yield what there is a case about, with its runs."""
    ways = getattr(source, "ways", ())
    runs: dict[str, list[Subject]] = {}
    for subject, arguments in source(entities):
        about = subject.partition("-")[0] if getattr(source, "is_by_entity", False) else subject
        each = [(f"{subject}-{way.value}", (*arguments, way)) for way in ways] or [(subject, arguments)]
        runs.setdefault(about, []).extend(each)
    for about, several in runs.items():
        yield about, tuple(several)


def _fits(function: Callable[..., Any], capabilities: Collection[Capability]) -> bool:
    needed, lacking = getattr(function, "needed", None), getattr(function, "lacking", None)
    return (needed is None or needed in capabilities) and lacking not in capabilities
