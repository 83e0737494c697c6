"""Ingestion: rows that pour in, stored in batches, each once, whatever becomes of the database meanwhile."""

from __future__ import annotations

from dbkit.ingest._async.scribe import AsyncScribe
from dbkit.ingest._sync.scribe import Scribe
from dbkit.ingest.errors import BufferFull, NotTaken, SpoolFull, SpoolInUse
from dbkit.ingest.options import ScribeOptions
from dbkit.ingest.report import Refusal, ScribeReport

__all__ = [
    "AsyncScribe",
    "BufferFull",
    "NotTaken",
    "Refusal",
    "Scribe",
    "ScribeOptions",
    "ScribeReport",
    "SpoolFull",
    "SpoolInUse",
]
