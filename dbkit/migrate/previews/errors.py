"""What the commands for previews refuse, and why."""

from __future__ import annotations

from typing import ClassVar

from dbkit.types.errors import LockNotAvailable, SetupError

__all__ = ["PreviewBusy", "PreviewEntangled", "PreviewForeign", "TemplateBusy"]


class PreviewEntangled(SetupError):
    """The role of a preview owns something outside of its database, or has rights there. Its database is gone."""

    code: ClassVar[str] = "preview_entangled"
    what: ClassVar[str] = "the role of the preview owns something in another database, or has rights there"
    advice: ClassVar[str] = "Run DROP OWNED BY for the role in the other databases, then run this again."


class PreviewForeign(SetupError):
    """The name belongs to a database or a role that is not this branch's preview. Nothing was changed."""

    code: ClassVar[str] = "preview_foreign"
    what: ClassVar[str] = "the name belongs to something that is no preview of this branch"
    advice: ClassVar[str] = "Look at it with psql; rename or drop it by hand, or name the branch otherwise."


class PreviewBusy(LockNotAvailable):
    """Another run is at work on this preview."""

    code: ClassVar[str] = "preview_busy"
    what: ClassVar[str] = "another run is at work on this preview"
    advice: ClassVar[str] = "Wait for it, then run this again; or allow more time (--patience)."


class TemplateBusy(LockNotAvailable):
    """The template has open sessions, and the server copies no database that is in use."""

    code: ClassVar[str] = "template_busy"
    what: ClassVar[str] = "the template is in use"
    advice: ClassVar[str] = "End its sessions, and keep others out: ALTER DATABASE ... ALLOW_CONNECTIONS false."
