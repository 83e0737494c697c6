"""A real PostgreSQL that dbkit starts by itself, for development and tests.

    with EmbeddedServer.start(folder) as server:
        psycopg.connect(server.conninfo)

Processes that name the same folder share one server: the first starts it, the last one out stops
it. It listens on a unix socket only. What a folder holds:

    start.lock      taken while the server is started or stopped
    users.lock      shared by everybody who uses the server
    server.lock     held by the server's own processes for as long as one of them lives
    server.log      what initdb and the server said since the last start
    postgres/       PostgreSQL's own: data folder and socket, closed to other accounts
"""

from __future__ import annotations

from dbkit.embedded.binaries import Binaries, Version, find_binaries
from dbkit.embedded.cluster import Launch
from dbkit.embedded.server import EmbeddedServer

__all__ = ["Binaries", "EmbeddedServer", "Launch", "Version", "find_binaries"]
