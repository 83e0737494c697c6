from __future__ import annotations

from tests.fix_server import server

__all__ = ["server"]
