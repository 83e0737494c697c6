"""Deliveries: messages to destinations, each sent until it is taken. For senders the extra `deliveries` is needed."""

from __future__ import annotations

from dbkit.deliveries.schedule import ATTEMPTS_MAX, SCHEDULE_SECONDS, pause_after
from dbkit.deliveries.signing import headers_of, secrets_in, verify

__all__ = ["ATTEMPTS_MAX", "SCHEDULE_SECONDS", "headers_of", "pause_after", "secrets_in", "verify"]
