"""The test kit: what `pip install 'dbkit[testing]'` adds for authors of tests. Runtime code never imports it."""

from __future__ import annotations

from dbkit.testing.setup import Setup

__all__ = ["Setup"]
