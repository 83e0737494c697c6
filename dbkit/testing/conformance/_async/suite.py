"""The suite: every case, for the entities of a binding."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.capabilities import Capability
from dbkit.testing.conformance._async import (
    anomalies,
    checks,
    closing,
    counting,
    creating,
    crowds,
    deadlines,
    deadlocks,
    deleting,
    delivering,
    family_waits,
    isolation,
    leasing,
    limited_rows,
    limits_of_waiting,
    listing,
    locking,
    outdated_locks,
    parents,
    precedence,
    precedence_of_changes,
    readers,
    reading,
    references,
    required_fields,
    row_locks,
    savepoint_locks,
    serializable,
    transactions,
    unique_keys,
    unique_waits,
    updating,
    upserting,
    values,
    while_waiting,
)
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import Case, cases_of

__all__ = ["MODULES", "async_cases"]

MODULES = (
    required_fields,
    checks,
    unique_keys,
    references,
    parents,
    precedence,
    precedence_of_changes,
    reading,
    creating,
    updating,
    upserting,
    deleting,
    locking,
    listing,
    transactions,
    anomalies,
    isolation,
    row_locks,
    outdated_locks,
    unique_waits,
    family_waits,
    deadlocks,
    savepoint_locks,
    while_waiting,
    serializable,
    limited_rows,
    limits_of_waiting,
    crowds,
    readers,
    values,
    counting,
    deadlines,
    leasing,
    delivering,
    closing,
)
"""Where the cases are, in their order."""


def async_cases(entities: Sequence[AnyEntity], capabilities: Collection[Capability]) -> list[Case]:
    """Return the cases for these entities, those that need a capability only where it is among these.

    The entities have to hold all tables that theirs refer to. Each case wants a database of its
    own, with nothing in it.
    """
    return cases_of(MODULES, AsyncWorld, entities, capabilities)
