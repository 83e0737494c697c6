"""Playing a program on one side: its trace says what each step came to, who waited, and what was stored in the end."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dbkit.models import ENTITIES
from tests.differential.program import CANCEL, UNDO, Program, Step
from tests.differential.session import Session, Shared
from tests.differential.sides import Side
from tests.differential.values import entity_of

__all__ = ["Moment", "Trace", "play"]

_ROWS_MAX = 1_000


@dataclass(frozen=True)
class Moment:
    """What came of beginning a step, once nothing moved any more: outcomes by session, and the sessions that wait."""

    step: Step
    finished: dict[int, Any]
    waiting: tuple[int, ...]

    def data(self) -> list[Any]:
        """Return what two sides are compared by, as JSON."""
        finished = [[session, outcome] for session, outcome in sorted(self.finished.items())]
        return [self.step.session, self.step.what, finished, list(self.waiting)]


@dataclass
class Trace:
    """What a side made of a program."""

    moments: list[Moment] = field(default_factory=list)
    rows: dict[str, Any] = field(default_factory=dict)

    @property
    def had_anybody_waiting(self) -> bool:
        """Whether a session waited for another one: what comes then may hang on orders that nobody promises."""
        return any(moment.waiting for moment in self.moments)

    def data(self) -> dict[str, Any]:
        """Return the trace as JSON."""
        return {"moments": [moment.data() for moment in self.moments], "rows": self.rows}


async def play(program: Program, side: Side) -> Trace:
    """Play a program on a side with empty tables, and leave them empty."""
    run = _Run(program, side)
    try:
        await run.open()
        await run.play()
        await run.read()
    finally:
        await run.close()
    return run.trace


class _Run:
    def __init__(self, program: Program, side: Side) -> None:
        self.trace = Trace()
        self._program = program
        self._side = side
        self._shared = Shared(undoes_errors=program.undoes_errors)
        self._sessions: list[Session] = []
        self._scripts: list[deque[Step]] = [deque() for _ in range(program.sessions)]
        self._pending: dict[int, asyncio.Future[Any]] = {}

    async def open(self) -> None:
        self._shared.answers.begin()
        self._databases = await self._side.open(self._shared.answers, self._program)
        self._sessions = [Session(database, self._shared) for database in self._databases[: self._program.sessions]]

    async def play(self) -> None:
        for step in self._program.steps:
            if step.what == CANCEL:
                await self._cancel(step)
                continue
            self._scripts[step.session].append(step)
            if step.session not in self._pending:
                await self._begin(self._scripts[step.session].popleft())
        while (step := self._next()) is not None:
            await self._begin(step)

    def _next(self) -> Step | None:
        """Return a step that was put off or, where there is none, one that ends a block."""
        free = [session for session in range(len(self._sessions)) if session not in self._pending]
        for session in free:
            if self._scripts[session]:
                return self._scripts[session].popleft()
        return next((Step(session, UNDO) for session in free if self._sessions[session].depth), None)

    async def _begin(self, step: Step) -> None:
        self._shared.answers.begin()
        step = self._shared.frozen(step)
        self._pending[step.session] = self._sessions[step.session].take(step)
        await self._settle(step)

    async def _cancel(self, step: Step) -> None:
        """Cancel what a session waits for; one that does not wait has nothing to cancel."""
        if step.session in self._pending:
            self._shared.answers.begin()
            self._sessions[step.session].cancel()
            await asyncio.wait([self._pending[step.session]])
            await self._settle(step)

    async def _settle(self, step: Step) -> None:
        await self._side.settle(self._pending)
        finished = {session: outcome.result() for session, outcome in self._pending.items() if outcome.done()}
        self._pending = {session: each for session, each in self._pending.items() if not each.done()}
        self.trace.moments.append(Moment(step, finished, tuple(sorted(self._pending))))

    async def read(self) -> None:
        """Read all rows that the program's entities have now."""
        self._shared.answers.begin()
        for name in self._program.entities:
            self.trace.rows[name] = self._shared.answers.value(await _rows(self._databases[0], name))

    async def close(self) -> None:
        for session in self._sessions:
            await session.stop()
        await self._side.close(_touched(self._program.entities))


async def _rows(database: Any, name: str) -> list[Any]:
    """Return all rows of an entity in the order of its key, deleted ones too."""
    kind = entity_of(name).filter
    everything: dict[str, Any] = {}
    for field_name, info in kind.model_fields.items():
        for option in getattr(info.annotation, "__args__", (info.annotation,)):
            if getattr(option, "__name__", "") == "EveryTenant":
                everything[field_name] = next(iter(option))
            elif getattr(option, "__name__", "") == "Deleted":
                everything[field_name] = option("any")
    return list((await getattr(database, name).page(kind(**everything), limit=_ROWS_MAX)).items)


def _touched(entities: Sequence[str]) -> list[str]:
    """Return these entities, children before parents."""
    return [entity.name for entity in reversed(ENTITIES) if entity.name in entities]
