from __future__ import annotations

from tests.cli.conftest import dbkit

__all__ = ["dbkit"]
