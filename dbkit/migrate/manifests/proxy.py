"""How the Cloud SQL Auth Proxy is called."""

from __future__ import annotations

from dbkit.migrate.manifests.deployment import PORT, Proxy

__all__ = ["HEALTH_PORT", "proxy_arguments", "wait_arguments"]

HEALTH_PORT = 9090
_WAIT_SECONDS = 60


def proxy_arguments(proxy: Proxy, *more: str) -> list[str]:
    """Return what the proxy is called with, `more` included; who waits for it asks its health check."""
    flags = ["--structured-logs", "--exit-zero-on-sigterm", "--health-check", f"--http-port={HEALTH_PORT}"]
    private = ["--private-ip"] if proxy.private_ip else []
    iam = ["--auto-iam-authn"] if proxy.iam else []
    return [*flags, *more, f"--port={PORT}", *private, *iam, proxy.instance]


def wait_arguments(host: str) -> list[str]:
    """Return what its image is called with to wait until the proxy at a host takes connections."""
    return ["wait", f"--http-address={host}", f"--http-port={HEALTH_PORT}", f"--max={_WAIT_SECONDS}s"]
