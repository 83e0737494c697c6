"""TLS: where the server is not who it has to be, the connection ends before a password is sent."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

import dbkit
from dbkit.types import AuthenticationFailed, DbkitError, Unavailable
from tests.security.canary import heard
from tests.security.tls import Authority, Listener

PASSWORD = "canary-password-81"
STRICT = "sslmode=verify-full&require_auth=scram-sha-256&channel_binding=require"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def authority(folder: Path) -> Authority:
    return Authority(folder, "trusted")


@pytest.fixture(scope="module")
def stranger(folder: Path) -> Authority:
    return Authority(folder, "stranger")


def refused(listener: Listener, options: str, root: Path) -> DbkitError:
    where = (
        f"localhost:{listener.port}/shop?hostaddr=127.0.0.1&sslrootcert={quote(str(root), safe='')}&connect_timeout=3"
    )
    with pytest.raises((Unavailable, AuthenticationFailed)) as caught:
        dbkit.connect(f"postgresql://somebody:{PASSWORD}@{where}&{options}").close()
    return caught.value


SERVERS: dict[str, Callable[[Authority, Authority], ssl.SSLContext | None]] = {
    "of another host": lambda authority, _: authority.context("elsewhere.example"),
    "signed by a stranger": lambda _, stranger: stranger.context(),
    "expired": lambda authority, _: authority.context(days=-1),
    "without TLS": lambda *_: None,
}


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_that_is_not_who_it_has_to_be_gets_no_password(
    authority: Authority, stranger: Authority, server: str
) -> None:
    with Listener(SERVERS[server](authority, stranger)) as listener:
        error = refused(listener, STRICT, authority.root)
    assert listener.heard.startswith(b"\x00\x00\x00\x08\x04\xd2\x16\x2f"), "it has to be asked for TLS first"
    assert heard(bytes(listener.heard), PASSWORD) == []
    assert b"somebody" not in listener.heard
    assert PASSWORD not in f"{error!r} {error}"


@pytest.mark.parametrize("asks", [3, 5], ids=["in plain text", "as MD5"])
def test_a_password_is_sent_by_scram_alone(authority: Authority, asks: int) -> None:
    with Listener(authority.context(), asks) as listener:
        refused(listener, STRICT, authority.root)
    assert b"somebody" in listener.heard
    assert b"md5" not in listener.heard
    assert heard(bytes(listener.heard), PASSWORD) == []


def test_the_listener_would_hear_it(authority: Authority) -> None:
    """A password that is sent in plain text is noted."""
    with Listener(authority.context()) as listener:
        refused(listener, "sslmode=verify-full", authority.root)
    assert heard(bytes(listener.heard), PASSWORD) != []
