"""The told story as lines for a reader, or as JSON for a machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from dbkit.cli.story.telling import Told, differences
from dbkit.types import DbkitError

__all__ = ["Report"]

_WIDTH_MAX = 100


@dataclass(frozen=True, slots=True)
class Report:
    """What PostgreSQL and memory answered to the same story; times in seconds."""

    version: str
    start_seconds: float
    schema_seconds: float
    tables: int
    postgresql: list[Told]
    memory: list[Told]

    @property
    def different(self) -> list[int]:
        """The numbers of the steps that were answered differently."""
        return differences(self.postgresql, self.memory)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {
            "equal": not self.different,
            "postgresql": {
                "version": self.version,
                "start_seconds": self.start_seconds,
                "schema_seconds": self.schema_seconds,
            },
            "steps": list(self._json_steps()),
        }

    def show(self, console: Console) -> None:
        """Print the report for a reader."""
        width = min(console.width, _WIDTH_MAX)
        for line in self._lines(width):
            # Not broken here: a line that is too long for a terminal is still one line in a file.
            console.print(line, soft_wrap=True)

    def _lines(self, width: int) -> Iterator[Text]:
        yield Text(f"PostgreSQL {self.version}, started in a temporary folder in {self.start_seconds:.2f} s;")
        yield Text(f"{self.tables} tables created in {self.schema_seconds:.2f} s.")
        yield Text(_columns("", "PostgreSQL", "memory", width), style="dim")
        steps = zip(self.postgresql, self.memory, strict=True)
        for chapter, pairs in groupby(steps, key=lambda pair: pair[0].chapter):
            yield Text(chapter, style="bold")
            for postgresql, memory in pairs:
                yield Text(_columns(f"  {postgresql.title}", _milliseconds(postgresql), _milliseconds(memory), width))
                if postgresql.error is not None:
                    yield _refusal(postgresql.error)
        yield Text()
        yield from self._verdict()

    def _json_steps(self) -> Iterator[dict[str, Any]]:
        different = self.different
        for number, (postgresql, memory) in enumerate(zip(self.postgresql, self.memory, strict=True)):
            step = {
                "chapter": postgresql.chapter,
                "title": postgresql.title,
                "equal": number not in different,
                "error": _json_error(postgresql),
                "seconds": {"postgresql": postgresql.seconds, "memory": memory.seconds},
            }
            yield step | {"answers": self._answers(number)} if number in different else step

    def _answers(self, number: int) -> dict[str, str]:
        return {"postgresql": str(self.postgresql[number].answer), "memory": str(self.memory[number].answer)}

    def _verdict(self) -> Iterator[Text]:
        count, different = len(self.postgresql), self.different
        times = [sum(step.seconds for step in steps) * 1000 for steps in (self.postgresql, self.memory)]
        took = f"PostgreSQL took {times[0]:.0f} ms, memory {times[1]:.1f} ms."
        if not different:
            yield Text(f"{count} steps, {count} equal answers. {took}", style="bold green")
            return
        yield Text(f"{count} steps, {len(different)} answered differently. {took}", style="bold red")
        for number in different:
            yield Text(f"  {self.postgresql[number].title}")
            for name, answer in self._answers(number).items():
                yield Text(f"    {name}: {answer}")


def _columns(title: str, postgresql: str, memory: str, width: int) -> str:
    return f"{title:<{width - 22}} {postgresql:>10} {memory:>10}"


def _milliseconds(told: Told) -> str:
    return f"{told.seconds * 1000:.2f} ms"


def _refusal(error: DbkitError) -> Text:
    where = f" ({error.constraint})" if error.constraint else ""
    return Text.assemble("    ", (type(error).__name__, "yellow"), f": {error.happened}{where}")


def _json_error(told: Told) -> dict[str, Any] | None:
    error = told.error
    if error is None:
        return None
    return {
        "class": type(error).__name__,
        "code": error.code,
        "message": str(error),
        "entity": error.entity,
        "constraint": error.constraint,
        "fields": list(error.fields),
    }
