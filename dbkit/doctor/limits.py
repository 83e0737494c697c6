"""From where on something that is measured is a finding."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DAY_SECONDS", "Limits"]

DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Limits:
    """What is still healthy; beyond it, a check finds something.

    Shares of connections and of a sequence's numbers, in percent, leave time to act.
    `transaction_ids` is two and a half times of what autovacuum lets a table come to by default, a
    quarter of what there are. A transaction or lock that lasts as long as `transaction_seconds` and
    `lock_wait_seconds` say is none of a service whose statements end within a minute. A dead client's
    session keeps its connection and its locks for `dead_client_seconds` at the most.
    """

    connections_percent: int = 80
    sequence_percent: int = 80
    transaction_ids: int = 500_000_000
    dead_rows: int = 10_000
    changed_rows: int = 10_000
    transaction_seconds: float = 300
    idle_in_transaction_seconds: float = 60
    lock_wait_seconds: float = 10
    prepared_seconds: float = 300
    clock_seconds: float = 1
    certificate_seconds: float = 30 * DAY_SECONDS
    password_seconds: float = 14 * DAY_SECONDS
    dead_client_seconds: float = 300
    slot_bytes: float = 1024**3
    lag_seconds: float = 30
    lag_bytes: float = 256 * 1024**2
