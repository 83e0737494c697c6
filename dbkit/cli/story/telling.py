"""Telling the story to databases, and comparing what they answer."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dbkit import Database
from dbkit.cli.story.cast import Cast
from dbkit.cli.story.steps import CHAPTERS
from dbkit.types import DbkitError, Page, Value

__all__ = ["Told", "differences", "tell"]


@dataclass(frozen=True, slots=True)
class Told:
    """A step that a database was told, with its normalised answer and how long that took."""

    chapter: str
    title: str
    answer: Any
    error: DbkitError | None
    seconds: float


def tell(database: Database, cast: Cast) -> list[Told]:
    """Tell the whole story to an empty database. Any error that is not part of it is raised."""
    told = []
    for chapter, steps in CHAPTERS.items():
        started = time.perf_counter()
        for step in steps(database, cast):
            seconds = time.perf_counter() - started
            told.append(Told(chapter, step.title, _normalised(step.answer), _error_in(step.answer), seconds))
            started = time.perf_counter()
    return told


def differences(one: Sequence[Told], other: Sequence[Told]) -> list[int]:
    """Return the numbers of the steps, from 0, that two databases did not answer alike."""
    return [
        number
        for number, (mine, yours) in enumerate(zip(one, other, strict=True))
        if (mine.title, mine.answer) != (yours.title, yours.answer)
    ]


def _error_in(answer: object) -> DbkitError | None:
    parts = answer if isinstance(answer, tuple) else (answer,)
    return next((part for part in parts if isinstance(part, DbkitError)), None)


def _normalised(answer: Any) -> Any:
    """Return an answer without what two databases cannot agree on: the time at which each was asked."""
    if isinstance(answer, DbkitError):
        return _facts(answer)
    if isinstance(answer, Page):
        return _normalised([answer.next, *answer.items])
    if isinstance(answer, Value):
        return type(answer).__name__, _normalised(answer.model_dump())
    if isinstance(answer, Mapping):
        return {name: _normalised(part) for name, part in answer.items()}
    if isinstance(answer, list | tuple):
        return [_normalised(part) for part in answer]
    return "a time" if isinstance(answer, datetime) else answer


def _facts(error: DbkitError) -> dict[str, object]:
    """Return what an error says, but for the SQLSTATE: that of RESTRICT depends on the server's version."""
    facts = {name: fact for name, fact in vars(error).items() if name != "sqlstate"}
    return {"class": type(error).__name__, "retryable": error.retryable, **facts}
