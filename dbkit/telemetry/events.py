"""What relays and consumers do, as Prometheus scrapes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from prometheus_client import REGISTRY, CollectorRegistry

from dbkit.telemetry.collecting import Collectors, Subject, opened_for, when_opened
from dbkit.telemetry.event_names import CONSUMER_LABELS, CONSUMER_METRICS, RELAY_LABELS, RELAY_METRICS

__all__ = ["ExposedConsumers", "ExposedRelay", "expose_consumers", "expose_relay", "withdraw_relay"]


class ExposedRelay(Protocol):
    """A relay, as far as its metrics go."""

    @property
    def database(self) -> Any:
        """The database whose outbox it sends."""
        ...

    def statistics(self) -> Any:
        """Return what it has done, and how its outbox stands."""
        ...


class ExposedConsumers(Protocol):
    """The counts of consumers, as far as their metrics go."""

    @property
    def consumed(self) -> Any:
        """What they have done."""
        ...


def _ask_relay(relay: ExposedRelay) -> Any:
    return relay.statistics()


def _ask_consumers(tally: ExposedConsumers) -> Any:
    return tally.consumed


_relays = Collectors(Subject("relay", "name", RELAY_LABELS, tuple(RELAY_METRICS.values()), _ask_relay))
_consumers = Collectors(
    Subject("consumer", "subscription", CONSUMER_LABELS, tuple(CONSUMER_METRICS.values()), _ask_consumers)
)


def expose_relay(
    relay: ExposedRelay,
    *,
    env: str | None = None,
    service: str | None = None,
    name: str = "main",
    registry: CollectorRegistry = REGISTRY,
) -> None:
    """Show what a relay does, and how its outbox stands, to whoever scrapes a registry of the Prometheus client.

    Environment and service are those that its database was opened for, where they are not given. No scrape asks the
    server: the relay looks by itself every few seconds, and of several the one that looks after the table; the others
    say nothing of the outbox. Shown until it is withdrawn, or used by nobody any more. Raises `ConfigurationInvalid`
    where another relay is shown with the same labels.
    """
    collector = _relays.of(registry)
    # From its first call on, the relay looks at the table.
    relay.statistics()
    _labelled(relay.database, env, service, lambda opened: collector.add(relay, (*opened, name)))


def withdraw_relay(relay: ExposedRelay, *, registry: CollectorRegistry = REGISTRY) -> None:
    """Show a relay no longer."""
    _relays.of(registry).remove(relay)


def expose_consumers(
    tally: ExposedConsumers,
    subscription: str,
    *,
    database: Any = None,
    env: str | None = None,
    service: str | None = None,
    registry: CollectorRegistry = REGISTRY,
) -> None:
    """Show what the consumers do that have this tally, to whoever scrapes a registry of the Prometheus client.

    Environment and service are those that the database was opened for, where they are not given. Shown as long as
    somebody has the tally. Raises `ConfigurationInvalid` where another one is shown with the same labels.
    """
    collector = _consumers.of(registry)
    _labelled(database, env, service, lambda opened: collector.add(tally, (*opened, subscription)))


def _labelled(database: Any, env: str | None, service: str | None, add: Callable[[tuple[str, str]], None]) -> None:
    """Add something with environment and service; where they are the database's, when it is open."""

    def add_opened(opened: Any) -> None:
        opened_env, opened_service = ("", "") if opened is None else opened_for(opened)
        add((opened_env if env is None else env, opened_service if service is None else service))

    if database is None or not when_opened(database, add_opened):
        add_opened(database)
