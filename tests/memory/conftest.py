from __future__ import annotations

from tests.fix_server import dbkit_setup, server

__all__ = ["dbkit_setup", "server"]
