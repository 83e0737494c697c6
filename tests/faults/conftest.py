from __future__ import annotations

from tests.faults.fix_nodes import make_folder, make_node
from tests.faults.fix_outbox import outbox_node
from tests.faults.fix_shop import shop_node

__all__ = ["make_folder", "make_node", "outbox_node", "shop_node"]
