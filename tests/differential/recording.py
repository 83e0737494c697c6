"""Recorded answers: programs with what PostgreSQL answered, for a twin that is judged without a server."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dbkit.models import ENTITIES
from tests.differential.comparing import Difference
from tests.differential.machine import Machine, judged
from tests.differential.playing import Moment, Trace
from tests.differential.program import FOUND, Program, Step, load
from tests.differential.serial import Anomaly
from tests.differential.writing import Plan, seeded

__all__ = ["RECORDED", "Recorded", "record", "recorded"]

RECORDED = Path(__file__).parent / "recorded" / "answers.json.gz"

_PLANS = (Plan(sessions=1, calls=30), Plan(sessions=2, calls=20), Plan(sessions=3), Plan(sessions=4))


class Recorded:
    """A program, and PostgreSQL's answers to it."""

    def __init__(self, name: str, program: Program, answers: Trace) -> None:
        self.name = name
        self.program = program
        self.answers = answers

    async def difference(self) -> Difference | Anomaly | None:
        """Return where the twin answers differently, or None."""
        return await judged(self.program, self.answers)


def recorded(path: Path = RECORDED) -> list[Recorded]:
    """Return what was recorded."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [Recorded(name, Program.read(program), _read(answers)) for name, program, answers in json.load(file)]


async def record(machine: Machine, each: int, path: Path = RECORDED) -> int:
    """Record what was found, and so many programs for each entity and number of sessions.

    Return how many came out the same twice.
    """
    kept = []
    for name, program in _programs(each):
        answers = await machine.answers(program)
        if answers is not None:
            kept.append([name, program.data(), answers.data()])
    _write(kept, path)
    return len(kept)


def _write(kept: list[Any], path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    text = "[\n" + ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in kept) + "\n]\n"
    # Without the time, so that the same answers make the same file.
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def _programs(each: int) -> Iterator[tuple[str, Program]]:
    for path in sorted(FOUND.glob("*.json")):
        yield path.stem, load(path)
    for entity in ENTITIES:
        for plan in _PLANS:
            for number in range(each):
                name = f"{entity.name} {plan.sessions} {number}"
                yield name, seeded(name, plan.about(entity.name))


def _read(data: Any) -> Trace:
    moments = []
    for session, what, finished, waiting in data["moments"]:
        moments.append(Moment(Step(session, what), dict(finished), tuple(waiting)))
    return Trace(moments, data["rows"])
