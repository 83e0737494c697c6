"""What ingestion refuses, and why."""

from __future__ import annotations

from typing import ClassVar

from dbkit.types.errors import ConfigurationInvalid, DbkitError, ResourceError

__all__ = ["BufferFull", "NotTaken", "SpoolDamaged", "SpoolFull", "SpoolInUse", "unwritable"]


class BufferFull(ResourceError):
    """The rows did not fit into the buffer in time: more come in than the database takes. None of them was taken."""

    code: ClassVar[str] = "buffer_full"
    retryable: ClassVar[bool] = True
    what: ClassVar[str] = "the buffer stayed full: more comes in than is stored"
    advice: ClassVar[str] = "Write later, or slower; look at what slows the database down."


class SpoolFull(BufferFull):
    """The database is out and the spool has no room left. The call's rows were not taken; those before are safe."""

    code: ClassVar[str] = "spool_full"
    what: ClassVar[str] = "the database is out, and the spool is full"
    advice: ClassVar[str] = "Bring the database back, or give the spool more room (spool_bytes_max)."


class NotTaken(ResourceError):
    """Rows that were written are neither stored nor spooled by now; `rows` is how many."""

    code: ClassVar[str] = "not_taken"
    retryable: ClassVar[bool] = True
    what: ClassVar[str] = "rows are neither stored nor spooled yet"
    advice: ClassVar[str] = "Do not acknowledge them; send them again."

    def __init__(self, rows: int, why: DbkitError | None) -> None:
        super().__init__(f"{rows} rows are neither stored nor spooled{'' if why is None else f': {why.happened}'}")
        self.rows = rows


class SpoolInUse(ConfigurationInvalid):
    """Another scribe writes into this folder."""

    code: ClassVar[str] = "spool_in_use"
    what: ClassVar[str] = "another scribe has this spool"
    advice: ClassVar[str] = "Give each process a folder of its own."


class SpoolDamaged(ResourceError):
    """A file of the spool is not as it was written; what is left of it is put aside."""

    code: ClassVar[str] = "spool_damaged"
    what: ClassVar[str] = "a file of the spool is damaged"
    advice: ClassVar[str] = "Look at the disk; the file is beside the others, under the name *.damaged."


def unwritable(error: OSError) -> ResourceError:
    """Return the typed error for a spool that the operating system refuses to write."""
    return SpoolFull(f"the spool cannot be written ({error.strerror})", advice="Look at the folder's disk and rights.")
