"""What the commands about checkpoints refuse, and why."""

from __future__ import annotations

from typing import ClassVar

from dbkit.types.errors import SchemaMismatch

__all__ = ["CheckpointDiffers", "CheckpointFailed", "CheckpointStale"]


class CheckpointDiffers(SchemaMismatch):
    """What a checkpoint makes is not what the revisions make that it stands for. Nothing was written."""

    code: ClassVar[str] = "checkpoint_differs"
    what: ClassVar[str] = "The checkpoint is not what the revisions make"
    advice: ClassVar[str] = "The line goes on without: it is applied revision by revision."
    exit_code: ClassVar[int] = 1


class CheckpointStale(SchemaMismatch):
    """A checkpoint was written for other revisions than those of the line."""

    code: ClassVar[str] = "checkpoint_stale"
    what: ClassVar[str] = "The checkpoint stands for other revisions"
    advice: ClassVar[str] = (
        "Write it anew with `dbkit migrate checkpoint`, or remove it and run `dbkit migrate hash`; `apply --from-zero`"
        " goes without."
    )


class CheckpointFailed(SchemaMismatch):
    """A database did not take a checkpoint. Nothing of it was kept."""

    code: ClassVar[str] = "checkpoint_failed"
    what: ClassVar[str] = "The database does not take the checkpoint"
    advice: ClassVar[str] = "`dbkit migrate apply --from-zero` applies the revisions one by one."
    exit_code: ClassVar[int] = 1
