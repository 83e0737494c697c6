# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of read_states take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.identifiers import OperationId
from dbkit.types.value import BigInteger, Text

__all__ = ["ReadStateChanges", "ReadStateOrder", "ReadStateUniqueKey"]


class ReadStateChanges(TypedDict, total=False):
    """What an update can change."""

    next_page_token: Text | None
    progress_operation_id: OperationId | None
    records_processed: BigInteger
    records_estimated_total: BigInteger | None


ReadStateOrder: TypeAlias = Literal["installation_id,object_name", "-installation_id,-object_name"]
"""The orders that an index serves."""

ReadStateUniqueKey: TypeAlias = Literal["pk_read_states"]
"""The unique keys that an upsert can name."""
