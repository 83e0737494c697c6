"""The files of checkpoints, beside the line: a few words about their place, and SQL. Needs the files alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dbkit.migrate.checkpoints.errors import CheckpointStale
from dbkit.migrate.line import Line, Revision

__all__ = ["FOLDER", "Checkpoint", "Words", "checkpoint_at", "checkpoints", "start_of", "strangers"]

FOLDER: Final = "checkpoints"

_SAYS = re.compile(r"^-- (\w+): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Words:
    """What a checkpoint says about itself.

    `line` is the hash that dbkit.sum has of its revision, and so of all before it; `fingerprint` that of the
    schema; `rows` is how many of which table it brings along.
    """

    revision: str
    line: str
    fingerprint: str
    rows: str

    def __str__(self) -> str:
        said = (
            ("revision", self.revision),
            ("line", self.line),
            ("fingerprint", self.fingerprint),
            ("rows", self.rows),
        )
        return "".join(f"-- {name}: {value}\n" for name, value in said)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A file that stands for the first `count` revisions of a line, up to and with `revision`."""

    path: Path
    revision: Revision
    count: int

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The file, as `dbkit.sum` names it."""
        return f"{FOLDER}/{self.path.name}"

    @property
    def sql(self) -> str:
        """The script, words and all."""
        return self.path.read_text(encoding="utf-8")

    def words(self) -> Words:
        """Return what it says about itself; raises `CheckpointStale` where it says it not."""
        said = dict(_SAYS.findall(self.sql.partition("\n\n")[0]))
        try:
            return Words(said["revision"], said["line"], said["fingerprint"], said.get("rows", ""))
        except KeyError as missing:
            raise CheckpointStale(f"{self.name} does not say its {missing.args[0]}") from None


def checkpoints(line: Line) -> tuple[Checkpoint, ...]:
    """Return the checkpoints of a line, in its order."""
    present = {path.stem for path in (line.folder / FOLDER).glob("*.sql")}
    places = enumerate(line.revisions, 1) if present else ()
    return tuple(checkpoint_at(line, count) for count, revision in places if revision.path.stem in present)


def checkpoint_at(line: Line, count: int) -> Checkpoint:
    """Return the checkpoint that stands for the first `count` revisions, be there a file or not."""
    revision = line.revisions[count - 1]
    return Checkpoint(line.folder / FOLDER / f"{revision.path.stem}.sql", revision, count)


def start_of(line: Line, count: int) -> Checkpoint | None:
    """Return the checkpoint to begin with on the way to the first `count` revisions: the last one; None for none."""
    return next((each for each in reversed(checkpoints(line)) if each.count <= count), None)


def strangers(line: Line) -> list[str]:
    """Return the files among the checkpoints that stand for no revision of the line."""
    known = {each.path.name for each in checkpoints(line)}
    return [f"{FOLDER}/{path.name}" for path in sorted((line.folder / FOLDER).glob("*.sql")) if path.name not in known]
