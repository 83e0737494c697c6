"""The place where Prometheus finds a process's metrics."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import REGISTRY, CollectorRegistry, start_http_server

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["serve_metrics"]


@contextmanager
def serve_metrics(port: int, *, host: str = "127.0.0.1", registry: CollectorRegistry = REGISTRY) -> Iterator[None]:
    """Answer scrapes of a registry at `http://HOST:PORT/metrics`, in a thread, for the length of a block.

    Who can reach the place can read it: no more than this machine does, unless another host is given. Raises
    `ConfigurationInvalid` where the place cannot be had.
    """
    try:
        server, thread = start_http_server(port, addr=host, registry=registry)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ConfigurationInvalid(
            f"metrics cannot be shown at {host}:{port}: {reason}",
            fields=("metrics_host", "metrics_port"),
            advice="Name a port that is free, and an address of this machine.",
        ) from None
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
