from __future__ import annotations

from tests.fix_server import postgresql_url, server

__all__ = ["postgresql_url", "server"]
