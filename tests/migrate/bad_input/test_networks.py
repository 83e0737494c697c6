"""A network that drops everything amidst a revision, and tells nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import make_conninfo

from dbkit.embedded.locks import ticks
from dbkit.migrate import session
from tests.cli.run import Command
from tests.faults.fix_nodes import open_folder
from tests.faults.island import Island, NoNamespaces
from tests.faults.node import ROLE, Node
from tests.migrate.bad_input.site import FIRST, Site
from tests.timing import at_most

# In place of half a minute: the same settings, of seconds.
HURRY = "connect_timeout=2&keepalives_idle=1&keepalives_interval=1&keepalives_count=1&tcp_user_timeout=1500"
SERVER_HURRY = {
    "tcp_keepalives_idle": "1",
    "tcp_keepalives_interval": "1",
    "tcp_keepalives_count": "1",
    "tcp_user_timeout": "1500ms",
}


@dataclass
class Beyond(Node):
    """A server behind a network: a job reaches it by its address, and a test by its socket, cut or not."""

    address: str = ""

    def conninfo(self, database: str = "postgres", **parameters: Any) -> str:
        return make_conninfo(host=str(self.data), port=self.port, user=ROLE, dbname=database, **parameters)

    def url(self, database: str = "postgres", user: str = ROLE) -> str:
        return f"postgresql://{user}@{self.address}:{self.port}/{database}?{HURRY}"


@pytest.fixture(scope="module")
def island() -> Iterator[Island]:
    with open_folder() as folder:
        try:
            with Island.made(folder) as island:
                yield island
        except NoNamespaces as error:
            pytest.skip(f"this machine has no networks to cut: {error}")


def test_a_network_that_is_cut(island: Island, tmp_path: Path, dbkit: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job ends by itself, and so does what it has left on the server, before the network is back."""
    for name, value in SERVER_HURRY.items():
        monkeypatch.setitem(session._SETTINGS, name, value)
    at = island.node
    node = Beyond(at.folder, at.port, at.account, at.settings, address=island.address)
    site = Site.made(node, "cut_off", tmp_path / "line", dbkit)
    site.add_gated()
    try:
        with site.closed_gate():
            with at_most(25), site.happening(island.cut):
                run = site.apply()
            assert run.code == 2
            assert "gated: the connection broke, and the server cannot be asked what became of it" in run.err
            wait_until_gone(site)
    finally:
        island.mend()
    assert (site.is_at(), site.has("b")) == (FIRST, False)
    site.ends_well()


def test_half_a_minute_where_the_url_says_nothing_of_it(node: Node) -> None:
    with session.Session(session.Target(node.conninfo(), "a server")) as opened:
        assert opened.connection.info.get_parameters()["tcp_user_timeout"] == "30000"
        assert opened.connection.execute("SHOW tcp_user_timeout").fetchone() == ("30000",)
        assert opened.connection.execute("SHOW tcp_keepalives_idle").fetchone() == ("10",)


def wait_until_gone(site: Site) -> None:
    """Wait until the server has no session of the job any more."""
    sessions = f"SELECT FROM pg_stat_activity WHERE datname = '{site.database}' AND application_name LIKE 'dbkit %'"
    for _ in ticks(60):
        if not site.execute(sessions):
            return
    pytest.fail("the server keeps the job's sessions")
