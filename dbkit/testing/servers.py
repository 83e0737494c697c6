"""Where the tests' PostgreSQL comes from: a URL, binaries of the machine, the wheel, or a container.

The kit's own server belongs to a user of the machine. All processes that run tests share it, it
stops when the last of them leaves, and its folder keeps the templates for the next run.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dbkit.embedded import Binaries, EmbeddedServer, Launch, find_binaries
from dbkit.embedded.binaries import Origin
from dbkit.embedded.locks import FileLock
from dbkit.testing.wanted import Source
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Server", "settings_for", "started", "user_folder"]

_MEMORY = Path("/dev/shm")  # noqa: S108 (files of one's own, in a folder that is checked)
_BYTES_NEEDED = 2 << 30
_LOCK_SECONDS = 60.0
_CONNECT_SECONDS = 5
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_ORIGINS: Mapping[Source, Origin] = {"local": "machine", "embedded": "wheel"}
# Part of the folder's name: servers of other settings are other servers.
_FORMAT = 2
_SETTINGS = {
    # A test of a deadlock waits for so long until it is found.
    "deadlock_timeout": "100ms",
    "max_connections": "300",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
}
_NO_CARE = {"fsync": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Server:
    """A PostgreSQL for tests: how to connect to its database `postgres`, and how this process stops using it.

    `close` stops it where nobody else uses it, `leave_running` does not.
    """

    conninfo: str
    close: Callable[[], None]
    leave_running: Callable[[], None]

    def conninfo_for(self, database: str) -> str:
        """Return libpq's connection string of a database of this server."""
        return make_conninfo(self.conninfo, dbname=database)

    def url_for(self, database: str) -> str:
        """Return the URL of a database of this server."""
        given = {name: str(value) for name, value in conninfo_to_dict(self.conninfo).items() if value is not None}
        given.pop("dbname", None)
        user, password = quote(given.pop("user", ""), safe=""), given.pop("password", None)
        secret = f":{quote(password, safe='')}" if password else ""
        rest = f"?{urlencode(given, quote_via=quote)}" if given else ""
        return f"postgresql://{user}{secret}@/{quote(database)}{rest}"


def started(source: Source, url: str | None) -> Server:
    """Return a server: that of the URL, or else one of the kit's own, started unless it runs already.

    Raises `ConfigurationInvalid` where there is nothing to start, and `Unavailable` where it does not start.
    """
    if url is not None:
        return _given(url)
    if source == "container":
        return _container()
    try:
        binaries = find_binaries(origin=_ORIGINS.get(source))
    except ConfigurationInvalid:
        from dbkit.testing.containers import docker_is_there

        if source != "auto" or not docker_is_there():
            raise
        return _container()
    return _own(binaries)


def _given(url: str) -> Server:
    try:
        given = conninfo_to_dict(url)
    except psycopg.Error:
        given = None
    if given is None:
        # libpq's message is dropped: it quotes the URL, and with it perhaps the password.
        raise ConfigurationInvalid("--dbkit-url is malformed", advice="Write postgresql://user:password@host:5432/.")
    conninfo = make_conninfo(
        url, dbname="postgres", connect_timeout=str(given.get("connect_timeout") or _CONNECT_SECONDS)
    )
    return Server(conninfo, _nothing, _nothing)


def _container() -> Server:
    from dbkit.testing.containers import joined

    container = joined(user_folder())
    return Server(container.conninfo, container.close, container.leave_running)


def _own(binaries: Binaries) -> Server:
    folder = user_folder() / f"{'wheel' if binaries.from_wheel else 'machine'}-{binaries.version}-{_FORMAT}"
    server = EmbeddedServer.start(folder, Launch(settings_for(folder), binaries))
    return Server(server.conninfo_for("postgres"), server.close, server.leave_running)


def user_folder() -> Path:
    """Return this user's folder for servers: in memory where there is room, for there a copy takes a fifth of the time.

    `ConfigurationInvalid` where somebody else has made it.
    """
    folder = _memory_folder() or _cache_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise ConfigurationInvalid(f"{folder} belongs to another account", advice="Remove it, or give --dbkit-url.")
    return folder


def _memory_folder() -> Path | None:
    folder = _MEMORY / f"dbkit-{os.geteuid()}"
    if not _MEMORY.is_dir() or not os.access(_MEMORY, os.W_OK):
        return None
    # Once there it stays in use, or two processes that differ over the room would start two servers.
    return folder if folder.is_dir() or shutil.disk_usage(_MEMORY).free > _BYTES_NEEDED else None


def _cache_folder() -> Path:
    # Root's home is closed to the account that its server runs as.
    if os.geteuid() == 0:
        return Path("/var/cache/dbkit/testing")
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "dbkit" / "testing"


def settings_for(folder: Path) -> Mapping[str, str]:
    """Return the settings of the server in a folder; what an earlier boot of the machine left there is removed.

    Without fsync a crash of the machine may damage the data, so fsync is off only where boots can be told apart.
    """
    if not _BOOT.is_file():
        return _SETTINGS
    boot = _BOOT.read_text().strip()
    noted = folder.with_name(f"{folder.name}.boot")
    with FileLock(folder.with_name(f"{folder.name}.lock")) as lock, lock.exclusive(_LOCK_SECONDS):
        if folder.is_dir() and (not noted.is_file() or noted.read_text() != boot):
            shutil.rmtree(folder)
        noted.write_text(boot)
    return _SETTINGS | _NO_CARE


def _nothing() -> None:
    """Leave a server alone that is somebody else's."""
