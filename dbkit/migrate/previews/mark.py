"""The mark that tells previews from all other databases: JSON in the comment of database and role."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from dbkit.migrate.previews.names import preview_name
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Mark"]


class Mark(BaseModel):
    """Whose preview this is, since when, and until when.

    `renewed_at` is when it was last asked for, `ready` whether it is complete. Without a project it is
    that of the only project on its server.
    """

    model_config = ConfigDict(frozen=True)

    dbkit: Literal["preview"]
    project: str | None
    branch: str
    creator: str
    created_at: AwareDatetime
    renewed_at: AwareDatetime
    expires_at: AwareDatetime
    ready: bool = False

    @classmethod
    def read(cls, comment: str | None, name: str) -> Mark | None:
        """Return the mark in the comment of what has this name; None where there is none.

        One that was written for another name is none either: what somebody has renamed is theirs.
        """
        if comment is None:
            return None
        try:
            mark = cls.model_validate_json(comment)
            return mark if preview_name(mark.branch, mark.project) == name else None
        except (ValidationError, ConfigurationInvalid):
            return None

    def __str__(self) -> str:
        # In ASCII, as a comment of a database is stored in the encoding of another one.
        return json.dumps(self.model_dump(mode="json"))

    def renewed(self, now: datetime, expires_at: datetime) -> Mark:
        """Return the mark of a preview that is asked for again."""
        return self.model_copy(update={"renewed_at": now, "expires_at": expires_at})

    def done(self) -> Mark:
        """Return the mark of the preview when it is complete."""
        return self.model_copy(update={"ready": True})
