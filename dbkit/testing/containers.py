"""PostgreSQL 15 in a container, run by testcontainers: one for all processes of a test run.

It is shared as an embedded server is. The first process starts it and notes how to get to it, the
last one removes it; the locks are the kernel's, so they go with whoever held them.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from dbkit.embedded.locks import FileLock
from dbkit.testing.errors import ServerMissing
from dbkit.types.errors import ConfigurationInvalid, Unavailable

__all__ = ["Container", "docker_is_there", "joined"]

_IMAGE = "postgres:15"
_USER = "dbkit"
_PORT = 5432
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "300",
    "deadlock_timeout": "100ms",
}
_SOCKETS = ("/var/run/docker.sock", "~/.docker/run/docker.sock", "~/.docker/desktop/docker.sock")
_PING_SECONDS = 10
_READY_SECONDS = 60.0
_LOCK_SECONDS = 180.0
_LOOK_AGAIN_SECONDS = 0.05


@dataclass(frozen=True)
class Container:
    """One use of the shared container, which serves until the last use ends."""

    conninfo: str
    _id: str
    _note: Path
    _users: FileLock
    _start: FileLock

    def close(self) -> None:
        """Give up this use, and remove the container if it was the last one."""
        with self._start.exclusive(_LOCK_SECONDS):
            if self._users.try_exclusive():
                self._note.unlink(missing_ok=True)
                _remove(self._id)
        self.leave_running()

    def leave_running(self) -> None:
        """Give up this use, and let the container be."""
        self._users.close()
        self._start.close()


def docker_is_there() -> bool:
    """Tell whether the machine has Docker, whether it works or not."""
    return bool(os.environ.get("DOCKER_HOST")) or any(Path(each).expanduser().exists() for each in _SOCKETS)


def joined(folder: Path) -> Container:
    """Take part in the user's container; `folder` is where processes find out about each other.

    Raises `ServerMissing`, `ConfigurationInvalid` where testcontainers is not installed, and
    `Unavailable` where Docker does not answer, cannot get the image or does not start it.
    """
    if not docker_is_there():
        raise ServerMissing("there is no Docker on this machine: neither a socket of it nor DOCKER_HOST")
    client = _client()
    start, users = FileLock(folder / "container.lock"), FileLock(folder / "container.users")
    note = folder / "container.json"
    try:
        with start.exclusive(_LOCK_SECONDS):
            is_first = users.try_exclusive()
            users.try_shared()
            if is_first or not _serves(note):
                _replace(client, note)
            found = json.loads(note.read_text())
    except BaseException:
        users.close()
        start.close()
        raise
    return Container(found["conninfo"], found["id"], note, users, start)


def _client() -> Any:
    """Return Docker's client, once Docker has answered."""
    try:
        from testcontainers.core.docker_client import DockerClient
    except ModuleNotFoundError:
        raise ConfigurationInvalid(
            "containers need testcontainers, which is not installed", advice="pip install 'dbkit[testing]'"
        ) from None
    try:
        client: Any = DockerClient(timeout=_PING_SECONDS).client
        client.ping()
    except Exception as error:  # noqa: BLE001 (whatever a client meets that finds no working Docker)
        said = f"{type(error).__name__}: {error}"
    else:
        return client
    raise Unavailable(f"Docker is there, but does not answer ({said})", advice="See `docker info`; then start it anew.")


def _serves(note: Path) -> bool:
    """Tell whether the noted container answers: whoever started it may have been killed, and Docker restarted."""
    with suppress(OSError, ValueError, KeyError, psycopg.Error):
        psycopg.connect(json.loads(note.read_text())["conninfo"], connect_timeout=_PING_SECONDS).close()
        return True
    return False


def _replace(client: Any, note: Path) -> None:
    """Start a container and take note of it, in place of one that was left over."""
    with suppress(OSError, ValueError, KeyError):
        _remove(json.loads(note.read_text())["id"], client)
    note.unlink(missing_ok=True)
    try:
        container, conninfo = _started()
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 (the client's own errors, and those of its transport)
        said = f"{type(error).__name__}: {error}"
    else:
        written = note.with_suffix(".new")
        written.touch(0o600)
        written.write_text(json.dumps({"id": container, "conninfo": conninfo}))
        written.rename(note)
        return
    raise Unavailable(f"Docker could not start {_IMAGE} ({said})", advice=f"See whether `docker pull {_IMAGE}` works.")


def _started() -> tuple[str, str]:
    from testcontainers.core.config import testcontainers_config
    from testcontainers.core.container import DockerContainer

    # It would end the container with the process that started it, and others use it too.
    testcontainers_config.ryuk_disabled = True
    password = secrets.token_urlsafe()
    words = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
    container = DockerContainer(_IMAGE, command=words).with_exposed_ports(_PORT)
    container.with_env("POSTGRES_USER", _USER).with_env("POSTGRES_PASSWORD", password)
    container.start()
    host, port = container.get_container_host_ip(), container.get_exposed_port(_PORT)
    conninfo = make_conninfo(host=host, port=port, user=_USER, password=password, dbname="postgres")
    identifier = str(container.get_wrapped_container().id)
    try:
        _wait(conninfo)
    except Unavailable:
        _remove(identifier)
        raise
    return identifier, conninfo


def _wait(conninfo: str) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while True:
        try:
            psycopg.connect(conninfo, connect_timeout=_PING_SECONDS).close()
        except psycopg.Error:
            if time.monotonic() >= deadline:
                raise Unavailable(
                    f"{_IMAGE} was started, and did not answer within {_READY_SECONDS:g} s", advice="See `docker logs`."
                ) from None
            time.sleep(_LOOK_AGAIN_SECONDS)
        else:
            return


def _remove(identifier: str, client: Any = None) -> None:
    """Remove a container; one that is not there is removed already."""
    with suppress(Exception):
        (client or _client()).containers.get(identifier).remove(force=True, v=True)
