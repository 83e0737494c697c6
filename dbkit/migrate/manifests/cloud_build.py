"""Builds that migrate, for Cloud Build."""

from __future__ import annotations

from typing import Any

from dbkit.migrate.manifests.commands import PROGRAM, Moment, arguments
from dbkit.migrate.manifests.deployment import GRACE_SECONDS, Deployment, Proxy
from dbkit.migrate.manifests.proxy import proxy_arguments, wait_arguments

__all__ = ["cloud_build"]

_PROXY_HOST = "cloud-sql-proxy"
_DOCKER = "gcr.io/cloud-builders/docker"


def cloud_build(deployment: Deployment, moment: Moment) -> dict[str, Any]:
    """Return the build of a moment; its secrets are those of Secret Manager, in the build's own project.

    With a proxy, the URL's host is `cloud-sql-proxy`: steps are containers of one network.
    """
    secrets = [
        {"versionName": f"projects/$PROJECT_ID/secrets/{deployment.secret}-{name}/versions/latest", "env": name}
        for name in deployment.secrets
    ]
    build: dict[str, Any] = {
        "steps": [*(_proxy(deployment.proxy) if deployment.proxy else ()), _migration(deployment, moment)],
        "timeout": f"{deployment.deadline_seconds + 2 * GRACE_SECONDS}s",
        "availableSecrets": {"secretManager": secrets},
        "options": {"logging": "CLOUD_LOGGING_ONLY"},
    }
    if deployment.service_account is not None:
        build["serviceAccount"] = f"projects/$PROJECT_ID/serviceAccounts/{deployment.service_account}"
    return build


def _migration(deployment: Deployment, moment: Moment) -> dict[str, Any]:
    return {
        "id": f"migrate-{moment}",
        "name": deployment.image,
        "entrypoint": PROGRAM,
        "args": arguments(deployment, moment),
        "env": [f"{name}={value}" for name, value in deployment.variables.items()],
        "secretEnv": list(deployment.secrets),
        "timeout": f"{deployment.deadline_seconds}s",
    }


def _proxy(proxy: Proxy) -> list[dict[str, Any]]:
    """Return the steps that start a proxy, which the end of the build ends, and wait for it."""
    run = ["run", "--detach", "--network=cloudbuild", f"--name={_PROXY_HOST}", proxy.image]
    open_to_steps = ("--address=0.0.0.0", "--http-address=0.0.0.0")
    return [
        {"id": "proxy", "name": _DOCKER, "args": [*run, *proxy_arguments(proxy, *open_to_steps)]},
        {"id": "proxy-is-ready", "name": proxy.image, "args": wait_arguments(_PROXY_HOST)},
    ]
