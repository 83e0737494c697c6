"""One PostgreSQL cluster in a folder: made, started, found running, stopped.

Everything here expects the caller to hold the folder's start.lock.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from dbkit.embedded.account import Account, require_name
from dbkit.embedded.binaries import OLDEST_MAJOR, Binaries, find_binaries, readable_by
from dbkit.embedded.locks import FileLock, ticks
from dbkit.types.errors import ConfigurationInvalid, Unavailable

ROLE = "dbkit"
PORT = 5432
_START_SECONDS = 30.0
_STOP_SECONDS = 20.0
_ANSWER_SECONDS = 5.0
# The one question of the protocol that is answered before anybody logs in, and not logged: may we use TLS?
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
_LOG_LINES = 8
# The shortest limit of the systems that have unix sockets is 103 bytes (Linux: 107).
_SOCKET_PATH_BYTES = 103
_WHEEL_CACHE = Path("/var/cache/dbkit")
# The same locale twice: what PostgreSQL 17 brings itself, and what older ones take from the system.
_BUILTIN_LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
_SYSTEM_LOCALE = ("--locale=C.UTF-8",)
# On the command line, so that no file of the data folder can open the server to a network.
_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "synchronous_commit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
# The shell leaves at once, so the server is nobody's child: its end leaves no zombie with the caller.
_DETACHED = ("/bin/sh", "-c", '"$@" &', "sh")


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A server that accepts connections."""

    pid: int
    socket_folder: Path


@dataclass(frozen=True, slots=True)
class Launch:
    """How a server is started where none runs: settings beside the usual ones, and binaries other than those found."""

    settings: Mapping[str, str] = field(default_factory=dict)
    binaries: Binaries | None = None


