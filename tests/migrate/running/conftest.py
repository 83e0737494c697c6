from __future__ import annotations

from tests.cli.conftest import dbkit
from tests.faults.fix_nodes import make_folder, make_node

__all__ = ["dbkit", "make_folder", "make_node"]
