"""Workflows that migrate, for GitHub Actions: a deploy's own workflow calls them."""

from __future__ import annotations

import math
import shlex
from typing import Any

from dbkit.migrate.manifests.commands import PROGRAM, Moment, arguments
from dbkit.migrate.manifests.deployment import GRACE_SECONDS, USER, Deployment, Proxy
from dbkit.migrate.manifests.proxy import proxy_arguments, wait_arguments

__all__ = ["github_workflow"]

_RUNNER = "ubuntu-24.04"
_CREDENTIALS = "/credentials.json"
_LOGIN = "google-github-actions/auth@v3"
_REGISTRY_LOGIN = "docker/login-action@v3"
_OWN_REGISTRY = "ghcr.io"
_SPARE_MINUTES = 5


def github_workflow(deployment: Deployment, moment: Moment) -> dict[str, Any]:
    """Return the workflow of a moment; its secrets are those of the GitHub environment of the same name.

    It is in no concurrency group: of the runs that wait for a group GitHub keeps only the newest, and the lock of the
    migrations lets each have its turn.
    """
    migrate = {
        "runs-on": _RUNNER,
        "environment": deployment.environment,
        "timeout-minutes": math.ceil(deployment.deadline_seconds / 60) + _SPARE_MINUTES,
        "steps": [*_preparations(deployment), _migration(deployment, moment)],
    }
    return {
        "name": f"{deployment.name}-{moment}",
        "on": {"workflow_call": {}},
        "permissions": _permissions(deployment),
        "jobs": {"migrate": migrate},
    }


def _permissions(deployment: Deployment) -> dict[str, str]:
    """Return what the token of a run may do: log in to Google for a proxy, and to GitHub's own registry."""
    google = {"id-token": "write"} if deployment.proxy else {}
    own = deployment.registry_login and _registry(deployment) == _OWN_REGISTRY
    return {**google, **({"packages": "read"} if own else {})}


def _preparations(deployment: Deployment) -> list[dict[str, Any]]:
    registry = [_registry_step(_registry(deployment))] if deployment.registry_login else []
    return [*registry, *(_proxy(deployment.proxy) if deployment.proxy else ())]


def _registry_step(registry: str) -> dict[str, Any]:
    if registry == _OWN_REGISTRY:
        login = {"username": "${{ github.actor }}", "password": "${{ github.token }}"}
    else:
        login = {"username": "${{ secrets.REGISTRY_USERNAME }}", "password": "${{ secrets.REGISTRY_PASSWORD }}"}
    return {"name": "Log in to the registry", "uses": _REGISTRY_LOGIN, "with": {"registry": registry, **login}}


def _registry(deployment: Deployment) -> str:
    """Return the host of the image's registry: what stands before the first slash, if that is a host."""
    host, slash, _ = str(deployment.image).partition("/")
    return host if slash and ("." in host or ":" in host) else "docker.io"


def _migration(deployment: Deployment, moment: Moment) -> dict[str, Any]:
    confined = ["--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges"]
    run = ["docker", "run", "--rm", "--network=host", f"--user={USER}:{USER}", f"--stop-timeout={GRACE_SECONDS}"]
    # By their names alone: what they hold is on no command line.
    variables = [f"--env={name}" for name in (*deployment.variables, *deployment.secrets)]
    image = [f"--entrypoint={PROGRAM}", str(deployment.image), *arguments(deployment, moment)]
    return {
        "name": "Migrate",
        "timeout-minutes": math.ceil(deployment.deadline_seconds / 60),
        "env": {**deployment.variables, **{name: f"${{{{ secrets.{name} }}}}" for name in deployment.secrets}},
        "run": shlex.join([*run, *confined, *variables, *image]),
    }


def _proxy(proxy: Proxy) -> list[dict[str, Any]]:
    run = ["docker", "run", "--detach", "--network=host"]
    # The file of the login belongs to the runner's user, and the shell says which file and which user that is.
    shell = f'--user="$(id -u):$(id -g)" --volume="$GOOGLE_APPLICATION_CREDENTIALS:{_CREDENTIALS}:ro"'
    start = shlex.join([proxy.image, *proxy_arguments(proxy, f"--credentials-file={_CREDENTIALS}")])
    wait = ["docker", "run", "--rm", "--network=host", proxy.image, *wait_arguments("127.0.0.1")]
    login = {
        "workload_identity_provider": "${{ vars.GCP_WORKLOAD_IDENTITY_PROVIDER }}",
        "service_account": "${{ vars.GCP_SERVICE_ACCOUNT }}",
    }
    return [
        {"name": "Log in to Google", "uses": _LOGIN, "with": login},
        {"name": "Start the proxy", "run": f"{shlex.join(run)} {shell} {start}"},
        {"name": "Wait for the proxy", "run": shlex.join(wait)},
    ]
