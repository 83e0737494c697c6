"""The in-memory twin: it answers as PostgreSQL does, by rules that it reads from the models."""

from __future__ import annotations

from dbkit.memory._async.backend import AsyncMemoryBackend, AsyncMemoryTransaction
from dbkit.memory._sync.backend import MemoryBackend, MemoryTransaction

__all__ = ["AsyncMemoryBackend", "AsyncMemoryTransaction", "MemoryBackend", "MemoryTransaction"]
