"""Whether a checkpoint stands for the revisions that a line has."""

from __future__ import annotations

from dbkit.migrate.checkpoints.errors import CheckpointStale
from dbkit.migrate.checkpoints.file import Checkpoint, Words, checkpoints, strangers
from dbkit.migrate.line import Line
from dbkit.migrate.sum import row_hashes

__all__ = ["checkpoint_findings", "require_current"]


def checkpoint_findings(line: Line) -> list[str]:
    """Return what is wrong with the checkpoints of a line, one sentence for each; nothing where all is well."""
    found = [f"{name} stands for no revision of the line" for name in strangers(line)]
    for each in checkpoints(line):
        try:
            require_current(line, each)
        except CheckpointStale as error:
            found.append(error.happened)
    return found


def require_current(line: Line, checkpoint: Checkpoint) -> Words:
    """Return what a checkpoint says of itself; raise `CheckpointStale` where the line has other revisions than it."""
    words = checkpoint.words()
    if (words.revision, words.line) != (checkpoint.revision.id, row_hashes(line)[checkpoint.revision.name]):
        raise CheckpointStale(
            f"{checkpoint.name} was written for other revisions than those up to {checkpoint.revision}"
        )
    return words
