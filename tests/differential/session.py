"""One session of a program on one backend: its blocks, and what it does at each step."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from dbkit.database._async.database import AsyncDatabase
from dbkit.types.errors import DbkitError
from tests.differential.outcomes import Answers, unordered
from tests.differential.program import BEGIN, END, NEXT_PAGE, SAVEPOINT, UNDO, WALK, Step
from tests.differential.values import New, Symbol

__all__ = ["CANCELLED", "Session", "Shared"]

CANCELLED = "cancelled"
"""What a step came to that was cancelled; with it the session has left all its blocks."""

_PAGES_MAX = 40


class _Undone(Exception):
    """Leaves a block."""


@dataclass
class Shared:
    """What the sessions of a run share: the newest version that anybody saw of each row."""

    answers: Answers = field(default_factory=Answers)
    undoes_errors: bool = True
    versions: dict[str, int] = field(default_factory=dict)

    def saw(self, entity: str, key_names: tuple[str, ...], value: Any) -> None:
        """Note the version of a value."""
        if hasattr(value, "version"):
            self.versions[repr([entity, *(getattr(value, name, None) for name in key_names)])] = value.version

    def frozen(self, step: Step) -> Step:
        """Return a step with the versions that it stands for now."""
        named = {name: self._frozen(given) for name, given in step.named.items()}
        return replace(step, named=named)

    def _frozen(self, given: Any) -> Any:
        if isinstance(given, Symbol) and given.kind == "version":
            entity, key = given.argument
            return self.versions.get(repr([entity, *key]), 1)
        return given

    def resolved(self, given: Any) -> Any:
        """Return an argument with what it stands for."""
        if isinstance(given, Symbol):
            return self.answers.number(given.argument)
        if isinstance(given, New):
            return given.made()
        if isinstance(given, list):
            return [self.resolved(each) for each in given]
        return given


class Session:
    """Takes steps one after the other, each in a task of its own, so that it can be cancelled."""

    def __init__(self, database: AsyncDatabase, shared: Shared) -> None:
        self._database = database
        self._shared = shared
        self._blocks: list[tuple[AbstractAsyncContextManager[Any], Any]] = []
        self._page: tuple[str, tuple[Any, ...], dict[str, Any]] | None = None
        self._task: asyncio.Task[Any] | None = None

    @property
    def depth(self) -> int:
        """How many blocks it has open."""
        return len(self._blocks)

    def take(self, step: Step) -> asyncio.Task[Any]:
        """Begin a step, and return the task that comes to its outcome."""
        self._task = asyncio.create_task(self._outcome(step))
        return self._task

    def cancel(self) -> None:
        """Cancel the step that is under way."""
        assert self._task is not None
        self._task.cancel()

    async def stop(self) -> None:
        """Leave all blocks, whatever is under way."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        while self._blocks:
            with suppress(Exception):
                await self._undo()

    async def _outcome(self, step: Step) -> Any:
        answers = self._shared.answers
        try:
            return answers.value(await self._do(step))
        except asyncio.CancelledError:
            while self._blocks:
                await self._undo()
            return CANCELLED
        except Exception as error:  # noqa: BLE001 (whatever is raised is an outcome)
            shown = answers.error(error)
            if self._blocks and self._shared.undoes_errors and step.entity is not None and _is_of_server(error):
                shown["undone"] = await self._undo()
            return shown

    async def _do(self, step: Step) -> Any:
        if step.entity is not None:
            return await self._call(step)
        if step.what == BEGIN and not self._blocks:
            return await self._enter(self._database.transaction(**step.named))
        if step.what == SAVEPOINT and self._blocks:
            return await self._enter(self._unit.transaction())
        if step.what == END and self._blocks:
            block, _ = self._blocks.pop()
            return bool(await block.__aexit__(None, None, None))
        if step.what == UNDO and self._blocks:
            return await self._undo()
        return "nothing"

    @property
    def _unit(self) -> Any:
        return self._blocks[-1][1] if self._blocks else self._database

    async def _enter(self, block: AbstractAsyncContextManager[Any]) -> None:
        self._blocks.append((block, await block.__aenter__()))

    async def _undo(self) -> str:
        block, _ = self._blocks.pop()
        is_swallowed = await block.__aexit__(_Undone, _Undone(), None)
        return "swallowed" if is_swallowed else "undone"

    async def _call(self, step: Step) -> Any:
        entity = str(step.entity)
        repository = getattr(self._unit, entity)
        arguments = tuple(self._shared.resolved(each) for each in step.arguments)
        named = {name: self._shared.resolved(each) for name, each in step.named.items()}
        if step.what in (NEXT_PAGE, WALK):
            return await self._read_pages(step.what, entity, arguments, named)
        method = getattr(repository, step.what, None)
        if method is None:
            # What is for transactions alone, where a shrunk program has none any more.
            return "nothing"
        answer = method(*arguments, **named)
        if hasattr(answer, "__aiter__"):
            return [value async for value in answer]
        result = await answer
        if step.what == "page":
            self._page = (entity, arguments, {**named, "after": result.next})
        self._note(entity, repository, result)
        return unordered_of(repository, step.what, result)

    def _note(self, entity: str, repository: Any, result: Any) -> None:
        values = result if isinstance(result, list) else [getattr(result, "value", result)]
        for value in values:
            self._shared.saw(entity, repository.entity.key, value)

    async def _read_pages(self, what: str, entity: str, arguments: Any, named: dict[str, Any]) -> Any:
        if what == NEXT_PAGE:
            if self._page is None or self._page[2]["after"] is None:
                return "nothing"
            entity, arguments, named = self._page
        pages = []
        for _ in range(1 if what == NEXT_PAGE else _PAGES_MAX):
            page = await getattr(self._unit, entity).page(*arguments, **named)
            pages.append(page)
            named = {**named, "after": page.next}
            if page.next is None:
                break
        if what == NEXT_PAGE:
            self._page = (entity, arguments, named)
        return pages


def _is_of_server(error: Exception) -> bool:
    return isinstance(error, DbkitError) and error.sqlstate is not None


def unordered_of(repository: Any, verb: str, result: Any) -> Any:
    """Return a result, in an order of its own where an operation promises none."""
    is_promised = verb in repository.entity.verbs or not isinstance(result, list)
    return result if is_promised else unordered(result)