class Cluster:
    """The cluster of a folder, run as an account; what it is started with is a launch."""

    def __init__(self, folder: Path, account: Account, launch: Launch | None = None) -> None:
        self._folder = folder
        self._account = account
        self._given = launch or Launch()
        self._private = folder / "postgres"
        self._data = self._private / "data"
        self._unfinished = self._private / "initdb"
        self._log = folder / "server.log"

    def running(self) -> Postmaster | None:
        """Return the server if it is ready to answer, else None."""
        lines = self._postmaster_file()
        # PostgreSQL documents the lines: process id, data folder, start time, port, socket folder,
        # address, shared memory, state.
        if len(lines) < 8 or lines[7].strip() != "ready":
            return None
        postmaster = Postmaster(int(lines[0]), Path(lines[4]))
        return postmaster if _answers(_socket_in(postmaster.socket_folder)) else None

    def ensure_running(self) -> Postmaster:
        """Return the server, started if need be, after whatever end the last one met.

        `ConfigurationInvalid` where folder and binaries do not fit or initdb fails, `Unavailable`
        where the server does not come up.
        """
        started = False
        for _ in ticks(_START_SECONDS):
            if postmaster := self.running():
                return postmaster
            with FileLock(self._folder / "server.lock") as lock:
                # Held: the server is coming up, or the last processes of a killed one are going.
                if not lock.try_exclusive():
                    continue
                if started:
                    raise Unavailable("the embedded server ended while starting" + self._log_tail())
                self._start(lock)
                started = True
        # Not quoting the log: where the server has been at work before, it may hold values of rows.
        raise Unavailable(f"the embedded server was not ready after {_START_SECONDS:g} s; see {self._log}")

    def stop(self) -> None:
        """Stop the server, its connections too, and wait for its last process. `Unavailable` if it stays."""
        postmaster = self.running()
        if postmaster is None:
            return
        for request in (signal.SIGINT, signal.SIGQUIT):
            with suppress(ProcessLookupError):
                os.kill(postmaster.pid, request)
            with FileLock(self._folder / "server.lock") as lock:
                if any(lock.try_exclusive() for _ in ticks(_STOP_SECONDS)):
                    self._remove_short_folder(postmaster.socket_folder)
                    return
        raise Unavailable(f"the embedded server did not stop; see {self._log}")

    def _start(self, lock: FileLock) -> None:
        initialised = (self._data / "PG_VERSION").exists()
        found = self._given.binaries or find_binaries(self._major() if initialised else None)
        binaries = readable_by(self._account, found, _WHEEL_CACHE)
        self._account.claim(self._private)
        self._log.unlink(missing_ok=True)
        os.close(os.open(self._log, os.O_CREAT | os.O_EXCL, 0o600))
        if not initialised:
            self._initialise(binaries, lock)
        self._launch(binaries, lock)

    def _major(self) -> int:
        major = int((self._data / "PG_VERSION").read_text().split(".")[0])
        if major < OLDEST_MAJOR:
            raise ConfigurationInvalid(
                f"{self._folder} holds data of PostgreSQL {major}, and dbkit needs {OLDEST_MAJOR} or newer",
                advice="Name another folder, or move the data with pg_dump.",
            )
        return major

    def _initialise(self, binaries: Binaries, lock: FileLock) -> None:
        require_name(self._account)
        # Left by an initdb that was killed. The lock says that it is not at work any more.
        shutil.rmtree(self._unfinished, ignore_errors=True)
        options = (f"--pgdata={self._unfinished}", f"--username={ROLE}", "--encoding=UTF8", "--no-sync")
        trust = ("--auth-local=trust", "--auth-host=reject")
        locale = _BUILTIN_LOCALE if binaries.version.major >= 17 else _SYSTEM_LOCALE
        if self._run((binaries.initdb, *options, *trust, *locale), lock) != 0:
            raise ConfigurationInvalid(f"initdb failed in {self._folder}" + self._log_tail())
        self._unfinished.rename(self._data)

    def _launch(self, binaries: Binaries, lock: FileLock) -> None:
        socket_folder = self._socket_folder()
        self._account.claim(socket_folder)
        # The lock says that nobody uses them, but their process ids may belong to others by now, and
        # PostgreSQL would take those for a running server.
        for leftover in (self._data / "postmaster.pid", Path(f"{_socket_in(socket_folder)}.lock")):
            leftover.unlink(missing_ok=True)
        settings = {**_SETTINGS, **self._given.settings, "unix_socket_directories": str(socket_folder)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self._run((*_DETACHED, binaries.postgres, "-D", self._data, *options), lock)

    def _run(self, command: tuple[str | Path, ...], lock: FileLock) -> int:
        with self._log.open("ab") as output:
            done = self._account.run(command, cwd=self._folder, output=output, keep_open=lock.fileno())
        return done.returncode

    def _socket_folder(self) -> Path:
        """Return the server's own folder, or a short one where its path does not fit a socket's name."""
        path = _socket_in(self._private)
        # Commas and quotes would need care in the server's setting and in libpq's host alike.
        if len(os.fsencode(path)) <= _SOCKET_PATH_BYTES and re.fullmatch(r"[\w./@+-]+", str(path)):
            return self._private
        return Path("/tmp") / f"dbkit-{hashlib.sha256(os.fsencode(self._folder)).hexdigest()[:24]}"  # noqa: S108

    def _remove_short_folder(self, socket_folder: Path) -> None:
        if socket_folder != self._private:
            with suppress(OSError):
                socket_folder.rmdir()

    def _postmaster_file(self) -> list[str]:
        try:
            return (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _log_tail(self) -> str:
        lines = self._log.read_text(errors="replace").splitlines()[-_LOG_LINES:]
        return "; its log ends with:\n" + "\n".join(f"    {line}" for line in lines) if lines else ""


def _socket_in(folder: Path) -> Path:
    return folder / f".s.PGSQL.{PORT}"


def _answers(path: Path) -> bool:
    """Say whether a server answers, which a killed one, whose socket may still take connections, does not."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(_ANSWER_SECONDS)
        try:
            client.connect(str(path))
            client.sendall(_SSL_REQUEST)
            return client.recv(1) in {b"N", b"S"}
        except OSError:
            return False
