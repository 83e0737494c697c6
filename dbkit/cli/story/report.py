"""The told story as lines for a reader, or as JSON for a machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dbkit.cli.story.telling import Told, differences

__all__ = ["Report"]


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
        console.print(
            f"PostgreSQL {self.version} started in a temporary folder in {self.start_seconds:.2f} s, "
            f"{self.tables} tables created in {self.schema_seconds:.2f} s."
        )
        console.print()
        console.print(self._table())
        console.print()
        console.print(self._verdict())

    def _table(self) -> Table:
        table = Table(box=None, expand=True, header_style="dim", padding=(0, 2, 0, 0))
        table.add_column("", ratio=1)
        table.add_column("PostgreSQL", justify="right", no_wrap=True)
        table.add_column("memory", justify="right", no_wrap=True)
        steps = zip(self.postgresql, self.memory, strict=True)
        for chapter, pairs in groupby(steps, key=lambda pair: pair[0].chapter):
            table.add_row(Text(chapter, style="bold"))
            for postgresql, memory in pairs:
                table.add_row(_told(postgresql), _milliseconds(postgresql), _milliseconds(memory))
        return table

    def _json_steps(self) -> Iterator[dict[str, Any]]:
        different = self.different
        for number, (postgresql, memory) in enumerate(zip(self.postgresql, self.memory, strict=True)):
            yield {
                "chapter": postgresql.chapter,
                "title": postgresql.title,
                "equal": number not in different,
                "error": _json_error(postgresql),
                "seconds": {"postgresql": postgresql.seconds, "memory": memory.seconds},
            }

    def _verdict(self) -> Text:
        count, different = len(self.postgresql), self.different
        times = [sum(step.seconds for step in steps) * 1000 for steps in (self.postgresql, self.memory)]
        took = f"PostgreSQL took {times[0]:.0f} ms, memory {times[1]:.1f} ms."
        if not different:
            return Text(f"{count} steps, {count} equal answers. {took}", style="bold green")
        titles = "; ".join(self.postgresql[number].title for number in different)
        return Text(f"{count} steps, {len(different)} answered differently: {titles}. {took}", style="bold red")


def _told(told: Told) -> Padding:
    lines: list[RenderableType] = [Text(told.title)]
    error = told.error
    if error is not None:
        where = f" ({error.constraint})" if error.constraint else ""
        text = Text.assemble((type(error).__name__, "yellow"), f": {error.happened}{where}")
        lines.append(Padding(text, (0, 0, 0, 2)))
    return Padding(Group(*lines), (0, 0, 0, 2))


def _milliseconds(told: Told) -> str:
    return f"{told.seconds * 1000:.2f} ms"


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
