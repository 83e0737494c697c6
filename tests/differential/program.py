"""Programs: what several sessions do, step by step, as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dbkit.database.emissions import OUTBOX
from tests.differential.values import New, Symbol, decoded, encoded

__all__ = [
    "BEGIN",
    "CANCEL",
    "END",
    "FOUND",
    "NEXT_PAGE",
    "SAVEPOINT",
    "UNDO",
    "WALK",
    "Program",
    "Step",
    "load",
    "save",
]

FOUND = Path(__file__).parent / "found"
"""Programs over which the twin once differed from PostgreSQL."""

BEGIN = "begin"
SAVEPOINT = "savepoint"
END = "end"
"""Leave the innermost block as it ends: COMMIT, or RELEASE of a savepoint."""
UNDO = "undo"
"""Leave the innermost block by an exception: ROLLBACK, or ROLLBACK TO a savepoint."""
CANCEL = "cancel"
"""Cancel the call of a session that waits; as the exception leaves all of its blocks, they are undone."""
NEXT_PAGE = "next page"
WALK = "walk"
"""Read all pages of a query."""

_WRITTEN_TOO: Mapping[str, tuple[str, ...]] = {
    "connections": ("audit_events",),
    "deliveries": ("delivery_attempts",),
    "organizations": ("teams",),
    "revisions": ("integrations",),
}


@dataclass(frozen=True)
class Step:
    """What a session does: a verb or operation of an entity or, without an entity, something with its transaction.

    Steps go with any state: what has nothing to act on does nothing. So each may be left out of a program.
    """

    session: int
    what: str
    entity: str | None = None
    arguments: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        given = [*map(_shown, self.arguments), *(f"{name}={_shown(value)}" for name, value in self.named.items())]
        called = self.what if self.entity is None else f"{self.entity}.{self.what}"
        return f"session {self.session}: {called}({', '.join(given)})"

    def data(self) -> list[Any]:
        """Return the step as JSON."""
        named = {name: encoded(value) for name, value in self.named.items()}
        return [self.session, self.what, self.entity, [encoded(each) for each in self.arguments], named]

    @classmethod
    def read(cls, data: list[Any]) -> Step:
        """Return the step of what `data` has made."""
        session, what, entity, arguments, named = data
        given = {name: decoded(value) for name, value in named.items()}
        return cls(session, what, entity, tuple(decoded(each) for each in arguments), given)


@dataclass(frozen=True)
class Program:
    """Steps in the order in which they are begun.

    A step of a session that waits is put off until the session goes on. `undoes_errors` has the innermost block of a
    session undone where a statement fails in it; `is_impatient` sets a lock timeout, so that nobody waits for long.
    Where it `tells_events`, changes store their events as well.
    """

    steps: tuple[Step, ...]
    undoes_errors: bool = True
    is_impatient: bool = False
    tells_events: bool = False

    def __str__(self) -> str:
        flags = ", ".join(f"{name}={value}" for name, value in self._flags().items())
        return "\n".join([f"{flags}:", *map(str, self.steps)])

    @property
    def entities(self) -> list[str]:
        """The names of the entities that its steps are about, and of those that operations of these write to."""
        named = [
            name for step in self.steps if step.entity for name in (step.entity, *_WRITTEN_TOO.get(step.entity, ()))
        ]
        return list(dict.fromkeys([*named, *([OUTBOX] if self.tells_events else [])]))

    @property
    def sessions(self) -> int:
        """How many sessions it takes."""
        return max((step.session for step in self.steps), default=0) + 1

    def of(self, steps: Iterable[Step]) -> Program:
        """Return the same program of other steps."""
        return replace(self, steps=tuple(steps))

    def data(self) -> dict[str, Any]:
        """Return the program as JSON."""
        return {**self._flags(), "steps": [step.data() for step in self.steps]}

    def _flags(self) -> dict[str, bool]:
        flags = {"undoes_errors": self.undoes_errors, "is_impatient": self.is_impatient}
        return {**flags, **({"tells_events": True} if self.tells_events else {})}

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Program:
        """Return the program of what `data` has made."""
        steps = tuple(map(Step.read, data["steps"]))
        return cls(steps, data["undoes_errors"], data["is_impatient"], data.get("tells_events", False))


def save(program: Program, path: Path) -> None:
    """Write a program as JSON, a step a line, for people to read."""
    data = program.data()
    steps = ",\n".join(f"    {json.dumps(step, ensure_ascii=False)}" for step in data.pop("steps"))
    flags = "".join(f"  {json.dumps(name)}: {json.dumps(value)},\n" for name, value in data.items())
    path.write_text(f'{{\n{flags}  "steps": [\n{steps}\n  ]\n}}\n', encoding="utf-8")


def load(path: Path) -> Program:
    """Return the program of a file."""
    return Program.read(json.loads(path.read_text(encoding="utf-8")))


def _shown(value: Any) -> str:
    if isinstance(value, New):
        fields = ", ".join(f"{name}={_shown(part)}" for name, part in value.fields.items())
        return f"{'unchecked ' if value.unchecked else ''}New({fields})"
    if isinstance(value, Symbol):
        return f"<{value.kind} {_shown(value.argument)}>"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_shown, value))}]"
    text = repr(value) if not hasattr(value, "hex") or isinstance(value, bytes | float) else str(value)
    return text if len(text) <= 100 else f"{text[:97]}..."
