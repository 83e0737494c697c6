"""What a server says of its limits, its roles and its sessions, to whoever may log in."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from dbkit.sqldb.facts import server_facts
from dbkit.types import Unavailable

Server = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def limited(server: Server) -> Iterator[str]:
    server.execute("create role limited login connection limit 3")
    yield "limited"
    server.execute("drop role limited")


def test_limits_and_settings(conninfo: str, server: Server, limited: str) -> None:
    facts = server_facts(conninfo)
    # As the server counts them: memory in kB and in pages of 8 kB.
    settings = dict(server.execute("select name, setting from pg_settings").fetchall())
    assert str(facts.max_connections) == settings["max_connections"]
    assert str(facts.superuser_reserved) == settings["superuser_reserved_connections"]
    assert str(facts.reserved) == settings.get("reserved_connections", "0")
    assert f"{facts.work_mem_mib * 1024:.0f}" == settings["work_mem"]
    assert f"{facts.shared_buffers_gib * 1024 * 128:.0f}" == settings["shared_buffers"]
    assert f"{facts.hash_mem_multiplier:g}" == settings["hash_mem_multiplier"]
    assert (facts.role_limits[limited], facts.role_limits["dbkit"]) == (3, None)


def test_sessions_by_application_without_its_own(conninfo: str, limited: str) -> None:
    """A role without rights sees them too."""
    with psycopg.connect(conninfo, application_name="dbkit/prod/facts"), psycopg.connect(conninfo, application_name=""):
        facts = server_facts(make_conninfo(conninfo, user=limited))
    assert facts.sessions["dbkit/prod/facts"] == 1
    assert facts.sessions[""] >= 1
    assert "dbkit pool" not in facts.sessions


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(Unavailable):
        server_facts("postgresql://nobody@127.0.0.1:1/x")
