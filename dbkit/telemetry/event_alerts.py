"""Alert rules for events: that they come late, that nobody sends them, and what stands in their way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from dbkit.telemetry.event_names import CONSUMER_METRICS, RELAY_METRICS
from dbkit.telemetry.rule import AlertRule

__all__ = ["LATE_SECONDS", "event_rules"]

_RELAYS: Final = "env, service, relay"
_CONSUMERS: Final = "env, service, subscription"
LATE_SECONDS: Final = 300
"""For how long an event may wait."""
_STALL_SECONDS: Final = 300
_SEEN_WITHIN: Final = "1d"


def event_rules(environment: str) -> Iterator[AlertRule]:
    """Yield the rules of an environment's relays and consumers; without any of them, none ever fires."""
    yield from _felt(environment)
    yield from _early(environment)


def _felt(environment: str) -> Iterator[AlertRule]:
    """Yield the rules for what consumers of the events notice."""
    selector = f'{{env="{environment}"}}'
    lag, up = RELAY_METRICS["lag_seconds"].name, RELAY_METRICS["is_up"].name
    yield _rule(
        environment,
        alert="DbkitEventsLate",
        measured=f"max by ({_RELAYS}, topic) ({lag}{selector})",
        threshold=LATE_SECONDS,
        source="a relay sends within a second, and the ten tries of a message that is refused take less than this",
        lasting="5m",
        felt=True,
        summary="events wait for too long",
        to_do="See what they wait for (`dbkit relay status URL`): a quarantined key, a stalled transaction, a sink that"
        " is down, or too few relays.",
    )
    yield _rule(
        environment,
        alert="DbkitRelaysUnseen",
        measured=f"(count by ({_RELAYS}) (max_over_time({up}{selector}[{_SEEN_WITHIN}]))"
        f" unless count by ({_RELAYS}) ({up}{selector}))",
        threshold=0,
        source=f"where there was a relay within {_SEEN_WITHIN}, there is one still",
        lasting="5m",
        felt=True,
        summary="nobody shows relays any more",
        to_do="See that `dbkit relay run --metrics-port` runs and is scraped. The outbox keeps what is not sent.",
    )


def _early(environment: str) -> Iterator[AlertRule]:
    """Yield the rules for what they will notice if it goes on, or for some keys alone."""
    selector = f'{{env="{environment}"}}'
    up, quarantined, stall = (RELAY_METRICS[field].name for field in ("is_up", "in_quarantine", "stall_seconds"))
    yield _rule(
        environment,
        alert="DbkitRelayDown",
        measured=f"count by ({_RELAYS}) ({up}{selector} == 0)",
        threshold=0,
        source="a relay goes on by itself when server and sink are back",
        lasting="5m",
        summary="a relay sends nothing",
        to_do="Read its log, which says whether it is the server or the sink, and see to that one.",
    )
    yield _rule(
        environment,
        alert="DbkitEventsQuarantined",
        measured=f"max by ({_RELAYS}, topic) ({quarantined}{selector})",
        threshold=0,
        source="a quarantined message, and all later ones of its key, wait until somebody sees to it",
        lasting="1m",
        summary="keys are in quarantine",
        to_do="See why (`dbkit relay status URL`); then `dbkit relay retry`, or `dbkit relay drop --key KEY`.",
    )
    yield _rule(
        environment,
        alert="DbkitOutboxStalled",
        measured=f"max by ({_RELAYS}) ({stall}{selector})",
        threshold=_STALL_SECONDS,
        source="no transaction of a service takes this long, and its own events wait for its end",
        lasting="1m",
        summary="a transaction is open for too long",
        to_do="See whose it is (`dbkit relay status URL` names its pid), and end it.",
    )
    yield _rule(
        environment,
        alert="DbkitEventsGivenUp",
        measured=f"sum by ({_CONSUMERS}) (increase({CONSUMER_METRICS['dead_letters'].name}{selector}[15m]))",
        threshold=0,
        source="what a consumer gives up is handled by nobody, unless somebody looks at its dead letters",
        lasting="0m",
        summary="a consumer gives messages up",
        to_do="Look at the dead letters, and at the consumer's log, which has the reason of each try.",
    )


def _rule(environment: str, *, summary: str, felt: bool = False, **stated: Any) -> AlertRule:
    return AlertRule(**stated, felt=felt, summary=f"In {environment}, {summary}", watched=None, environment=environment)
