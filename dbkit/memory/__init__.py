"""The in-memory twin: it answers as PostgreSQL does, by rules that it reads from the models."""

from __future__ import annotations

from dbkit.memory._async.backend import AsyncMemoryBackend, AsyncMemoryTransaction
from dbkit.memory._async.controlled_memory import AsyncControlledMemory
from dbkit.memory._async.database import AsyncMemoryDatabase
from dbkit.memory._sync.backend import MemoryBackend, MemoryTransaction
from dbkit.memory._sync.controlled_memory import ControlledMemory
from dbkit.memory._sync.database import MemoryDatabase

__all__ = [
    "AsyncControlledMemory",
    "AsyncMemoryBackend",
    "AsyncMemoryDatabase",
    "AsyncMemoryTransaction",
    "ControlledMemory",
    "MemoryBackend",
    "MemoryDatabase",
    "MemoryTransaction",
]
