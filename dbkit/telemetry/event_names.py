"""The metrics of relays and consumers, by name: what Prometheus scrapes, and what rules and panels ask for."""

from __future__ import annotations

from typing import Final

from dbkit.telemetry.names import Kind, Metric

__all__ = ["CONSUMER_LABELS", "CONSUMER_METRICS", "RELAY_LABELS", "RELAY_METRICS"]

RELAY_LABELS: Final = ("env", "service", "relay")
"""What each series of a relay says: whose it is, and which one where a process has several."""

CONSUMER_LABELS: Final = ("env", "service", "subscription")
"""What each series of a consumer says: whose it is, and whose messages it handles."""

_RELAY = (
    Metric("dbkit_relay_up", Kind.GAUGE, "is_up", "1 while it sends, 0 while server or sink is down, or it has ended."),
    Metric("dbkit_relay_slots", Kind.GAUGE, "slots", "Parts of a topic that it holds, of eight.", "topic"),
    Metric("dbkit_relay_sent_total", Kind.COUNTER, "sent", "Messages that the sink has taken."),
    Metric("dbkit_relay_redelivered_total", Kind.COUNTER, "redelivered", "Those of them that may have come twice."),
    Metric("dbkit_relay_refused_total", Kind.COUNTER, "refused", "Attempts that the sink has refused."),
    Metric("dbkit_relay_quarantined_total", Kind.COUNTER, "quarantined", "Keys that it has put in quarantine."),
    Metric("dbkit_relay_purged_total", Kind.COUNTER, "purged", "Sent messages that were kept for long enough."),
    Metric("dbkit_outbox_pending", Kind.GAUGE, "pending", "Messages that wait.", "topic"),
    Metric(
        "dbkit_outbox_lag_seconds",
        Kind.GAUGE,
        "lag_seconds",
        "How long the oldest has waited that is not in quarantine.",
        "topic",
    ),
    Metric("dbkit_outbox_quarantined", Kind.GAUGE, "in_quarantine", "Messages in quarantine.", "topic"),
    Metric(
        "dbkit_outbox_stall_seconds",
        Kind.GAUGE,
        "stall_seconds",
        "How long the oldest transaction has been open, 0 up to a second.",
    ),
    Metric("dbkit_outbox_look_age_seconds", Kind.GAUGE, "look_age_seconds", "How old what is said of the outbox is."),
)
_CONSUMER = (
    Metric("dbkit_consumer_handled_total", Kind.COUNTER, "handled", "Messages handled."),
    Metric("dbkit_consumer_duplicates_total", Kind.COUNTER, "duplicates", "Messages that had been handled before."),
    Metric("dbkit_consumer_failures_total", Kind.COUNTER, "failures", "Tries that ended with an error."),
    Metric("dbkit_consumer_dead_letters_total", Kind.COUNTER, "dead_letters", "Messages given up."),
    Metric("dbkit_consumer_outages_total", Kind.COUNTER, "outages", "Tries for which the database was not there."),
    Metric("dbkit_consumer_forgotten_total", Kind.COUNTER, "forgotten", "Old rows of the inbox that were deleted."),
)

RELAY_METRICS: Final = {metric.field: metric for metric in _RELAY}
"""Those of relays, and of the outbox that they send, by the field of `RelayStatistics` that they show."""

CONSUMER_METRICS: Final = {metric.field: metric for metric in _CONSUMER}
"""Those of consumers, by the field of `Consumed` that they show."""
