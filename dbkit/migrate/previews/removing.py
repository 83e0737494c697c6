"""Listing previews, and removing them: one, or all that are old or whose branch is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg

from dbkit.migrate.previews.errors import PreviewBusy
from dbkit.migrate.previews.found import Found
from dbkit.migrate.previews.mark import Mark
from dbkit.migrate.previews.names import branch_named, preview_name, require_project
from dbkit.migrate.previews.server import PreviewServer, now_utc, opened
from dbkit.migrate.session import failure
from dbkit.types.errors import DbkitError

__all__ = ["Expiry", "Gone", "drop", "expire", "previews"]


@dataclass(frozen=True, slots=True)
class Expiry:
    """Which previews go: those whose time is over, and further ones.

    `older_than`: also those that nobody has asked for in so long. `live`: also those whose branch is not in it.
    """

    older_than: timedelta | None = None
    live: frozenset[str] | None = None

    def reason(self, mark: Mark, now: datetime) -> str | None:
        """Return why a preview goes; None where it stays."""
        if self.live is not None and mark.branch not in self.live:
            return "its branch is gone"
        if mark.expires_at <= now:
            return f"its time was over at {mark.expires_at.isoformat()}"
        if self.older_than is not None and mark.renewed_at + self.older_than <= now:
            return f"nobody has asked for it since {mark.renewed_at.isoformat()}"
        return None


@dataclass(frozen=True, slots=True)
class Gone:
    """A preview that `expire` looked at closer: why it goes, and what was in the way where it is still there."""

    found: Found
    reason: str
    error: DbkitError | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON document."""
        said = {"error": None if self.error is None else {"code": self.error.code, "message": str(self.error)}}
        return {"reason": self.reason} | said | self.found.as_json()


def previews(url: str | None = None, *, project: str | None = None) -> list[Found]:
    """Return a project's previews on the server of a URL, by name, those that are unfinished too."""
    require_project(project)
    with opened(url) as server:
        return server.find_all(project)


def drop(branch: str, url: str | None = None, *, project: str | None = None, patience_seconds: float = 600) -> bool:
    """Remove a branch's preview, end its sessions, and tell whether there was anything to do.

    Raises `PreviewForeign` where the name belongs to something else, `PreviewBusy`, and what the server refuses.
    """
    branch = branch_named(branch)
    name = preview_name(branch, project)
    with opened(url) as server, server.locked(name, patience_seconds):
        found = server.find(name)
        server.require_own(found, branch, project)
        server.remove(found)
        return found.is_there


def expire(
    url: str | None = None,
    *,
    project: str | None = None,
    expiry: Expiry | None = None,
    dry_run: bool = False,
    now: Callable[[], datetime] = now_utc,
) -> list[Gone]:
    """Remove a project's previews that are to go, and return them; with `dry_run` only return them.

    One that cannot be removed, or that somebody is just making, does not stop the others: it is returned
    with its error.
    """
    require_project(project)
    expiry, time_now = expiry or Expiry(), now()
    gone = []
    with opened(url) as server:
        for found in server.find_all(project):
            assert found.mark is not None
            reason = expiry.reason(found.mark, time_now)
            if reason is not None and dry_run:
                gone.append(Gone(found, reason))
            elif reason is not None:
                gone += _removed(server, found, expiry, time_now)
    return gone


def _removed(server: PreviewServer, seen: Found, expiry: Expiry, now: datetime) -> list[Gone]:
    """Remove a preview that is still to go when nobody else is at work on it."""
    assert seen.mark is not None
    reason = expiry.reason(seen.mark, now)
    try:
        with server.locked(seen.name, 0):
            found = server.find(seen.name)
            reason = None if found.mark is None else expiry.reason(found.mark, now)
            if reason is None:
                # Somebody has removed it meanwhile, or asked for it again.
                return []
            server.remove(found)
    except PreviewBusy as error:
        return [Gone(seen, str(reason), error)]
    except (psycopg.Error, DbkitError) as error:
        if server.connection.closed:
            raise
        return [Gone(seen, str(reason), error if isinstance(error, DbkitError) else failure(error))]
    return [Gone(found, reason)]
