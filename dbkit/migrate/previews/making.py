"""Making a preview: role, database, what is in it, and the mark that it is complete."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from dbkit.migrate.previews.address import acting_url, of_database, preview_url
from dbkit.migrate.previews.errors import TemplateBusy
from dbkit.migrate.previews.found import Found
from dbkit.migrate.previews.mark import Mark
from dbkit.migrate.previews.names import branch_named, preview_name
from dbkit.migrate.previews.owning import own_everything
from dbkit.migrate.previews.server import PreviewServer, now_utc, opened
from dbkit.migrate.session import Session

__all__ = ["Limits", "Made", "Wanted", "create"]

_PASSWORD_BYTES = 32
_SESSIONS = """
    SELECT coalesce(nullif(application_name, ''), 'a session without a name') || ' (pid ' || pid || ')'
    FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid() ORDER BY backend_start LIMIT 5
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the role of a preview may use of the server, as the pool's profile `preview` reckons with it."""

    connections: int = 6
    statement_seconds: float = 30
    lock_seconds: float = 5
    idle_in_transaction_seconds: float = 30
    idle_seconds: float = 600

    @property
    def settings(self) -> dict[str, str]:
        """The settings of the role; it can change them for a session, but not its number of connections."""
        return {
            "statement_timeout": f"{self.statement_seconds * 1000:.0f}ms",
            "lock_timeout": f"{self.lock_seconds * 1000:.0f}ms",
            "idle_in_transaction_session_timeout": f"{self.idle_in_transaction_seconds * 1000:.0f}ms",
            "idle_session_timeout": f"{self.idle_seconds * 1000:.0f}ms",
        }


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a preview is to be made.

    It is a copy of the database `template`; without one the revisions of `line` are applied, and where they
    are dbkit's own the small world is stored, unless `seeds` is false. `keep` is how long it stays after it was
    asked for last. `password_from` names the function that is asked for its password.
    """

    template: str | None = None
    line: Path | None = None
    seeds: bool = True
    limits: Limits = field(default_factory=Limits)
    keep: timedelta = timedelta(days=7)
    password_from: str | None = None
    new_password: bool = False
    patience_seconds: float = 600


@dataclass(frozen=True, slots=True)
class Made:
    """A preview, and the URL for its services, which has the password where that was set just now."""

    found: Found
    url: str = field(repr=False)
    created: bool
    has_password: bool

    def as_json(self) -> dict[str, Any]:
        """Return the result as a JSON document."""
        outcome = "created" if self.created else "already_there"
        return {"outcome": outcome, "url": self.url, "url_has_password": self.has_password} | self.found.as_json()


def create(
    branch: str,
    url: str | None = None,
    *,
    project: str | None = None,
    wanted: Wanted | None = None,
    now: Callable[[], datetime] = now_utc,
) -> Made:
    """Make the preview of a branch on the server of a URL; where it is there, keep it for longer.

    Runs that come together make one. One that was stopped half-way is made anew. Raises `PreviewForeign` where
    the name is taken, `PreviewBusy`, `TemplateBusy`; `PermissionDenied` where the role of the URL may not
    create databases and roles, or give away what the template holds; what applying revisions and storing seeds raises.
    """
    branch, wanted = branch_named(branch), wanted or Wanted()
    name = preview_name(branch, project)
    with opened(url) as server, server.locked(name, wanted.patience_seconds):
        found = server.find(name)
        server.require_own(found, branch, project)
        created = not found.is_ready
        password = _password(wanted, created=created)
        time_now = now()
        if created:
            mark = _new_mark(server, branch, project, time_now, wanted.keep)
            _Making(server, name, mark, wanted).make(found)
        else:
            assert found.mark is not None
            mark = found.mark.renewed(time_now, time_now + wanted.keep)
        _finish(server, name, mark, password)
        made = server.find(name)
        info = server.connection.info
        shown = preview_url(
            server.target, info.host, info.port, name, password=password, password_from=wanted.password_from
        )
    return Made(made, shown, created, has_password=password is not None and wanted.password_from is None)


class _Making:
    """The steps of making one preview; each is written down before it, so that the next run can begin anew."""

    def __init__(self, server: PreviewServer, name: str, mark: Mark, wanted: Wanted) -> None:
        self._server = server
        self._name = name
        self._mark = mark
        self._wanted = wanted

    def make(self, found: Found) -> None:
        """Make all but the mark that it is complete."""
        self._make_role(found)
        self._server.drop_database(found)
        self._make_database()
        self._server.write_mark("DATABASE", self._name, self._mark)
        # Else the role of every other preview could connect, as anybody may by default.
        self._server.execute("REVOKE ALL ON DATABASE {} FROM PUBLIC", sql.Identifier(self._name))
        self._fill()

    def _make_role(self, found: Found) -> None:
        """Make the role and write down whose it is, in one transaction; nobody can log in as it yet."""
        role, server = sql.Identifier(self._name), self._server
        with server.connection.transaction():
            server.execute("ALTER ROLE {} NOLOGIN" if found.has_role else "CREATE ROLE {} NOLOGIN", role)
            server.write_mark("ROLE", self._name, self._mark)
            server.execute("ALTER ROLE {} CONNECTION LIMIT {}", role, sql.Literal(self._wanted.limits.connections))
            for setting, value in self._wanted.limits.settings.items():
                server.execute("ALTER ROLE {} SET {} = {}", role, sql.Identifier(setting), sql.Literal(value))
            if server.connection.info.parameter_status("is_superuser") != "on":
                # Who is no superuser gives databases to roles only that it is a member of.
                server.execute("GRANT {} TO CURRENT_USER", role)

    def _make_database(self) -> None:
        """Copy the template, as soon as nobody is connected to it."""
        names = (sql.Identifier(self._name), sql.Identifier(self._name))
        template = self._wanted.template
        if template is None:
            self._server.execute("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'", *names)
            return
        deadline = time.monotonic() + self._wanted.patience_seconds
        while True:
            try:
                self._server.execute("CREATE DATABASE {} OWNER {} TEMPLATE {}", *names, sql.Identifier(template))
            except psycopg.errors.ObjectInUse:
                # The server itself has waited for five seconds.
                if time.monotonic() < deadline:
                    continue
            else:
                return
            users = [row[0] for row in self._server.connection.execute(_SESSIONS, (template,)).fetchall()]
            by_whom = f" by {', '.join(users)}" if users else ""
            raise TemplateBusy(f"the template {template} is in use{by_whom}")

    def _fill(self) -> None:
        if self._wanted.template is not None:
            with Session(of_database(self._server.target, self._name), "dbkit preview") as session:
                own_everything(session.connection, self._name)
            return
        from dbkit.migrate.refresh import seed
        from dbkit.migrate.runner import apply

        url = acting_url(self._server.target, self._name)
        apply(url, line=self._wanted.line)
        if self._wanted.seeds and self._wanted.line is None:
            seed(url)


def _new_mark(server: PreviewServer, branch: str, project: str | None, now: datetime, keep: timedelta) -> Mark:
    return Mark(
        dbkit="preview",
        project=project,
        branch=branch,
        creator=server.connection.info.user,
        created_at=now,
        renewed_at=now,
        expires_at=now + keep,
    )


def _finish(server: PreviewServer, name: str, mark: Mark, password: str | None) -> None:
    """Let the role log in and write down that the preview is complete, in one transaction."""
    role = sql.Identifier(name)
    with server.connection.transaction():
        if password is not None:
            # As the verifier that the server stores: neither its log nor anybody who listens sees the password.
            encrypted = server.connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
            server.execute("ALTER ROLE {} LOGIN PASSWORD {}", role, sql.Literal(encrypted.decode()))
        server.write_mark("DATABASE", name, mark.done())
        server.write_mark("ROLE", name, mark.done())


def _password(wanted: Wanted, *, created: bool) -> str | None:
    """Return the password to set; None for a preview that has one."""
    if wanted.password_from is not None:
        from dbkit.sqldb.passwords import password_source, with_password

        return str(conninfo_to_dict(with_password("", password_source(wanted.password_from)))["password"])
    return secrets.token_urlsafe(_PASSWORD_BYTES) if created or wanted.new_password else None
